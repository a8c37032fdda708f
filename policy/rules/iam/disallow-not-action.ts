import { allowRule } from "./statement-rule";

export const disallowNotAction = allowRule(
  {
    id: "disallow-not-action",
    title: "Nothing is allowed by leaving actions out",
    description:
      "NotAction in a statement that allows gives every other action of AWS, those of tomorrow too; it belongs into a Deny.",
    severity: "high",
    controls: ["NIST-800-53 AC-6", "PCI-DSS-4.0 7.2.2"],
    remediation: "list what is allowed under Action",
  },
  ["identity", "trust", "resource"],
  ({ source }) =>
    source.NotAction === undefined
      ? []
      : [{ element: "NotAction", found: source.NotAction, required: "Action, with what is allowed" }],
);
