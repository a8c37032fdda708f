import type { ResourceRule } from "../rule";
import { requireOwnKey } from "./keys";

export const requireTrailCustomerManagedKey: ResourceRule = {
  id: "require-trail-customer-managed-key",
  title: "Trails are encrypted with a key of the account's own",
  description: "CloudTrail encrypts its log files with a customer managed key.",
  severity: "medium",
  controls: ["CIS-AWS-3.0 3.5", "NIST-800-53 SC-28", "HIPAA 164.312(a)(2)(iv)"],
  remediation: "set kmsKeyId to the ARN of a customer managed key that CloudTrail may use",
  appliesTo: ["aws:cloudtrail/trail:Trail"],
  check(resource, report) {
    requireOwnKey(resource, "kmsKeyId", report);
  },
};
