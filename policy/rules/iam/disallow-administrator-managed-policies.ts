import type { ResourceRule } from "../rule";
import { ATTACHMENT_TYPES, awsManagedPolicies } from "./managed-policies";

const ADMINISTRATION =
  /AdministratorAccess|FullAccess|PowerUser|FullControl|^job-function\/(?!ViewOnlyAccess)|^SecretsManagerReadWrite$|^IAMUserSSHKeys$|Administrators?$|_?Admin(Policy)?$/i;

export const disallowAdministratorManagedPolicies: ResourceRule = {
  id: "disallow-administrator-managed-policies",
  title: "Nobody holds AWS's policies for administrators",
  description:
    "AWS's policies for administrators and for full access to a service allow every action on every resource of the account.",
  severity: "critical",
  controls: ["CIS-AWS-3.0 1.16", "NIST-800-53 AC-6(5)", "PCI-DSS-4.0 7.2.2"],
  remediation: "write a policy with the actions and resources that are needed",
  appliesTo: ATTACHMENT_TYPES,
  check(resource, report) {
    for (const { path, arn, name } of awsManagedPolicies(resource)) {
      if (ADMINISTRATION.test(name))
        report({ path, found: arn, required: "a policy with named actions and resources" });
    }
  },
};
