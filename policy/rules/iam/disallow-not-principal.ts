import { allowRule } from "./statement-rule";

export const disallowNotPrincipal = allowRule(
  {
    id: "disallow-not-principal",
    title: "Nobody is let in by leaving others out",
    description:
      "NotPrincipal in a statement that allows lets in everybody else, other accounts and anonymous callers included; it belongs into a Deny.",
    severity: "critical",
    controls: ["NIST-800-53 AC-3", "PCI-DSS-4.0 7.2.2"],
    remediation: "name who is let in under Principal",
  },
  ["trust", "resource"],
  ({ source }) =>
    source.NotPrincipal === undefined
      ? []
      : [{ element: "NotPrincipal", found: source.NotPrincipal, required: "Principal, with who is let in" }],
);
