// Whether a plain variable holds a secret, judged by its name and by the form of its value.

/** Words that name a secret, alone or with the word before them (`api key`). */
const SECRET = new Set(["password", "passwd", "pwd", "passphrase", "secret", "secrets", "token", "apikey", "credential", "credentials"]); // prettier-ignore
const KEYS = new Set(["api", "access", "private", "secret", "encryption", "signing", "master", "ssh", "auth", "service", "account", "license"]); // prettier-ignore

/** Last words by which a name means something about a secret, and not the secret itself. */
const ABOUT = new Set(["algorithm", "arn", "audience", "bucket", "count", "duration", "enabled", "endpoint", "expiry", "expiration", "field", "file", "header", "host", "id", "issuer", "length", "limit", "location", "manager", "name", "names", "path", "policy", "prefix", "provider", "region", "rotation", "scope", "seconds", "size", "store", "timeout", "ttl", "type", "uri", "url", "version"]); // prettier-ignore

/** Values that are secrets whatever they are called. */
const FORMS: readonly RegExp[] = [
  /\b(AKIA|ASIA)[0-9A-Z]{16}\b/,
  /-----BEGIN [A-Z ]*PRIVATE KEY/,
  /\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@]*:[^\s/@$]+@/i,
  /\b(ghp|gho|ghs|ghu|ghr)_[A-Za-z0-9]{30,}|\bgithub_pat_\w{30,}/,
  /\bxox[abeprs]-[A-Za-z0-9-]{10,}/,
  /\b[rs]k_live_[A-Za-z0-9]{16,}/,
  /\bAIza[\w-]{35}\b/,
  /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/,
];

/** The secret half of an access key, where it is assigned: 40 characters without a recognizable prefix, so only the name before it identifies it. */
const AWS_SECRET = /aws_?secret_?(access_?)?key["']?\s*[:=]\s*["']?[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+])/i;

/** Values that only lead to a secret, or say yes, no or how many. */
const REFERENCE = /^(arn:[^:]+:(secretsmanager|ssm|kms|iam):|\$\{|\{\{|\/|ssm:|vault:|https?:\/\/[^@]*$|(true|false|null|none|yes|no|on|off|enabled|disabled|required|optional)$|\d{1,5}(ms|s|m|h|d)?$)/i; // prettier-ignore

/** An assignment to a name that means a secret, as scripts write it: export DB_PASSWORD=…, "apiKey": "…". */
const ASSIGNMENT =
  /(?:^|[\s;"'{,])(?:export\s+)?["']?([A-Za-z][\w.-]*)["']?\s*[:=]\s*\\?(?:"([^"$\n]{4,})"|'([^'$\n]{4,})'|([^\s"'$`{(<,;]{4,}))/gm;

/** Whether a text, such as a script, holds a secret: by its form, or assigned to a name that means one. */
export function hasSecretForm(text: string): boolean {
  if (text === "") return false;
  if (FORMS.some((form) => form.test(text)) || AWS_SECRET.test(text)) return true;
  return [...text.matchAll(ASSIGNMENT)].some(
    ([, name = "", double, single, bare]) => secretLike(name, double ?? single ?? bare ?? "") === "name",
  );
}

/** Why a variable is taken for a secret: its `name` or the `form` of its value; undefined where it is none. */
export function secretLike(name: string, value: string): "name" | "form" | undefined {
  if (value.trim() === "") return undefined;
  if (FORMS.some((form) => form.test(value))) return "form";
  return namesSecret(name) && !REFERENCE.test(value) ? "name" : undefined;
}

function namesSecret(name: string): boolean {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
  const last = words.at(-1);
  if (last === undefined || ABOUT.has(last)) return false;
  return words.some((word, index) => SECRET.has(word) || (word === "key" && KEYS.has(words[index - 1] ?? "")));
}
