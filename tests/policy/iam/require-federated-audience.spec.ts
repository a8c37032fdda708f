import { requireFederatedAudience } from "../../../policy/rules/iam/require-federated-audience";
import { resource, specify, unknown } from "../support";
import { ACCOUNT, admit, queuePolicy, trust, trusting } from "./documents";

const github = `arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com`;
const issuer = "token.actions.githubusercontent.com";
const web = (condition?: object) => trusting(trust({ Federated: github }, condition, "sts:AssumeRoleWithWebIdentity"));
const line = `it: assumeRolePolicy.Statement[0].Condition is "${github}"`;
const saml = `arn:aws:iam::${ACCOUNT}:saml-provider/corp`;

specify(requireFederatedAudience, {
  compliant: [
    web({
      StringEquals: { [`${issuer}:aud`]: "sts.amazonaws.com" },
      StringLike: { [`${issuer}:sub`]: "repo:acme/shop:*" },
    }),
    trusting(
      trust(
        { Federated: saml },
        { StringEquals: { "SAML:aud": "https://signin.aws.amazon.com/saml" } },
        "sts:AssumeRoleWithSAML",
      ),
    ),
    trusting(trust({ Service: "ecs-tasks.amazonaws.com" })),
  ],
  violating: [
    [web(), [line, line]],
    [
      web({ StringLike: { [`${issuer}:aud`]: "sts.amazonaws.com", [`${issuer}:sub`]: "system:serviceaccount:*:*" } }),
      [line],
    ],
    [web({ StringEquals: { [`${issuer}:aud`]: "sts.amazonaws.com" } }), [line]],
    [web({ StringLike: { [`${issuer}:aud`]: "sts.amazonaws.com", [`${issuer}:sub`]: "repo:*" } }), [line]],
    [web({ StringLike: { [`${issuer}:aud`]: "sts.amazonaws.com", [`${issuer}:sub`]: "*" } }), [line]],
    [
      trusting(trust({ Federated: saml }, undefined, "sts:AssumeRoleWithSAML")),
      [`it: assumeRolePolicy.Statement[0].Condition is "${saml}"`],
    ],
  ],
  notApplicable: [queuePolicy(admit({ Federated: github }))],
  missing: [[resource("aws:iam/role:Role", {}), []]],
  unknown: [
    [resource("aws:iam/role:Role", { assumeRolePolicy: unknown }), []],
    [resource("aws:iam/role:Role", { assumeRolePolicy: { Statement: [trust({ Federated: unknown })] } }), []],
  ],
});
