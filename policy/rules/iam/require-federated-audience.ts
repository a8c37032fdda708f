import type { Statement } from "./document";
import { holds } from "./document-conditions";
import { allowRule, type StatementFinding } from "./statement-rule";

export const requireFederatedAudience = allowRule(
  {
    id: "require-federated-audience",
    title: "Federated identities are held to an audience and a subject",
    description:
      "An identity provider signs tokens for everybody who uses it; only the audience and the subject tell that a token was meant for this role.",
    severity: "critical",
    controls: ["NIST-800-53 IA-2", "PCI-DSS-4.0 8.2.1"],
    remediation:
      "add StringEquals on the provider's :aud and StringEquals or StringLike on its :sub (SAML:aud for SAML)",
  },
  ["trust"],
  (statement) => {
    if (!statement.conditionsKnown) return [];
    return (statement.principals?.values ?? [])
      .filter(({ type }) => type === "Federated")
      .flatMap(({ value }) => missingFor(value, statement));
  },
);

function missingFor(provider: string, statement: Statement): readonly StatementFinding[] {
  const saml = provider.includes(":saml-provider/");
  const cognito = /^cognito-identity(-us-gov)?\.(cn-\w+-\d\.)?amazonaws\.(com(\.cn)?|eu)$/.test(provider);
  const audience = saml ? /^saml:(aud|iss|namequalifier)$/ : /:(aud|azp|oaud|client_id|app_id)$/;
  const subject = cognito
    ? /:(amr|sub)$/
    : /:(sub|job_workflow_ref|repository|repository_id|environment|email|hd|oid|roles)$/;
  const asks = (keys: RegExp): boolean => statement.conditions.some((condition) => holds(condition, keys, isNarrow));
  return [
    ...(asks(audience) ? [] : [{ element: "Condition", found: provider, required: `a condition on the audience` }]),
    ...(saml || asks(subject)
      ? []
      : [{ element: "Condition", found: provider, required: `a condition on the subject` }]),
  ];
}

/** Whether a claim's value names an identity: `repo:acme/*` does, `*` and `repo:*` do not. */
function isNarrow(value: string): boolean {
  return !/^(system:serviceaccount:|[a-z]+:)?[*?]/.test(value) && value !== "";
}
