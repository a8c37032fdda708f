// Property values in the form in which they travel between engine and provider: plain JSON in which unknown values,
// secrets, references and assets are marked by signatures. The emulation works on this form, so nothing is lost on the way.

/** A property value in Pulumi's wire form. */
export type Value = null | boolean | number | string | readonly Value[] | { readonly [key: string]: Value };
/** Properties by name. */
export type Values = Readonly<Record<string, Value>>;

/** Stands for a value that is not known before the resource has been created. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
const RESOURCE = "5cf8f73096256a8f31e491e813e4eb8e";
const ASSET = "c44067f5952c0a294b673a41bacd8c17";
const ARCHIVE = "0def7320c3a5731c473e5ecbe6d01bc7";

/** Whether a value is an object with properties (and neither an array nor null). */
export function isObject(value: Value | undefined): value is Readonly<Record<string, Value>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The signature an object carries, if it is a marked value. */
function signatureOf(value: Value | undefined): Value | undefined {
  return isObject(value) ? value[SIGNATURE] : undefined;
}

/** Whether the value itself is a secret (not: holds one). */
export function isSecret(value: Value | undefined): boolean {
  return signatureOf(value) === SECRET;
}

/** Marks a value as secret, once. */
export function secret(value: Value): Value {
  return isSecret(value) ? value : { [SIGNATURE]: SECRET, value };
}

/** `asset` or `archive` when the value is one. */
export function fileKind(value: Value | undefined): "asset" | "archive" | undefined {
  const signature = signatureOf(value);
  return signature === ASSET ? "asset" : signature === ARCHIVE ? "archive" : undefined;
}

/** Turns output values into what they hold and resource references into identifiers, at any depth. */
export function normalize(value: Value): Value {
  if (Array.isArray(value)) return sameOrMapped(value as readonly Value[], normalize);
  if (!isObject(value)) return value;
  const signature = value[SIGNATURE];
  if (signature === OUTPUT) {
    const inner = value.value === undefined ? UNKNOWN : normalize(value.value);
    return value.secret === true ? secret(inner) : inner;
  }
  if (signature === SECRET) {
    const inner = normalize(value.value ?? null);
    return inner === value.value ? value : secret(inner);
  }
  if (signature === RESOURCE) {
    const id = value.id;
    return id === undefined ? (value.urn ?? null) : id === "" ? UNKNOWN : normalize(id);
  }
  return sameOrChanged(value, normalize);
}

/** {@link normalize} for the properties of a resource. */
export function normalizeAll(values: Values): Values {
  return sameOrChanged(values, normalize);
}

/** The value without any secret marks. Unknown values stay. */
export function plain(value: Value): Value {
  if (Array.isArray(value)) return sameOrMapped(value as readonly Value[], plain);
  if (!isObject(value)) return value;
  if (value[SIGNATURE] === SECRET) return plain(value.value ?? null);
  return sameOrChanged(value, plain);
}

/** {@link plain} for the properties of a resource. */
export function plainAll(values: Values): Values {
  return sameOrChanged(values, plain);
}

/** Whether something in the value is unknown. */
export function hasUnknown(value: Value | undefined): boolean {
  if (value === UNKNOWN) return true;
  if (Array.isArray(value)) return (value as readonly Value[]).some(hasUnknown);
  return isObject(value) && Object.values(value).some(hasUnknown);
}

/** Whether two plain values are the same, whatever the order of their keys; a null property counts as absent. */
export function same(left: Value | undefined, right: Value | undefined): boolean {
  if (left === right) return true;
  if (left === undefined || left === null) return right === undefined || right === null;
  if (Array.isArray(left)) {
    return (
      Array.isArray(right) &&
      left.length === right.length &&
      left.every((item, index) => same(item as Value, right[index] as Value))
    );
  }
  if (!isObject(left) || !isObject(right)) return false;
  return [...new Set([...Object.keys(left), ...Object.keys(right)])].every((key) => same(left[key], right[key]));
}

/** An object with every value mapped: itself when none changes, since most hold nothing that a mapping is about. */
function sameOrChanged(values: Values, map: (value: Value) => Value): Values {
  let changed: Record<string, Value> | undefined;
  for (const key in values) {
    const value = values[key] as Value;
    const mapped = map(value);
    if (mapped === value) continue;
    changed ??= { ...values };
    changed[key] = mapped;
  }
  return changed ?? values;
}

function sameOrMapped(values: readonly Value[], map: (value: Value) => Value): readonly Value[] {
  const mapped = values.map(map);
  return mapped.every((value, at) => value === values[at]) ? values : mapped;
}

/** A copy with every value mapped. */
export function mapValues<In, Out>(
  record: Readonly<Record<string, In>>,
  map: (value: In, key: string) => Out,
): Record<string, Out> {
  const result: Record<string, Out> = {};
  for (const [key, value] of Object.entries(record)) result[key] = map(value, key);
  return result;
}

/** The text of a property when it is a known string. */
export function text(value: Value | undefined): string | undefined {
  return typeof value === "string" && value !== UNKNOWN ? value : undefined;
}
