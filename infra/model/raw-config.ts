// A stack's configuration as the engine hands it over: text by key, structured values as JSON. Every reading that fails is
// recorded with what would have been right.
import { type Findings, nearest } from "./findings";
import { compare } from "./order";

/** Project namespace of every key. */
export const NAMESPACE = "archipelago";

/** Reads typed values out of raw configuration; `undefined` means absent or already reported. */
export class RawConfig {
  constructor(
    /** Text by full key (`archipelago:region`), of every namespace. */
    private readonly values: Readonly<Record<string, string>>,
    readonly findings: Findings,
  ) {}

  /** Reports keys of our namespace that nobody reads. */
  refuseUnknown(known: readonly string[]): void {
    const prefix = `${NAMESPACE}:`;
    for (const [key, value] of Object.entries(this.values).sort(([a], [b]) => compare(a, b))) {
      if (key.startsWith(prefix)) this.findings.requireKnown(key.slice(prefix.length), known, key, "key", value);
      else this.refuseMisspelt(key, known, value);
    }
  }

  /** Reports a key whose namespace is almost ours, or left out: the engine gives it to nobody. */
  private refuseMisspelt(key: string, known: readonly string[], value: string): void {
    const [namespace = "", ...rest] = key.split(":");
    const [name, meant] =
      rest.length === 0 ? [namespace, known.includes(namespace)] : [rest.join(":"), misspelt(namespace)];
    const correct = `${NAMESPACE}:${nearest(name, known) ?? name}`;
    this.findings.require(
      !meant,
      key,
      value,
      `a key of ${NAMESPACE}, or of another program`,
      `did you mean "${correct}"?`,
    );
  }

  /** A text; reported when it must be there and is not. */
  text(
    key: string,
    allowed: string,
    remedy: string,
    presence: "required" | "optional" = "required",
  ): string | undefined {
    const value = this.values[`${NAMESPACE}:${key}`];
    this.findings.require(
      value !== undefined || presence === "optional",
      `${NAMESPACE}:${key}`,
      value,
      allowed,
      remedy,
    );
    return value;
  }

  /** `true` or `false`. */
  flag(key: string, fallback: boolean): boolean {
    const value = this.values[`${NAMESPACE}:${key}`];
    const known = value === undefined || value === "true" || value === "false";
    this.findings.require(known, `${NAMESPACE}:${key}`, value, "true or false", "write one of the two, without quotes");
    return value === undefined ? fallback : value === "true";
  }

  /** A list of texts. */
  list(key: string, allowed: string, remedy: string): readonly string[] | undefined {
    const text = this.text(key, allowed, remedy);
    if (text === undefined) return undefined;
    const value = parseJson(text);
    if (isList(value)) return value;
    this.findings.require(false, `${NAMESPACE}:${key}`, value ?? text, allowed, remedy);
    return undefined;
  }

  /** A mapping; an absent optional one is empty. */
  mapping(
    key: string,
    allowed: string,
    remedy: string,
    presence: "required" | "optional" = "required",
  ): Readonly<Record<string, unknown>> | undefined {
    const text = this.text(key, allowed, remedy, presence);
    if (text === undefined) return presence === "optional" ? {} : undefined;
    const value = parseJson(text);
    if (isMapping(value)) return value;
    this.findings.require(false, `${NAMESPACE}:${key}`, value ?? text, allowed, remedy);
    return undefined;
  }
}

/** Namespaces of the providers, which are nobody's mistake. */
const OTHERS = ["aws", "awsx", "docker-build", "kubernetes", "pulumi", "random"];

function misspelt(namespace: string): boolean {
  return !OTHERS.includes(namespace) && nearest(namespace, [NAMESPACE]) !== undefined;
}

/** Whether a value is a JSON object. */
export function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}

/** The parsed text; undefined when it is no JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
