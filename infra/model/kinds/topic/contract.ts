// The contract of an event: a version and a JSON Schema, for publishers and consumers.
import type * as v from "valibot";
import {
  flag,
  later,
  list,
  matching,
  number,
  object,
  oneOf,
  optional,
  record,
  type Schema,
  text,
  value,
  whole,
} from "../../schema/words";

/** An event's type, as it stands in the message attribute `event_type` (`ORDER_CREATED`). */
export type EventType = string;
export const EventType: Schema<EventType> = matching(
  /^[A-Z][A-Z0-9_]*$/,
  "capitals, digits and underscores",
  "respell it",
  256,
);

/** `major.minor`: a new minor version only adds optional fields, anything else is a new major version. */
export type Version = `${number}.${number}`;
export const Version: Schema<Version> = matching(/^\d{1,4}\.\d{1,4}$/, "major.minor, such as 1.0");

/** The part of JSON Schema (draft 2020-12) that event contracts use. */
export interface JsonSchema {
  readonly type: "object" | "array" | "string" | "number" | "integer" | "boolean" | "null";
  readonly description?: string;
  /** Of an object. */
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  /** Names of the properties that every object has. */
  readonly required?: readonly string[];
  /** Whether an object may have properties that are not named. @default true: consumers ignore unknown properties */
  readonly additionalProperties?: boolean;
  /** Of an array. */
  readonly items?: JsonSchema;
  /** The only values. */
  readonly enum?: readonly (string | number | boolean | null)[];
  /** Of a string: `uuid`, `date-time`, `email`, `uri`, or another format of JSON Schema. */
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
}

/** https://json-schema.org/draft/2020-12/json-schema-validation, section 7.3 */
const FORMATS = [
  ...["date-time", "date", "time", "duration", "email", "idn-email", "hostname", "idn-hostname", "ipv4", "ipv6"],
  ...["uri", "uri-reference", "iri", "iri-reference", "uuid", "uri-template", "json-pointer", "relative-json-pointer"],
  "regex",
] as const;
const Count = whole(0, 1_000_000);
const isScalar = (given: unknown): boolean =>
  given === null || typeof given === "string" || typeof given === "boolean" || Number.isFinite(given);
const Scalar = value<string | number | boolean | null>(
  isScalar,
  "text, a number, true, false or null",
  "write one of these",
);

// A schema contains itself, so its type is written out above; the compiler holds the two together.
export const JsonSchema: Schema<JsonSchema> = object({
  type: oneOf("object", "array", "string", "number", "integer", "boolean", "null"),
  description: optional(text()),
  properties: optional(
    record(
      text(256),
      later(() => JsonSchema),
    ),
  ),
  required: optional(list(text(256))),
  additionalProperties: optional(flag()),
  items: optional(later(() => JsonSchema)),
  enum: optional(
    list(Scalar, { least: 1, allowed: "at least one value", remedy: "name the values, or remove the keyword" }),
  ),
  format: optional(oneOf(...FORMATS)),
  pattern: optional(text()),
  minLength: optional(Count),
  maxLength: optional(Count),
  minimum: optional(number()),
  maximum: optional(number()),
  minItems: optional(Count),
});

/** The contract of one event. */
export interface EventContract extends v.InferOutput<typeof EventContract> {}
export const EventContract = object({
  /** When it is published, and what it means. @default the event's type says it */
  description: optional(text()),
  /**
   * Business metric that counts it (`OrdersCreated`); events with the same metric are counted together. Its publishers log a line of JSON with the
   * field `event_type` for each event that they have published. @default not counted
   */
  metric: optional(
    matching(/^[A-Z][A-Za-z0-9]*$/, "letters and digits, a capital first", 'name it like "OrdersCreated"', 100),
  ),
  /** The version that is published now. @default "1.0" */
  version: optional(Version),
  /** The message's body. @default not agreed on, which is an anti-pattern */
  schema: optional(JsonSchema),
  /** Earlier versions that a service still publishes or reads. @default none */
  earlier: optional(record(Version, JsonSchema)),
});

/** A field in short: a type, a format of a string, a schema, or a list of one of these. */
export type Field =
  "string" | "number" | "integer" | "boolean" | "uuid" | "date-time" | "email" | "uri" | JsonSchema | readonly [Field];

const TYPES: ReadonlySet<string> = new Set(["string", "number", "integer", "boolean"]);

type SchemaOf<F> = F extends readonly [infer I extends Field]
  ? { readonly type: "array"; readonly items: SchemaOf<I> }
  : F extends "string" | "number" | "integer" | "boolean"
    ? { readonly type: F }
    : F extends string
      ? { readonly type: "string"; readonly format: F }
      : F;

/** The schema of a message with these fields. */
export interface MessageSchema<F extends Readonly<Record<string, Field>>> {
  readonly type: "object";
  readonly properties: { readonly [K in keyof F & string as K extends `${infer N}?` ? N : K]: SchemaOf<F[K]> };
  readonly required: readonly { readonly [K in keyof F]: K extends `${string}?` ? never : K }[keyof F & string][];
}

/**
 * The schema of a message from its fields; a name that ends in `?` is optional.
 *
 * @example
 * message({ orderId: "uuid", total: "number", items: [message({ productId: "uuid", quantity: "integer" })], "coupon?": "string" })
 */
export function message<const F extends Readonly<Record<string, Field>>>(fields: F): MessageSchema<F>;
export function message(fields: Readonly<Record<string, Field>>): JsonSchema {
  // JavaScript may hand in anything: the check of the system reports it in its place.
  if (typeof fields !== "object" || (fields as unknown) === null) return fields as unknown as JsonSchema;
  const named = Object.entries(fields).map(([name, field]) => ({
    name: name.replace(/\?$/, ""),
    optional: name.endsWith("?"),
    schema: schemaOf(field),
  }));
  return {
    type: "object",
    properties: Object.fromEntries(named.map(({ name, schema }) => [name, schema])),
    required: named.filter(({ optional }) => !optional).map(({ name }) => name),
  };
}

function schemaOf(field: Field): JsonSchema {
  if (isList(field)) return { type: "array", items: schemaOf(field[0]) };
  if (typeof field !== "string") return field;
  return TYPES.has(field) ? { type: field as JsonSchema["type"] } : { type: "string", format: field };
}

function isList(field: Field): field is readonly [Field] {
  return Array.isArray(field);
}
