import { tlsOnlyRule } from "../tls-only";

/** Publishing: what carries messages. */
const covers = (actions: readonly string[]): boolean =>
  actions.some((action) => ["sns:publish", "sns:publish*", "sns:*", "*"].includes(action));

export const requireTopicTlsOnlyPolicy = tlsOnlyRule(
  {
    id: "require-topic-tls-only-policy",
    title: "Topics refuse requests without TLS",
    description: "A topic's policy denies publishing that does not come over TLS.",
    severity: "medium",
    controls: ["PCI-DSS-4.0 4.2.1", "NIST-800-53 SC-8", "HIPAA 164.312(e)(1)"],
    remediation: "add to the topic's policy a Deny for everyone on sns:Publish, under Bool aws:SecureTransport false",
    appliesTo: ["aws:sns/topic:Topic"],
  },
  { companion: "aws:sns/topicPolicy:TopicPolicy", link: "arn", covers },
);
