import { disallowAdministratorManagedPolicies } from "../../../policy/rules/iam/disallow-administrator-managed-policies";
import { resource, specify, unknown } from "../support";
import { ACCOUNT } from "./documents";

const aws = (name: string) => `arn:aws:iam::aws:policy/${name}`;
const attachment = (policyArn: unknown) => resource("aws:iam/rolePolicyAttachment:RolePolicyAttachment", { policyArn });

specify(disallowAdministratorManagedPolicies, {
  compliant: [
    attachment(aws("service-role/AmazonRDSEnhancedMonitoringRole")),
    attachment(`arn:aws:iam::${ACCOUNT}:policy/AdministratorAccess-limited`),
    attachment(aws("job-function/ViewOnlyAccess")),
  ],
  violating: [
    [attachment(aws("AdministratorAccess")), [`it: policyArn is "${aws("AdministratorAccess")}"`]],
    [attachment(aws("PowerUserAccess")), [`it: policyArn is "${aws("PowerUserAccess")}"`]],
    [
      attachment("arn:aws-cn:iam::aws:policy/IAMFullAccess"),
      ['it: policyArn is "arn:aws-cn:iam::aws:policy/IAMFullAccess"'],
    ],
    [
      resource("aws:iam/role:Role", { managedPolicyArns: [aws("AmazonS3FullAccess"), aws("AmazonECS_FullAccess")] }),
      [
        `it: managedPolicyArns[0] is "${aws("AmazonS3FullAccess")}"`,
        `it: managedPolicyArns[1] is "${aws("AmazonECS_FullAccess")}"`,
      ],
    ],
    [
      resource("aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive", {
        policyArns: [aws("job-function/SystemAdministrator")],
      }),
      [`it: policyArns[0] is "${aws("job-function/SystemAdministrator")}"`],
    ],
    [
      resource("aws:iam/policyAttachment:PolicyAttachment", { policyArn: aws("SecretsManagerReadWrite") }),
      [`it: policyArn is "${aws("SecretsManagerReadWrite")}"`],
    ],
  ],
  notApplicable: [resource("aws:iam/user:User", { permissionsBoundary: aws("PowerUserAccess") })],
  missing: [[resource("aws:iam/role:Role", {}), []]],
  unknown: [
    [attachment(unknown), []],
    [
      resource("aws:iam/role:Role", { managedPolicyArns: [unknown, aws("PowerUserAccess")] }),
      [`it: managedPolicyArns[1] is "${aws("PowerUserAccess")}"`],
    ],
  ],
});
