import { requireQueueTlsOnlyPolicy } from "../../../policy/rules/encryption/require-queue-tls-only-policy";
import { specify } from "../support";
import { tlsOnly } from "../support/tls-only";

specify(
  requireQueueTlsOnlyPolicy,
  tlsOnly({
    holder: "aws:sqs/queue:Queue",
    policy: "aws:sqs/queuePolicy:QueuePolicy",
    names: "queueUrl",
    denied: { Action: "sqs:*", Resource: "*" },
  }),
);
