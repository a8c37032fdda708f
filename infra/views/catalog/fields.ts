// The fields of a message, those inside others too, as the people who read and write them name them.
import type { JsonSchema } from "../../model/kinds/topic/contract";

export interface MessageField {
  /** Dots for those inside (`items.productId`), as a consumer's `needs` has them. */
  readonly path: string;
  /** `string (uuid)`, `list of object`. */
  readonly type: string;
  /** Whether every message has it; one inside another: whether it is there when the other is. */
  readonly required: boolean;
  readonly description?: string;
}

/** Every field of a schema, in its own order. */
export function fieldsOf(schema: JsonSchema, within = ""): MessageField[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const path = within === "" ? name : `${within}.${name}`;
    const own: MessageField = {
      path,
      type: typeOf(field),
      required: schema.required?.includes(name) ?? false,
      ...(field.description !== undefined && { description: field.description }),
    };
    return [own, ...fieldsOf(innermost(field), path)];
  });
}

function typeOf(schema: JsonSchema): string {
  if (schema.type === "array") return schema.items ? `list of ${typeOf(schema.items)}` : "list";
  const limits = limitsOf(schema);
  return limits.length === 0 ? schema.type : `${schema.type} (${limits.join(", ")})`;
}

function limitsOf({ format, pattern, minLength, maxLength, minimum, maximum, ...schema }: JsonSchema): string[] {
  return [
    ...(format === undefined ? [] : [format]),
    ...(schema.enum ? [schema.enum.map((value) => JSON.stringify(value)).join(" or ")] : []),
    ...(pattern === undefined ? [] : [`matches ${pattern}`]),
    ...(minLength === undefined ? [] : [`at least ${minLength} characters`]),
    ...(maxLength === undefined ? [] : [`at most ${maxLength} characters`]),
    ...(minimum === undefined ? [] : [`${minimum} or more`]),
    ...(maximum === undefined ? [] : [`${maximum} or less`]),
  ];
}

/** What a list, or a list of lists, has in it. */
function innermost(schema: JsonSchema): JsonSchema {
  return schema.type === "array" && schema.items ? innermost(schema.items) : schema;
}
