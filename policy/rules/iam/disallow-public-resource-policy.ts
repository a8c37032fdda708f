import { isAnybody, isHeldToOrigin } from "./document-grants";
import { allowRule } from "./statement-rule";

export const disallowPublicResourcePolicy = allowRule(
  {
    id: "disallow-public-resource-policy",
    title: "No resource is open to everybody",
    description:
      "A resource policy with a wildcard principal opens the queue, bucket or key to the world, unless a condition names the account, organization or network.",
    severity: "critical",
    controls: ["NIST-800-53 AC-3", "CIS-AWS-3.0 2.1.4", "PCI-DSS-4.0 1.4.4", "HIPAA 164.312(a)(1)"],
    remediation:
      "name the principals, or hold the statement with aws:PrincipalOrgID, aws:SourceAccount or aws:SourceVpce",
  },
  ["resource"],
  (statement, document) => {
    if (isHeldToOrigin(statement, document)) return [];
    return (statement.principals?.values ?? [])
      .filter(isAnybody)
      .map(({ value }) => ({ element: "Principal", found: value, required: "named principals" }));
  },
  "account",
);
