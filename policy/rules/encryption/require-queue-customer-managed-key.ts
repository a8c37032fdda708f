import type { ResourceRule } from "../rule";
import { requireOwnKey } from "./keys";

export const requireQueueCustomerManagedKey: ResourceRule = {
  id: "require-queue-customer-managed-key",
  title: "Queues are encrypted with a key of the account's own",
  description:
    "A queue is encrypted with a customer managed key, so that reading messages takes a right to the key as well.",
  severity: "high",
  controls: ["NIST-800-53 SC-28", "HIPAA 164.312(a)(2)(iv)"],
  remediation: "set kmsMasterKeyId to the ARN of a customer managed key",
  appliesTo: ["aws:sqs/queue:Queue"],
  check(queue, report) {
    requireOwnKey(queue, "kmsMasterKeyId", report);
  },
};
