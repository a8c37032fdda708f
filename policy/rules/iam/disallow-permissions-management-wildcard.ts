import { hasWildcard } from "./document-patterns";
import { expanded } from "./service-actions";
import { allowRule } from "./statement-rule";
import { isAccountRoot } from "./document-grants";

export const disallowPermissionsManagementWildcard = allowRule(
  {
    id: "disallow-permissions-management-wildcard",
    title: "No wildcard allows changing who may do what",
    description:
      "A pattern of actions covers none that manages permissions, because `s3:Put*` means to write objects and also replaces the bucket's policy.",
    severity: "high",
    controls: ["NIST-800-53 AC-6(1)", "PCI-DSS-4.0 7.2.5"],
    remediation: "name the actions instead of the pattern",
  },
  ["identity", "resource"],
  ({ actions, principals }, { kind }) => {
    if (kind === "resource" && principals?.values.every(isAccountRoot) === true) return [];
    return (actions?.values ?? []).flatMap((pattern) => {
      // Whole services are the finding of disallow-wildcard-action.
      if (!hasWildcard(pattern) || /^[^:]*(:\*+)?$/.test(pattern)) return [];
      const managing = expanded(pattern).filter(({ managesPermissions }) => managesPermissions);
      if (managing.length === 0) return [];
      const named = managing.slice(0, 3).map(({ name }) => name);
      return [{ element: "Action", found: pattern, required: `a pattern without ${named.join(", ")}` }];
    });
  },
);
