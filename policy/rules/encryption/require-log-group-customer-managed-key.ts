import type { ResourceRule } from "../rule";
import { requireOwnKey } from "./keys";

export const requireLogGroupCustomerManagedKey: ResourceRule = {
  id: "require-log-group-customer-managed-key",
  title: "Logs are encrypted with a key of the account's own",
  description: "A log group is encrypted with a customer managed key: logs repeat what services handle.",
  severity: "medium",
  controls: ["NIST-800-53 SC-28", "HIPAA 164.312(a)(2)(iv)"],
  remediation: "set kmsKeyId to the ARN of a customer managed key that CloudWatch Logs may use",
  appliesTo: ["aws:cloudwatch/logGroup:LogGroup"],
  check(resource, report) {
    requireOwnKey(resource, "kmsKeyId", report);
  },
};
