import { isAnybody, isHeldToOrigin } from "./document-grants";
import { allowRule } from "./statement-rule";

export const disallowPublicTrust = allowRule(
  {
    id: "disallow-public-trust",
    title: "No role can be assumed by everybody",
    description:
      "A trust policy with a wildcard principal lets every AWS account of the world take the role, unless a condition names the account or organization.",
    severity: "critical",
    controls: ["NIST-800-53 AC-3", "PCI-DSS-4.0 7.2.2", "HIPAA 164.312(a)(1)"],
    remediation: "name the principals, or hold the statement with aws:PrincipalOrgID or aws:PrincipalAccount",
  },
  ["trust"],
  (statement, document) => {
    if (isHeldToOrigin(statement, document)) return [];
    return (statement.principals?.values ?? [])
      .filter(isAnybody)
      .map(({ value }) => ({ element: "Principal", found: value, required: "named principals" }));
  },
);
