import type { Document, Statement } from "./document";
import { holds, holdsToOrigin } from "./document-conditions";
import { allows, isAnybody, isEveryResource } from "./document-grants";
import { isAccountId } from "./document-patterns";
import { documentRule } from "./statement-rule";

export const disallowOpenEndpointPolicy = documentRule(
  {
    id: "disallow-open-endpoint-policy",
    title: "An endpoint lets through what belongs to this account",
    description:
      "An endpoint's policy that allows everybody everything lets stolen credentials and foreign buckets through the private network.",
    severity: "medium",
    controls: ["NIST-800-53 AC-4", "NIST-800-53 SC-7(10)"],
    remediation:
      "hold the statement with aws:PrincipalAccount, aws:ResourceAccount or an organization, or name the resources",
  },
  ["endpoint"],
  (document, report) => {
    for (const statement of open(document)) {
      report(statement.pathOf("Condition"), statement.source.Condition, "aws:PrincipalAccount or aws:ResourceAccount");
    }
  },
);

function open(document: Document): readonly Statement[] {
  return allows(document).filter(
    ({ principals, resources, notResources, conditions, conditionsKnown }) =>
      conditionsKnown &&
      principals?.values.some(isAnybody) === true &&
      (notResources !== undefined || resources?.values.some(isEveryResource) === true) &&
      !conditions.some(
        (condition) =>
          holdsToOrigin(condition) ||
          holds(condition, /^(aws:resourceaccount|s3:resourceaccount)$/, isAccountId) ||
          holds(condition, /^aws:(resourceorgid|resourceorgpaths)$/, (value) => /^(o-|\$\{)/.test(value)),
      ),
  );
}
