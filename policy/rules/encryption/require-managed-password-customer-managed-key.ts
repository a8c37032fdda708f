import type { ResourceRule } from "../rule";
import { at, UNKNOWN } from "../value";
import { isOn, requireOwnKey } from "./keys";

export const requireManagedPasswordCustomerManagedKey: ResourceRule = {
  id: "require-managed-password-customer-managed-key",
  title: "Managed database passwords are encrypted with a key of the account's own",
  description: "The secret that RDS keeps for a database's administrator is encrypted with a customer managed key.",
  severity: "medium",
  controls: ["NIST-800-53 SC-28", "HIPAA 164.312(a)(2)(iv)"],
  remediation: "set masterUserSecretKmsKeyId to a customer managed key",
  appliesTo: ["aws:rds/instance:Instance", "aws:rds/cluster:Cluster"],
  check(database, report) {
    const managed = at(database.props, "manageMasterUserPassword");
    if (managed !== UNKNOWN && isOn(managed)) requireOwnKey(database, "masterUserSecretKmsKeyId", report);
  },
};
