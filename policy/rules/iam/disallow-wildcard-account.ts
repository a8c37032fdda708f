import type { Statement } from "./document";
import { isEveryResource } from "./document-grants";
import { arnParts, hasWildcard } from "./document-patterns";
import { allowRule } from "./statement-rule";

export const disallowWildcardAccount = allowRule(
  {
    id: "disallow-wildcard-account",
    title: "A right names the account of its resources",
    description:
      "An ARN with a wildcard for its account also fits a queue or role of that name in anybody else's account, which its owner may have opened to lure data there.",
    severity: "medium",
    controls: ["NIST-800-53 AC-4", "PCI-DSS-4.0 7.2.2"],
    remediation: "write the account's number into the ARN, or hold the statement with aws:ResourceAccount",
  },
  ["identity"],
  (statement) => {
    if (!statement.conditionsKnown || isHeldToOwner(statement)) return [];
    return (statement.resources?.values ?? [])
      .filter((arn) => hasWildcard(arnParts(arn)?.account ?? "") && !isEveryResource(arn))
      .map((found) => ({ element: "Resource", found, required: "the account's number in the ARN" }));
  },
);

function isHeldToOwner({ conditions }: Statement): boolean {
  return conditions.some(({ key, ifExists, quantifier }) => {
    const owner = /^(aws:resourceaccount|aws:resourceorgid|aws:resourceorgpaths|s3:resourceaccount)$/.test(key);
    return owner && !ifExists && quantifier !== "ForAllValues";
  });
}
