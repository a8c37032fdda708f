import { disallowAccountWideManagedPolicies } from "../../../policy/rules/iam/disallow-account-wide-managed-policies";
import { resource, specify, unknown } from "../support";

const aws = (name: string) => `arn:aws:iam::aws:policy/${name}`;
const attachment = (policyArn: unknown) => resource("aws:iam/rolePolicyAttachment:RolePolicyAttachment", { policyArn });

specify(disallowAccountWideManagedPolicies, {
  compliant: [
    attachment(aws("service-role/AmazonRDSEnhancedMonitoringRole")),
    attachment(aws("AWSXRayDaemonWriteAccess")),
  ],
  violating: [
    [
      attachment(aws("service-role/AmazonECSTaskExecutionRolePolicy")),
      [`it: policyArn is "${aws("service-role/AmazonECSTaskExecutionRolePolicy")}"`],
    ],
    [attachment(aws("ReadOnlyAccess")), [`it: policyArn is "${aws("ReadOnlyAccess")}"`]],
    [
      resource("aws:iam/role:Role", { managedPolicyArns: [aws("AmazonS3ReadOnlyAccess")] }),
      [`it: managedPolicyArns[0] is "${aws("AmazonS3ReadOnlyAccess")}"`],
    ],
  ],
  notApplicable: [resource("aws:iam/policy:Policy", { policyArn: aws("ReadOnlyAccess") })],
  missing: [[resource("aws:iam/rolePolicyAttachment:RolePolicyAttachment", {}), []]],
  unknown: [[attachment(unknown), []]],
});
