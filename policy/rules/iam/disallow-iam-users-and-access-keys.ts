import type { ResourceRule } from "../rule";

/** Each type with the property that names its user. */
const LONG_LIVED: Readonly<Record<string, string>> = {
  "aws:iam/user:User": "name",
  "aws:iam/accessKey:AccessKey": "user",
  "aws:iam/userLoginProfile:UserLoginProfile": "user",
  "aws:iam/sshKey:SshKey": "username",
  "aws:iam/serviceSpecificCredential:ServiceSpecificCredential": "userName",
  "aws:iam/signingCertificate:SigningCertificate": "userName",
};

export const disallowIamUsersAndAccessKeys: ResourceRule = {
  id: "disallow-iam-users-and-access-keys",
  title: "Nobody has credentials that never expire",
  description:
    "People come in through an identity provider and workloads through roles; a user's key works until somebody notices that it leaked.",
  severity: "high",
  controls: ["CIS-AWS-3.0 1.14", "NIST-800-53 IA-5(1)", "PCI-DSS-4.0 8.6.3"],
  remediation: "use a role that the workload assumes, or IAM Identity Center for people",
  appliesTo: Object.keys(LONG_LIVED),
  check(resource, report) {
    const path = LONG_LIVED[resource.type] ?? "name";
    report({ path, found: resource.props[path], required: "a role instead" });
  },
};
