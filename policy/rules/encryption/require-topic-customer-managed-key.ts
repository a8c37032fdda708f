import type { ResourceRule } from "../rule";
import { requireOwnKey } from "./keys";

export const requireTopicCustomerManagedKey: ResourceRule = {
  id: "require-topic-customer-managed-key",
  title: "Topics are encrypted with a key of the account's own",
  description:
    "A topic is encrypted with a customer managed key, so that what waits for delivery can't be read without a right to the key.",
  severity: "high",
  controls: ["NIST-800-53 SC-28", "HIPAA 164.312(a)(2)(iv)"],
  remediation: "set kmsMasterKeyId to the ARN of a customer managed key",
  appliesTo: ["aws:sns/topic:Topic"],
  check(resource, report) {
    requireOwnKey(resource, "kmsMasterKeyId", report);
  },
};
