import { allowRule } from "./statement-rule";

export const disallowNotResource = allowRule(
  {
    id: "disallow-not-resource",
    title: "Nothing is allowed by leaving resources out",
    description:
      "NotResource in a statement that allows gives every other resource, those of other services too; it belongs into a Deny.",
    severity: "high",
    controls: ["NIST-800-53 AC-6", "PCI-DSS-4.0 7.2.2"],
    remediation: "list the ARNs under Resource",
  },
  ["identity", "trust", "resource"],
  ({ source }) =>
    source.NotResource === undefined
      ? []
      : [{ element: "NotResource", found: source.NotResource, required: "Resource, with what is allowed" }],
);
