import { isAccountRoot } from "./document-grants";
import { hasWildcard } from "./document-patterns";
import { expanded } from "./service-actions";
import { allowRule } from "./statement-rule";

export const disallowReadWriteWildcard = allowRule(
  {
    id: "disallow-read-write-wildcard",
    title: "A pattern of actions either reads or writes",
    description:
      "A pattern such as `dynamodb:*Item` gives a reader the right to delete; patterns are for actions of one kind (`s3:Get*`).",
    severity: "medium",
    controls: ["NIST-800-53 AC-6", "PCI-DSS-4.0 7.2.2"],
    remediation: "name the actions, or split the pattern into one that reads and one that writes",
  },
  ["identity", "resource"],
  ({ actions, principals }, { kind }) => {
    if (kind === "resource" && principals?.values.every(isAccountRoot) === true) return [];
    return (actions?.values ?? []).flatMap((found) => {
      // Whole services are the finding of disallow-wildcard-action.
      if (!hasWildcard(found) || /^[^:]*(:\*+)?$/.test(found)) return [];
      const matched = expanded(found);
      const reading = matched.find(({ onlyReads }) => onlyReads);
      const writing = matched.find(({ onlyReads }) => !onlyReads);
      if (!reading || !writing) return [];
      return [{ element: "Action", found, required: `not both ${reading.name} and ${writing.name}` }];
    });
  },
);
