import type { ResourceRule } from "../rule";
import { at, each, UNKNOWN } from "../value";
import { isOn, requireOwnKey } from "./keys";

export const requireTableCustomerManagedKey: ResourceRule = {
  id: "require-table-customer-managed-key",
  title: "Tables are encrypted with a key of the account's own",
  description: "A DynamoDB table and each of its replicas are encrypted with a customer managed key.",
  severity: "high",
  controls: ["PCI-DSS-4.0 3.5.1", "NIST-800-53 SC-28", "HIPAA 164.312(a)(2)(iv)"],
  remediation:
    "set serverSideEncryption to { enabled: true, kmsKeyArn } with a customer managed key, and kmsKeyArn of each replica",
  appliesTo: ["aws:dynamodb/table:Table"],
  check(table, report) {
    const enabled = at(table.props, "serverSideEncryption.enabled");
    if (isOn(enabled)) requireOwnKey(table, "serverSideEncryption.kmsKeyArn", report);
    else report({ path: "serverSideEncryption.enabled", found: enabled, required: "true" });
    for (const { path, value } of each(table.props, "replicas[*]")) {
      if (value !== UNKNOWN) requireOwnKey(table, `${path}.kmsKeyArn`, report);
    }
  },
};
