import { disallowPublicTrust } from "../../../policy/rules/iam/disallow-public-trust";
import { resource, specify, unknown } from "../support";
import { ACCOUNT, deny, queuePolicy, trust, trusting, admit } from "./documents";

const finding = (found: string) => [`it: assumeRolePolicy.Statement[0].Principal is "${found}"`] as const;

specify(disallowPublicTrust, {
  compliant: [
    trusting(trust({ Service: "ecs-tasks.amazonaws.com" })),
    trusting(trust({ AWS: `arn:aws:iam::${ACCOUNT}:role/deploy` })),
    trusting(trust("*", { StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } })),
    trusting({ ...deny({}), Resource: undefined }),
  ],
  violating: [
    [trusting(trust("*")), finding("*")],
    [trusting(trust({ AWS: "*" })), finding("*")],
    [trusting(trust({ AWS: [ACCOUNT, "*"] })), finding("*")],
    [trusting(trust({ Federated: "*" })), finding("*")],
    [trusting(trust({ AWS: "arn:aws:iam::*:role/deploy" })), finding("arn:aws:iam::*:role/deploy")],
    [trusting(trust("*", { StringEqualsIfExists: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } })), finding("*")],
    [trusting(trust("*", { StringLike: { "aws:PrincipalOrgID": "o-*" } })), finding("*")],
    [trusting(trust("*", { StringEquals: { "sts:ExternalId": "secret" } })), finding("*")],
  ],
  notApplicable: [queuePolicy(admit("*"))],
  missing: [[resource("aws:iam/role:Role", {}), []]],
  unknown: [
    [resource("aws:iam/role:Role", { assumeRolePolicy: unknown }), []],
    [
      resource("aws:iam/role:Role", {
        assumeRolePolicy: { Statement: [trust("*", { StringEquals: { "aws:PrincipalOrgID": unknown } })] },
      }),
      [],
    ],
  ],
});
