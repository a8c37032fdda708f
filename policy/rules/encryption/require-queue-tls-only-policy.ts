import { refers } from "../relations";
import type { StackRule } from "../rule";
import { deniesInsecureTransport } from "../transport";
import { at, isMissing, type Value } from "../value";

/** Sending and receiving at least: what carries messages. */
const covers = (actions: readonly string[]): boolean =>
  actions.some((action) => action === "sqs:*" || action === "*") ||
  ["sqs:sendmessage", "sqs:receivemessage"].every((carrier) => actions.includes(carrier));

export const requireQueueTlsOnlyPolicy: StackRule = {
  id: "require-queue-tls-only-policy",
  title: "Queues refuse requests without TLS",
  description: "A queue's policy denies every request that does not come over TLS.",
  severity: "medium",
  controls: ["PCI-DSS-4.0 4.2.1", "NIST-800-53 SC-8", "HIPAA 164.312(e)(1)"],
  remediation: "add to the queue's policy a Deny for everyone on sqs:*, under Bool aws:SecureTransport false",
  appliesTo: ["aws:sqs/queue:Queue"],
  checkStack(stack, report) {
    for (const holder of stack.ofType("aws:sqs/queue:Queue")) {
      const policies: readonly Value[] = [
        at(holder.given, "policy"),
        ...stack
          .ofType("aws:sqs/queuePolicy:QueuePolicy")
          .filter((policy) => refers(stack, policy, "queueUrl", holder) !== "no")
          .map((policy) => at(policy.props, "policy")),
      ];
      if (policies.some((policy) => deniesInsecureTransport(policy, covers) !== "no")) continue;
      report(holder, {
        path: "policy",
        found: policies.find((policy) => !isMissing(policy)),
        required: "a statement that denies requests without TLS",
      });
    }
  },
};
