import { faultsOf } from "./document-validity";
import { documentRule } from "./statement-rule";

export const requireValidPolicyDocument = documentRule(
  {
    id: "require-valid-policy-document",
    title: "Policies say what IAM understands",
    description:
      "A misspelt action or element is refused at the deployment, or worse, accepted and never matched; so a policy is read before it is sent.",
    severity: "medium",
    controls: ["NIST-800-53 CM-6"],
    remediation: "correct the document as the message says",
  },
  ["identity", "trust", "resource", "endpoint"],
  (document, report) => {
    for (const { path, found, required } of faultsOf(document)) report(path, found, required);
  },
  "action",
);
