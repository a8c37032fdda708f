import { disallowPrivilegeEscalation } from "../../../policy/rules/iam/disallow-privilege-escalation";
import { resource, specify, unknown } from "../support";
import { ACCOUNT, allow, policy } from "./documents";

const role = `arn:aws:iam::${ACCOUNT}:role/order`;
const finding = (found: string) => [`it: policy.Statement[0].Action is "${found}"`] as const;

specify(disallowPrivilegeEscalation, {
  compliant: [
    policy(allow(["iam:GetRole", "iam:List*"], "*")),
    policy(allow("sts:AssumeRole", role)),
    policy(allow("lambda:UpdateFunctionCode", `arn:aws:lambda:eu-central-1:${ACCOUNT}:function:order`)),
    policy(
      allow("iam:AttachRolePolicy", role, {
        Condition: { ArnEquals: { "iam:PolicyARN": `arn:aws:iam::${ACCOUNT}:policy/a` } },
      }),
    ),
    policy({ Effect: "Deny", Action: "iam:*", Resource: "*" }),
  ],
  violating: [
    [policy(allow("iam:PutRolePolicy", role)), finding("iam:PutRolePolicy")],
    [policy(allow("IAM:attachrolepolicy", role)), finding("IAM:attachrolepolicy")],
    [policy(allow("iam:Put*", role)), finding("iam:Put*")],
    [policy(allow("iam:*", "*")), finding("iam:*")],
    [
      policy(allow(["iam:CreatePolicyVersion", "iam:SetDefaultPolicyVersion"], "*")),
      [...finding("iam:CreatePolicyVersion"), ...finding("iam:SetDefaultPolicyVersion")],
    ],
    [policy(allow("iam:UpdateAssumeRolePolicy", role)), finding("iam:UpdateAssumeRolePolicy")],
    [policy(allow("sts:AssumeRole", "*")), finding("sts:AssumeRole")],
    [policy(allow("sts:Assume*", "arn:aws:iam::*:role/*")), finding("sts:Assume*")],
    [policy(allow("lambda:Update*", "*")), finding("lambda:Update*")],
    [policy({ Effect: "Allow", NotAction: ["s3:*"], Resource: "*" }), ['it: policy.Statement[0].NotAction is "s3:*"']],
    [
      policy(allow("iam:AttachRolePolicy", role, { Condition: { ArnLike: { "iam:PolicyARN": "*" } } })),
      finding("iam:AttachRolePolicy"),
    ],
  ],
  notApplicable: [resource("aws:sqs/queuePolicy:QueuePolicy", { policy: "{}" })],
  missing: [[policy({ Effect: "Allow", Resource: "*" }), []]],
  unknown: [
    [
      resource("aws:iam/policy:Policy", { policy: { Statement: [allow([unknown, "iam:CreateAccessKey"])] } }),
      finding("iam:CreateAccessKey"),
    ],
    [resource("aws:iam/policy:Policy", { policy: { Statement: [allow("sts:AssumeRole", unknown)] } }), []],
  ],
});
