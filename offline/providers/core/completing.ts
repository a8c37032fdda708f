// How a check completes inputs, and how outputs come out of them.
import type { ResourceSchema } from "../schema/sdk";
import { generatedNames } from "./diff";
import { hiding, secretsIn } from "./hidden";
import type { Birth, Made } from "./rules";
import { secret, type Value, type Values } from "./values";

/** Inputs without what is only between engine and provider. */
export function declared(inputs: Values): Values {
  return Object.fromEntries(Object.entries(inputs).filter(([property]) => !property.startsWith("__")));
}

/** A counter counts on; all else is made anew. */
export function following(before: Value | undefined, fresh: Value): Value {
  return typeof before === "number" && typeof fresh === "number" && before >= fresh ? before + 1 : fresh;
}

/** What a rule makes at a birth. */
export function make(made: Made, birth: Birth): Value | undefined {
  return typeof made === "function" ? made(birth) : made;
}

/**
 * The given inputs and the generated ones, which are listed as the real providers list them (`__defaults`), so that a later
 * update knows them apart. A name that was generated before stays, because the resource has it.
 */
export function withDefaults(given: Values, completed: Values, olds: Values): Values {
  const generated = Object.keys(completed).filter(
    (property) => given[property] === undefined || given[property] === null,
  );
  const before = generatedNames(olds);
  const kept = generated.filter((property) => before.has(property) && olds[property] !== undefined);
  return {
    ...completed,
    ...Object.fromEntries(kept.map((property) => [property, olds[property] ?? null])),
    __defaults: generated,
  };
}

/** Every declared output: as given, or else as `otherwise` makes it; secret where the SDK says so, or where it tells a secret input. */
export function assembled(
  schema: ResourceSchema,
  inputs: Values,
  otherwise: (property: string, optional: boolean) => Value | undefined,
): Values {
  const result: Record<string, Value> = {};
  const secrets = secretsIn(inputs);
  for (const [property, { optional }] of schema.outputs) {
    const made = inputs[property] ?? otherwise(property, optional);
    const value = made === undefined ? undefined : hiding(made, secrets);
    if (value !== undefined) result[property] = schema.secrets.has(property) ? secret(value) : value;
  }
  return result;
}
