import { isAccountRoot } from "./document-grants";
import type { Document, Statement } from "./document";
import { hasWildcard, isAnything } from "./document-patterns";
import { actionsOf, expanded } from "./service-actions";
import { allowRule } from "./statement-rule";

export const disallowWildcardAction = allowRule(
  {
    id: "disallow-wildcard-action",
    title: "No policy allows all actions of a service",
    description:
      "An allowed action is named, so that what a service may do is what somebody decided, today and when AWS adds actions.",
    severity: "critical",
    controls: ["CIS-AWS-3.0 1.16", "NIST-800-53 AC-6", "PCI-DSS-4.0 7.2.2", "HIPAA 164.312(a)(1)"],
    remediation: "name the actions that are needed; a resource's policy may leave them to its own account's root",
  },
  ["identity", "trust", "resource"],
  (statement, document) => {
    if (delegates(statement, document)) return [];
    return (statement.actions?.values ?? [])
      .filter(isEveryAction)
      .map((found) => ({ element: "Action", found, required: "named actions" }));
  },
  "pattern",
);

/** Whether a pattern is all that a service can do, however it is written (`*`, `sqs:*`, `s?s:*`, `sqs:**`). */
function isEveryAction(pattern: string): boolean {
  const [service = "", action] = pattern.split(":");
  if (action === undefined) return hasWildcard(pattern);
  if (isAnything(action) || hasWildcard(service)) return true;
  return hasWildcard(action) && actionsOf(service).length > 1 && expanded(pattern).length === actionsOf(service).length;
}

/** Whether a resource policy delegates to the IAM policies of an account; by itself it grants nothing. */
function delegates({ principals }: Statement, { kind }: Document): boolean {
  return kind === "resource" && principals?.complete === true && principals.values.every(isAccountRoot);
}
