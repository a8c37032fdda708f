// Managed policies, and what people hold.
import type { Args, Planter } from "./planter";

const MANAGED = (name: string): string => `arn:aws:iam::aws:policy/${name}`;
const ADMINISTRATOR = MANAGED("AdministratorAccess");
const ACCOUNT_WIDE = MANAGED("service-role/AmazonECSTaskExecutionRolePolicy");
const OWN = "arn:aws:iam::123456789012:policy/own";
const INSTANCE = { instanceArn: "arn:aws:sso:::instance/ssoins-0aaaaaaaaaaaaaaa", permissionSetArn: "arn:aws:sso:::permissionSet/ssoins-0aaaaaaaaaaaaaaa/ps-0aaaaaaaaaaaaaaa" }; // prettier-ignore

/** Names of those who hold something. */
export interface People {
  readonly role: unknown;
  readonly user: unknown;
  readonly group: unknown;
  readonly roleArn: unknown;
}

export function people(p: Planter): People {
  const { name: role, arn: roleArn } = p.right("aws:iam/role:Role", { name: "worker", assumeRolePolicy: TRUST });
  return {
    role,
    roleArn,
    user: p.wrong("aws:iam/user:User", { name: "ada" }).name,
    group: p.right("aws:iam/group:Group", { name: "readers" }).name,
  };
}

/** How each type attaches managed policies. */
const attachments = ({ role, roleArn, group }: People): Readonly<Record<string, (arn: string) => Args>> => ({
  "aws:iam/policyAttachment:PolicyAttachment": (policyArn) => ({ policyArn, roles: [role] }),
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": (policyArn) => ({ policyArn, role }),
  "aws:iam/groupPolicyAttachment:GroupPolicyAttachment": (policyArn) => ({ policyArn, group }),
  "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive": (arn) => ({ policyArns: [arn], roleName: role }), // prettier-ignore
  "aws:iam/groupPolicyAttachmentsExclusive:GroupPolicyAttachmentsExclusive": (arn) => ({ policyArns: [arn], groupName: group }), // prettier-ignore
  "aws:iam/role:Role": (arn) => ({ assumeRolePolicy: TRUST, managedPolicyArns: [arn] }),
  "aws:ssoadmin/managedPolicyAttachment:ManagedPolicyAttachment": (managedPolicyArn) => ({
    ...INSTANCE,
    managedPolicyArn,
  }),
  "aws:rolesanywhere/profile:Profile": (arn) => ({ managedPolicyArns: [arn], roleArns: [roleArn] }), // prettier-ignore
});

const TRUST = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Principal: { Service: "lambda.amazonaws.com" },
      Action: "sts:AssumeRole",
      Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } },
    },
  ],
});

export function identities(p: Planter, people: People): void {
  for (const [type, args] of Object.entries(attachments(people))) {
    p.right(type, args(OWN));
    for (const arn of [ADMINISTRATOR, ACCOUNT_WIDE]) p.wrong(type, args(arn));
  }
  users(p, people.user);
}

function users(p: Planter, user: unknown): void {
  p.wrong("aws:iam/accessKey:AccessKey", { user });
  p.wrong("aws:iam/userLoginProfile:UserLoginProfile", { user });
  p.wrong("aws:iam/sshKey:SshKey", { encoding: "SSH", publicKey: "ssh-rsa AAAAB3NzaC1yc2E ada", username: user });
  p.wrong("aws:iam/serviceSpecificCredential:ServiceSpecificCredential", { serviceName: "codecommit.amazonaws.com", userName: user }); // prettier-ignore
  p.wrong("aws:iam/signingCertificate:SigningCertificate", { certificateBody: "-----BEGIN CERTIFICATE-----", userName: user }); // prettier-ignore
  p.wrong("aws:iam/policyAttachment:PolicyAttachment", { policyArn: OWN, users: [user] });
  p.wrong("aws:iam/userPoliciesExclusive:UserPoliciesExclusive", { policyNames: ["a"], userName: user });
  for (const arn of [ADMINISTRATOR, ACCOUNT_WIDE]) {
    p.wrong("aws:iam/userPolicyAttachment:UserPolicyAttachment", { policyArn: arn, user });
    p.wrong("aws:iam/userPolicyAttachmentsExclusive:UserPolicyAttachmentsExclusive", {
      policyArns: [arn],
      userName: user,
    });
  }
}
