import type { Statement } from "./document";
import { holds } from "./document-conditions";
import { coverOf, isEveryResource } from "./document-grants";
import { allowRule, type StatementFinding } from "./statement-rule";

export const requirePassRoleConditions = allowRule(
  {
    id: "require-pass-role-conditions",
    title: "Roles are passed by name and to a named service",
    description:
      "Who may pass any role to any service may run code as the mightiest role of the account; so the role and the service are named.",
    severity: "critical",
    controls: ["NIST-800-53 AC-6(10)", "PCI-DSS-4.0 7.2.2"],
    remediation: "name the role's ARN under Resource and add StringEquals iam:PassedToService with the service",
  },
  ["identity"],
  (statement) => {
    if (!coverOf(statement, "iam:PassRole")) return [];
    return [...anyRole(statement), ...anyService(statement)];
  },
);

function anyRole({ resources, notResources, source }: Statement): readonly StatementFinding[] {
  const required = "the ARNs of the roles that are passed";
  if (notResources) return [{ element: "NotResource", found: source.NotResource, required }];
  return (resources?.values ?? []).filter(isEveryResource).map((found) => ({ element: "Resource", found, required }));
}

function anyService({ conditions, conditionsKnown, source }: Statement): readonly StatementFinding[] {
  const named = conditions.some((condition) =>
    holds(condition, /^iam:(passedtoservice|associatedresourcearn)$/, (value) => !/^[*?]/.test(value) && value !== ""),
  );
  if (named || !conditionsKnown) return [];
  return [{ element: "Condition", found: source.Condition, required: "StringEquals iam:PassedToService" }];
}
