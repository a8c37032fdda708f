import { coverOf } from "./document-grants";
import { arnParts, hasWildcard } from "./document-patterns";
import { allowRule } from "./statement-rule";

const READS = [
  "secretsmanager:GetSecretValue",
  "secretsmanager:BatchGetSecretValue",
  "ssm:GetParameter",
  "ssm:GetParameters",
  "ssm:GetParametersByPath",
] as const;

export const requireNamedSecrets = allowRule(
  {
    id: "require-named-secrets",
    title: "A right to read a secret names the secret",
    description: "A pattern of secrets' names opens the passwords of other services, and of those that come later.",
    severity: "high",
    controls: ["NIST-800-53 AC-6", "NIST-800-53 IA-5(6)", "PCI-DSS-4.0 8.3.2"],
    remediation: "name the secret's ARN; only the six characters that Secrets Manager appends may be wildcards",
  },
  ["identity"],
  (statement) => {
    if (!READS.some((action) => coverOf(statement, action))) return [];
    return (statement.resources?.values ?? [])
      .filter(isSeveralSecrets)
      .map((found) => ({ element: "Resource", found, required: "the ARNs of the secrets that are needed" }));
  },
);

function isSeveralSecrets(pattern: string): boolean {
  const parts = arnParts(pattern);
  if (parts === undefined) return hasWildcard(pattern);
  if (!["secretsmanager", "ssm"].some((service) => service === parts.service) && !hasWildcard(parts.service))
    return false;
  // Secrets Manager ends each ARN with a dash and six characters of its own.
  return hasWildcard(parts.resource.replace(/(?<=[^*?:/])-(\*|\?{6})$/, "").replace(/(?<=[^*?:/])\?{6}$/, ""));
}
