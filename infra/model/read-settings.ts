// A stack's configuration as the engine hands it over (text by key, structured values as JSON) becomes values, each judged by the
// schema of settings.ts.
import type { Problem } from "../../components/kit/problems";
import { secretTextProblems } from "../../components/kit/plain-secrets";
import { type Findings, nearest } from "./findings";
import { compare } from "./order";
import { checked } from "./schema/check";
import { type Schema, shapeOf } from "./schema/words";
import { StackSettings } from "./settings";

/** Project namespace of every key. */
export const NAMESPACE = "archipelago";

/** What could be read: of a key with mistakes, the parts that are right. */
export type ReadSettings = { readonly [K in keyof StackSettings]?: StackSettings[K] | undefined };

/** A value that is not shown: what stands there may be the secret itself. */
const HIDDEN = "[not shown]";

const shape = shapeOf(StackSettings);
if (shape.kind !== "object") throw new Error("settings are a mapping");
const ENTRIES = shape.entries as unknown as Readonly<Record<string, Schema<unknown>>>;
/** The keys of the namespace. */
export const SETTINGS_KEYS: readonly string[] = Object.keys(ENTRIES);

/** Reads every key of the namespace; what is wrong is reported. */
export function readSettings(values: Readonly<Record<string, string>>, findings: Findings): ReadSettings {
  refuseUnknown(values, SETTINGS_KEYS, findings);
  refuseSecrets(values, findings);
  const read = Object.entries(ENTRIES).map(([key, entry]): [string, unknown] => {
    const shape = shapeOf(entry);
    const path = `${NAMESPACE}:${key}`;
    const schema = shape.kind === "optional" ? shape.of : entry;
    const given = valueOf(values[path], schema);
    if (given === undefined && shape.kind === "optional") return [key, undefined];
    const { problems, rest } = checked<unknown>(schema, given);
    findings.problems.push(...problems.map((problem) => problemAt(key, problem)));
    return [key, rest];
  });
  return Object.fromEntries(read);
}

/** Text where the schema wants text; otherwise what the JSON says, or the text when it is none. */
function valueOf(text: string | undefined, schema: Schema<unknown>): unknown {
  const shape = shapeOf(schema);
  if (text === undefined || (shape.kind === "value" && shape.type === "string")) return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

function problemAt(key: string, { path, value, allowed, remedy }: Problem): Problem {
  const whole = `${NAMESPACE}:${key}`;
  const at = path === "" || path.startsWith("[") ? `${whole}${path}` : `${whole}.${path}`;
  const shown = key === "secrets" && value !== undefined ? HIDDEN : value;
  return { path: at, value: shown, allowed, remedy: value === undefined && path === "" ? missing(key) : remedy };
}

function missing(key: string): string {
  const example = { system: "ecommerce", environment: "dev", region: "eu-central-1", account: '"<account>"' }[key];
  return example === undefined
    ? `list the ${key} in Pulumi.<stack>.yaml`
    : `pulumi config set ${NAMESPACE}:${key} ${example}`;
}

/** Reports keys of our namespace that nothing reads, and keys of namespaces that are almost ours. */
function refuseUnknown(values: Readonly<Record<string, string>>, known: readonly string[], findings: Findings): void {
  const prefix = `${NAMESPACE}:`;
  for (const [key, value] of Object.entries(values).sort(([a], [b]) => compare(a, b))) {
    if (key.startsWith(prefix)) findings.requireKnown(key.slice(prefix.length), known, key, "key", value);
    else refuseMisspelt(key, known, value, findings);
  }
}

/** Namespaces of the providers. */
const OTHERS = ["aws", "awsx", "docker-build", "kubernetes", "pulumi", "random"];

/** Reports a key whose namespace is misspelt or left out: the engine gives it to no program. */
function refuseMisspelt(key: string, known: readonly string[], value: string, findings: Findings): void {
  const [namespace = "", ...rest] = key.split(":");
  const misspelt = !OTHERS.includes(namespace) && nearest(namespace, [NAMESPACE]) !== undefined;
  const [name, meant] = rest.length === 0 ? [namespace, known.includes(namespace)] : [rest.join(":"), misspelt];
  const correct = `${NAMESPACE}:${nearest(name, known) ?? name}`;
  findings.require(!meant, key, value, `a key of ${NAMESPACE}, or of another program`, `did you mean "${correct}"?`);
}

/** Reports settings that have the form of a secret: a stack's file is read by everybody who reads the repository. */
function refuseSecrets(values: Readonly<Record<string, string>>, findings: Findings): void {
  const remedy = "remove it, and revoke it: it has been in a file; settings only name secrets (archipelago:secrets)";
  for (const [path, value] of Object.entries(values)) {
    if (path.startsWith(`${NAMESPACE}:`)) findings.problems.push(...secretTextProblems({ path, remedy }, value));
  }
}
