// Outputs that are made of secret inputs are secret: an address with a secret name in it, all tags of which one is secret.
import { isObject, isSecret, mapValues, plain, secret, UNKNOWN, type Value, type Values } from "./values";

/** Shorter texts are in others by chance: they count where they are the whole. */
const SHORTEST = 3;

/** The texts and numbers that are secret somewhere in inputs. */
export function secretsIn(inputs: Values): ReadonlySet<string | number> {
  const found = new Set<string | number>();
  const look = (value: Value, hidden: boolean): void => {
    if (isSecret(value)) look(plain(value), true);
    else if (Array.isArray(value)) for (const item of value as readonly Value[]) look(item, hidden);
    else if (isObject(value)) for (const item of Object.values(value)) look(item, hidden);
    else if (hidden && (typeof value === "string" || typeof value === "number") && value !== UNKNOWN && value !== "")
      found.add(value);
  };
  for (const value of Object.values(inputs)) look(value, false);
  return found;
}

/** The value, secret wherever one of these is in it. */
export function markedSecret(value: Value, secrets: ReadonlySet<string | number>): Value {
  if (secrets.size === 0 || isSecret(value)) return value;
  if (Array.isArray(value)) return (value as readonly Value[]).map((item) => markedSecret(item, secrets));
  if (isObject(value)) return mapValues(value, (item) => markedSecret(item, secrets));
  return holdsSecret(value, secrets) ? secret(value) : value;
}

function holdsSecret(value: Value, secrets: ReadonlySet<string | number>): boolean {
  if (typeof value !== "string") return typeof value === "number" && secrets.has(value);
  if (value === UNKNOWN) return false;
  return [...secrets].some((each) => {
    const text = String(each);
    return text.length < SHORTEST ? value === text : value.includes(text);
  });
}
