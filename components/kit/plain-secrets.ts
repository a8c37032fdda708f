// Secrets that are written where everybody can read them: in plain variables, build arguments and settings. Pure.
// No library: secretlint, the one that is kept up, answers with promises and brings thirty packages for what are these patterns.
import type { Problem } from "./problems";

/** What is shown instead of a value that may be a secret. */
const HIDDEN = "[not shown]";

/** What a secret looks like, wherever it stands. */
const FORMS: readonly (readonly [what: string, form: RegExp])[] = [
  ["an AWS access key", /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/],
  ["a GitHub token", /\bgh[pousr]_[A-Za-z0-9]{30,}|\bgithub_pat_\w{22,}/],
  ["a GitLab token", /\bglpat-[\w-]{20,}/],
  ["a Stripe key", /\b[sr]k_(?:live|test)_[A-Za-z0-9]{10,}|\bwhsec_[A-Za-z0-9+/=]{16,}/],
  ["a Slack token", /\bxox[abeoprs]-[\w-]{10,}|hooks\.slack\.com\/services\/\w+/],
  ["a Google key", /\bAIza[\w-]{35}|\bGOCSPX-[\w-]{20,}/],
  ["an AI provider's key", /\bsk-(?:[a-z]+-)*[A-Za-z0-9_]{20,}/],
  ["a SendGrid key", /\bSG\.[\w-]{16,}\.[\w-]{16,}/],
  ["an npm token", /\bnpm_[A-Za-z0-9]{30,}/],
  ["a private key", /-----BEGIN [A-Z ]*PRIVATE KEY/],
  ["a JSON Web Token", /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]+/],
  ["an address with a password", /[a-z][a-z0-9+.-]*:\/\/[^\s/:@]*:[^\s/@]+@/i],
  ["a connection string with a password", /(?:^|[;\s?&])(?:password|pwd|accountkey|sharedaccesskey)\s*=\s*[^;\s&]+/i],
  ["a header with credentials", /\b(?:bearer|basic) [\w+/=.-]{8,}/i],
];

/** The last words of a name say what a variable holds: `TOKEN_URL` is a URL, and `PASSWORD_MIN_LENGTH` a length. */
const NAMES = new RegExp(
  "(?:^|_)(?:PASSWORD|PASSWD|PASSPHRASE|PASS|PWD|SECRET|TOKEN|CREDENTIALS?|APIKEY" +
    "|(?:API|ACCESS|ACCOUNT|AUTH|CLIENT|ENCRYPTION|HMAC|JWT|LICENSE|MASTER|PRIVATE|SECRET|SHARED|SIGNING|SSH|WEBHOOK)_KEY)" +
    "(?:_?\\d+)?$",
);
/** Names of what may be a secret, or the name of a column: only the value tells. */
const UNSURE = /(?:^|_)(?:KEY|SALT|PEPPER|SEED)(?:_?\d+)?$/;
/** What is no secret, whatever it is called: nothing, yes and no, an absolute path, and the name of a secret. */
const HARMLESS = /^(?:|true|false|yes|no|on|off|(?:\/[\w.-]+)+|arn:aws[\w-]*:(?:secretsmanager|ssm|kms):.+)$/i;

/** What a text is, when it has the form of a secret. */
export function formOfSecret(value: string): string | undefined {
  return FORMS.find(([, form]) => form.test(value))?.[0];
}

/** Why a variable looks like a secret, by its name or its value; undefined when it does not. */
function secretIn(variable: string, value: string): string | undefined {
  const form = formOfSecret(value);
  if (form !== undefined) return `it has the form of ${form}`;
  // `Database__ApiKey` and `apiKey` are API_KEY.
  const name = variable
    .replace(/(?<=[a-z0-9])(?=[A-Z])/g, "_")
    .replace(/_+/g, "_")
    .toUpperCase();
  if (HARMLESS.test(value)) return undefined;
  if (NAMES.test(name)) return "its name says that it is a secret";
  const random = UNSURE.test(name) && !/PUBLIC|PUBLISHABLE/.test(name) && isRandom(value);
  return random ? "its name and its random characters say that it is a secret" : undefined;
}

/** Whether a text is made of characters that nobody chose: long, mixed, and with much information in each. */
function isRandom(value: string): boolean {
  if (!/^[\w+/=.-]{16,}$/.test(value) || !/\d/.test(value) || !/[a-z]/i.test(value)) return false;
  const counts = new Map<string, number>();
  for (const character of value) counts.set(character, (counts.get(character) ?? 0) + 1);
  const shares = [...counts.values()].map((count) => count / value.length);
  return shares.reduce((bits, share) => bits - share * Math.log2(share), 0) >= 3.5;
}

/** Where variables stand, and what to do about a secret among them. */
export interface PlainPlace {
  /** `environment`, `build.args` */
  readonly path: string;
  readonly remedy: string;
}

/**
 * Every plain variable that looks like a secret, and every name in `allowed` (name → reason) that is not among the variables.
 * Values that are not known yet are not judged. No problem shows a value.
 */
export function plainSecretProblems(
  { path, remedy }: PlainPlace,
  variables: Readonly<Record<string, unknown>>,
  allowed: Readonly<Record<string, string>> = {},
): Problem[] {
  return Object.entries(variables).flatMap(([variable, value]) => {
    const why = typeof value === "string" && !Object.hasOwn(allowed, variable) ? secretIn(variable, value) : undefined;
    if (why === undefined) return [];
    return [
      { path: `${path}.${variable}`, value: HIDDEN, allowed: `no secret, which everybody could read: ${why}`, remedy },
    ];
  });
}

/** Names in `allowPlainVariables` that allow nothing, and reasons that say nothing. */
export function allowedPlainProblems(
  path: string,
  variables: Readonly<Record<string, unknown>>,
  allowed: Readonly<Record<string, string>> = {},
): Problem[] {
  return Object.entries(allowed).flatMap(([variable, reason]) => {
    if (!Object.hasOwn(variables, variable)) {
      return [
        { path: `${path}.${variable}`, value: reason, allowed: "a variable of environment", remedy: "remove it" },
      ];
    }
    if (reason.trim() !== "") return [];
    return [{ path: `${path}.${variable}`, value: reason, allowed: "a reason", remedy: "say why it is no secret" }];
  });
}

/** A text that has the form of a secret, in a place where no secret may be. */
export function secretTextProblems({ path, remedy }: PlainPlace, value: string): Problem[] {
  const form = formOfSecret(value);
  return form === undefined
    ? []
    : [{ path, value: HIDDEN, allowed: `no secret: this has the form of ${form}`, remedy }];
}
