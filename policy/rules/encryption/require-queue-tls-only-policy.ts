import { tlsOnlyRule } from "../tls-only";

/** Sending and receiving at least: what carries messages. */
const covers = (actions: readonly string[]): boolean =>
  actions.some((action) => action === "sqs:*" || action === "*") ||
  ["sqs:sendmessage", "sqs:receivemessage"].every((carrier) => actions.includes(carrier));

export const requireQueueTlsOnlyPolicy = tlsOnlyRule(
  {
    id: "require-queue-tls-only-policy",
    title: "Queues refuse requests without TLS",
    description: "A queue's policy denies every request that does not come over TLS.",
    severity: "medium",
    controls: ["PCI-DSS-4.0 4.2.1", "NIST-800-53 SC-8", "HIPAA 164.312(e)(1)"],
    remediation: "add to the queue's policy a Deny for everyone on sqs:*, under Bool aws:SecureTransport false",
    appliesTo: ["aws:sqs/queue:Queue"],
  },
  { companion: "aws:sqs/queuePolicy:QueuePolicy", link: "queueUrl", covers },
);
