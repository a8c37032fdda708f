// Published limits count for a property only where the SDK's own documentation agrees with them: CloudFormation and Terraform
// may call by one name what they write differently, and a false refusal is worse than a miss.
import { namedNumbers } from "./documented";
import type { Bounds, Limits, Property } from "./shape";

const UPDATES_IN_PLACE =
  /in[- ]place|without (?:replac|recreat)|can be (?:changed|updated|modified)|does not (?:force|replace|recreate)/i;
/** Longer texts are templates and code, whose patterns say nothing and cost much. */
const LONGEST = 1000;

/** What of the published limits is certain for a property, given the names of the properties beside it. */
export function agreed(published: Limits, { doc, optional, shape }: Property, beside: ReadonlySet<string>): Limits {
  const named = namedTexts(doc, beside);
  const numbers = (shape.kind === "list" ? shape.of : shape).kind === "number";
  const agreeing = numbers ? agreedNumbers : agreedValues;
  const values = published.values && agreeing(published.values, doc, named);
  const range = published.range && agreedRange(published.range, doc, optional);
  const length = published.length && agreedLength(published.length, named);
  const { pattern } = published;
  return {
    ...(values && { values }),
    ...(range && { range }),
    ...(length && { length }),
    ...(pattern !== undefined && telling(pattern) && matchesAll(pattern, named) && { pattern }),
    ...(published.set && { set: true }),
    ...(published.replaces && !UPDATES_IN_PLACE.test(doc) && { replaces: true }),
  };
}

/** Texts that the documentation marks as code; names of properties, types and literals of other kinds aside. */
export function namedTexts(doc: string, beside: ReadonlySet<string>): readonly string[] {
  return [...doc.matchAll(/`([^`]+)`/g)]
    .map(([, text = ""]) => text.replace(/^["']|["']$/g, ""))
    .filter((text) => !beside.has(text) && !/^(?:true|false|null|-?[\d.]+|aws\..*|.*\s.*|.*[=<>{}$*()].*|)$/.test(text))
    .filter((text) => !/^[a-z]+(?:[A-Z][a-z]*)*\.[a-z]\w*$/.test(text));
}

/** The documentation must name some of the values in the same letters, and none besides. */
function agreedValues(values: readonly string[], doc: string, named: readonly string[]): readonly string[] | undefined {
  if (named.some((text) => !values.includes(text)) || /case[- ]insensitive/i.test(doc)) return undefined;
  const telling = values.filter((value) => value.length > 2 && /[A-Z_\d-]/.test(value));
  const said = new Set(doc.split(/[^\w.-]+/).map((word) => word.replace(/[.-]+$/, "")));
  return named.length > 0 || telling.some((value) => said.has(value)) ? values : undefined;
}

/** Numbers stand in texts for many things: where some of the values are named, all numbers that are named are allowed. */
function agreedNumbers(values: readonly string[], doc: string): readonly string[] | undefined {
  const said: readonly string[] = doc.match(/(?<![\w.,-])\d+(?![\w-])/g) ?? [];
  if (values.filter((value) => said.includes(value)).length < Math.min(3, values.length)) return undefined;
  return [...new Set([...values, ...said])].sort((left, right) => Number(left) - Number(right));
}

/** Where a number may be left out, 0 stands for that. */
function agreedRange(range: Bounds, doc: string, optional: boolean): Bounds | undefined {
  const { min = -Infinity, max = Infinity } = range;
  if (namedNumbers(doc).some((number) => number < min || number > max)) return undefined;
  return optional && min > 0 ? { ...range, zero: true } : range;
}

function agreedLength({ min = 0, max = Infinity }: Bounds, named: readonly string[]): Bounds | undefined {
  if (named.some((text) => text.length < min || text.length > max)) return undefined;
  const bounds = { ...(min > 1 && { min }), ...(max < Infinity && { max }) };
  return Object.keys(bounds).length > 0 ? bounds : undefined;
}

/** Whether a pattern says anything, can be read here, and can't take for ever. */
function telling(pattern: string): boolean {
  if (/^\^?\(?(?:\.|\[\\[sS]\\[sS]\]|\[^\\n\])[*+]\)?\$?$/.test(pattern) || pattern.length > LONGEST) return false;
  if (/[*+}]\)+[*+{]/.test(pattern)) return false;
  // Written for one partition of AWS only.
  if (pattern.includes("arn:aws:")) return false;
  return expression(pattern) !== undefined;
}

function matchesAll(pattern: string, named: readonly string[]): boolean {
  const regular = expression(pattern);
  return regular !== undefined && named.every((text) => regular.test(text));
}

const expressions = new Map<string, RegExp | undefined>();

/** A published pattern; undefined when it is not of this language. */
export function expression(published: string): RegExp | undefined {
  if (!expressions.has(published)) expressions.set(published, compiled(published));
  return expressions.get(published);
}

function compiled(published: string): RegExp | undefined {
  // The anchors of other languages.
  const pattern = published.replace(/(?<!\\)\\A/g, "^").replace(/(?<!\\)\\[Zz]/g, "$");
  for (const flags of ["u", ""]) {
    try {
      return new RegExp(pattern, flags);
    } catch {
      // Without the flag, escapes that mean nothing are let through; classes of Unicode would mean something else.
      if (/\\p\{/i.test(pattern)) return undefined;
    }
  }
  return undefined;
}
