// What an event carries: a version and a JSON Schema, on which publishers and consumers agree.

/** An event's type, as it stands in the message attribute `event_type` (`ORDER_CREATED`). */
export type EventType = string;

/** `major.minor`: a new minor version only adds optional fields, anything else is a new major version. */
export type Version = `${number}.${number}`;

/** The contract of one event. */
export interface EventContract {
  /** When it is published, and what it means. @default the event's type says it */
  readonly description?: string;
  /** The version that is published now. @default "1.0" */
  readonly version?: Version;
  /** The message's body. @default not agreed on, which is an anti-pattern */
  readonly schema?: JsonSchema;
  /** Versions before this one that somebody still publishes or reads. @default none */
  readonly earlier?: Readonly<Partial<Record<Version, JsonSchema>>>;
}

/** The part of JSON Schema (draft 2020-12) that event contracts use. */
export interface JsonSchema {
  readonly type: "object" | "array" | "string" | "number" | "integer" | "boolean" | "null";
  readonly description?: string;
  /** Of an object. */
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  /** Names of the properties that every object has. */
  readonly required?: readonly string[];
  /** Whether an object may have properties that are not named. @default true: consumers ignore what they don't know */
  readonly additionalProperties?: boolean;
  /** Of an array. */
  readonly items?: JsonSchema;
  /** The only values. */
  readonly enum?: readonly (string | number | boolean | null)[];
  /** Of a string: `uuid`, `date-time`, `email`, `uri`. */
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
}

/** A field in short: a type, a format of a string, a schema, or a list of one of these. */
export type Field =
  "string" | "number" | "integer" | "boolean" | "uuid" | "date-time" | "email" | "uri" | JsonSchema | readonly [Field];

const TYPES: ReadonlySet<string> = new Set(["string", "number", "integer", "boolean"]);

/**
 * The schema of a message from its fields; a name that ends in `?` is optional.
 *
 * @example
 * message({ orderId: "uuid", total: "number", items: [message({ productId: "uuid", quantity: "integer" })], "coupon?": "string" })
 */
export function message(fields: Readonly<Record<string, Field>>): JsonSchema {
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
