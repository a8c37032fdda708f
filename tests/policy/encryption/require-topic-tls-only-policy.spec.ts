import { requireTopicTlsOnlyPolicy } from "../../../policy/rules/encryption/require-topic-tls-only-policy";
import { specify } from "../support";
import { tlsOnly } from "../support/tls-only";

specify(
  requireTopicTlsOnlyPolicy,
  tlsOnly({
    holder: "aws:sns/topic:Topic",
    policy: "aws:sns/topicPolicy:TopicPolicy",
    names: "arn",
    denied: { Action: "sns:Publish", Resource: "*" },
  }),
);
