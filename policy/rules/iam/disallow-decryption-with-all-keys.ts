import { coverOf, everyResourceOf } from "./document-grants";
import { arnParts, hasWildcard } from "./document-patterns";
import { allowRule } from "./statement-rule";

const OPENS = ["kms:Decrypt", "kms:ReEncryptFrom", "kms:GenerateDataKey", "kms:CreateGrant"] as const;

export const disallowDecryptionWithAllKeys = allowRule(
  {
    id: "disallow-decryption-with-all-keys",
    title: "A right to decrypt names the key",
    description:
      "Each store has a key of its own so that the right to one opens no other; a right to use every key makes them one.",
    severity: "high",
    controls: ["NIST-800-53 SC-12", "NIST-800-53 AC-6", "PCI-DSS-4.0 3.6.1"],
    remediation: "name the ARN of the key under Resource; kms:ViaService narrows the way, not the key",
  },
  ["identity"],
  (statement) => {
    if (!OPENS.some((action) => coverOf(statement, action))) return [];
    const patterns = (statement.resources?.values ?? []).filter((arn) => isKey(arn) && hasWildcard(arn));
    return [...new Set([...everyResourceOf(statement).filter(isKey), ...patterns.filter(isSeveralKeys)])].map(
      (found) => ({
        element: "Resource",
        found,
        required: "the ARN of one key",
      }),
    );
  },
);

function isKey(pattern: string): boolean {
  const service = arnParts(pattern)?.service;
  return service === undefined || service === "kms" || hasWildcard(service);
}

/** A key's number with a wildcard in it is several keys; an account or region in a pattern is another rule's. */
function isSeveralKeys(pattern: string): boolean {
  const resource = arnParts(pattern)?.resource;
  return resource !== undefined && /^key\/[^/]*[*?]/.test(resource) && !/^key\/(mrk-)?[*?]+$/.test(resource);
}
