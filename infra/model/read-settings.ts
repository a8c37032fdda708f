// A stack's configuration as the engine hands it over (text by key, structured values as JSON) becomes values, each judged by the
// schema of settings.ts.
import type { Problem } from "../../components/kit/problems";
import { secretTextProblems } from "../../components/kit/plain-secrets";
import { type Findings, nearest } from "./findings";
import type { Entries } from "./kinds/kind";
import { compare } from "./order";
import { checked } from "./schema/check";
import { type Schema, shapeOf } from "./schema/words";
import { StackSettings } from "./settings";

/** Project namespace of every key. */
export const NAMESPACE = "archipelago";

/** The targets that a stack can name, each with the keys that it alone reads. */
export interface TargetKeys {
  /** The target of a stack that names none. */
  readonly usual: string;
  readonly keys: Readonly<Record<string, Entries>>;
}

/** Valid settings; of a key with mistakes, its valid parts. */
export interface ReadSettings {
  /** The target that the stack names, or probably means. */
  readonly target: string;
  /** Keys that every stack has. */
  readonly common: { readonly [K in keyof StackSettings]?: StackSettings[K] | undefined };
  /** Keys of the target, as its own schema takes them. */
  readonly own: Readonly<Record<string, unknown>>;
  /** Names of all keys: system, environment and target, the keys of the target, the others. */
  readonly keys: readonly string[];
}

/** A value that is not shown: what stands there may be the secret itself. */
const HIDDEN = "[not shown]";

const shape = shapeOf(StackSettings);
if (shape.kind !== "object") throw new Error("settings are a mapping");
const COMMON: Entries = shape.entries;

/** Reads every key of the namespace; what is wrong is reported. */
export function readSettings(
  values: Readonly<Record<string, string>>,
  targets: TargetKeys,
  findings: Findings,
): ReadSettings {
  const target = targetOf(values[`${NAMESPACE}:target`], targets, findings);
  const own = targets.keys[target] ?? {};
  const [system = "", environment = "", named = "", ...rest] = Object.keys(COMMON);
  const keys = [system, environment, named, ...Object.keys(own), ...rest];
  refuseUnknown(values, keys, { target, others: targets.keys }, findings);
  refuseSecrets(values, findings);
  return {
    ...{ target, keys },
    common: readEntries(values, COMMON, findings),
    own: readEntries(values, own, findings),
  };
}

/** The target that is named; of a misspelt name the one that was probably meant, to check the rest by. */
function targetOf(given: string | undefined, { usual, keys }: TargetKeys, findings: Findings): string {
  if (given === undefined) return usual;
  const known = Object.keys(keys);
  findings.requireKnown(given, known, `${NAMESPACE}:target`, "target");
  return known.includes(given) ? given : (nearest(given, known) ?? usual);
}

function readEntries(
  values: Readonly<Record<string, string>>,
  entries: Entries,
  findings: Findings,
): Readonly<Record<string, unknown>> {
  const read = Object.entries(entries).map(([key, entry]): [string, unknown] => {
    const shape = shapeOf(entry);
    const schema = shape.kind === "optional" ? shape.of : entry;
    const value = valueOf(values[`${NAMESPACE}:${key}`], schema);
    if (value === undefined && shape.kind === "optional") return [key, undefined];
    const { problems, rest } = checked<unknown>(schema, value);
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
function refuseUnknown(
  values: Readonly<Record<string, string>>,
  known: readonly string[],
  { target, others }: { readonly target: string; readonly others: TargetKeys["keys"] },
  findings: Findings,
): void {
  const prefix = `${NAMESPACE}:`;
  for (const [key, value] of Object.entries(values).sort(([a], [b]) => compare(a, b))) {
    const name = key.slice(prefix.length);
    if (!key.startsWith(prefix)) refuseMisspelt(key, known, value, findings);
    else if (!known.includes(name)) {
      const elsewhere = Object.entries(others).flatMap(([other, entries]) =>
        Object.hasOwn(entries, name) ? [other] : [],
      );
      if (elsewhere.length === 0) findings.requireKnown(name, known, key, "key", value);
      else
        findings.require(
          false,
          key,
          value,
          `not set on the target ${target}: it is a key of ${elsewhere.join(" and ")}`,
          "remove it, or name the target that was meant in archipelago:target",
        );
    }
  }
}

/** Namespaces of the providers. */
const OTHERS = ["aws", "awsx", "docker-build", "kubernetes", "pulumi", "random"];

/** Reports a key whose namespace is misspelt or missing: the program never reads it. */
function refuseMisspelt(key: string, known: readonly string[], value: string, findings: Findings): void {
  const [namespace = "", ...rest] = key.split(":");
  const misspelt = !OTHERS.includes(namespace) && nearest(namespace, [NAMESPACE]) !== undefined;
  const [name, meant] = rest.length === 0 ? [namespace, known.includes(namespace)] : [rest.join(":"), misspelt];
  const correct = `${NAMESPACE}:${nearest(name, known) ?? name}`;
  findings.require(!meant, key, value, `a key of ${NAMESPACE}, or of another program`, `did you mean "${correct}"?`);
}

/** Reports settings that have the form of a secret: every reader of the repository can read a stack's file. */
function refuseSecrets(values: Readonly<Record<string, string>>, findings: Findings): void {
  const remedy = "remove it, and revoke it: it has been in a file; settings only name secrets (archipelago:secrets)";
  for (const [path, value] of Object.entries(values)) {
    if (path.startsWith(`${NAMESPACE}:`)) findings.problems.push(...secretTextProblems({ path, remedy }, value));
  }
}
