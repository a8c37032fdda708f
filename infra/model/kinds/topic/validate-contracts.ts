// Validates JSON Schemas of events beyond their types: a schema that no message can satisfy would otherwise fail at run time only.
import type { Findings } from "../../findings";
import type { JsonSchema, System } from "../../system";

/** Objects within objects: deeper ones are a mistake, or a message that does too much. */
const DEEPEST = 10;

/** The types that a keyword says something about. */
const KEYWORDS: Readonly<Partial<Record<keyof JsonSchema, readonly JsonSchema["type"][]>>> = {
  properties: ["object"],
  required: ["object"],
  additionalProperties: ["object"],
  items: ["array"],
  minItems: ["array"],
  format: ["string"],
  pattern: ["string"],
  minLength: ["string"],
  maxLength: ["string"],
  minimum: ["number", "integer"],
  maximum: ["number", "integer"],
};

/** Checks the schema of every event, in the version that is published and in those before it. */
export function checkContracts(system: System, findings: Findings): void {
  for (const [topic, { events }] of Object.entries(system.topics)) {
    for (const [type, { schema, earlier = {} }] of Object.entries(events)) {
      const path = `topics.${topic}.events.${type}`;
      if (schema) checkSchema(`${path}.schema`, schema, 1, findings);
      for (const [version, past] of Object.entries(earlier))
        checkSchema(`${path}.earlier.${version}`, past, 1, findings);
    }
  }
}

function checkSchema(path: string, schema: JsonSchema | undefined, depth: number, findings: Findings): void {
  if (schema === undefined) return;
  if (depth > DEEPEST) {
    findings.require(
      false,
      path,
      `level ${depth}`,
      `at most ${DEEPEST} levels`,
      "make the message flatter, or split it into several events",
    );
    return;
  }
  checkKeywords(path, schema, findings);
  checkBounds(path, schema, findings);
  checkEnum(path, schema, findings);
  const properties = Object.entries(schema.properties ?? {});
  schema.required?.forEach((name, index) => {
    findings.requireKnown(
      name,
      properties.map(([property]) => property),
      `${path}.required[${index}]`,
      "property",
    );
  });
  for (const [name, property] of properties) checkSchema(`${path}.properties.${name}`, property, depth + 1, findings);
  checkSchema(`${path}.items`, schema.items, depth + 1, findings);
}

function checkKeywords(path: string, schema: JsonSchema, findings: Findings): void {
  for (const [keyword, types] of Object.entries(KEYWORDS)) {
    const given = schema[keyword as keyof JsonSchema];
    findings.require(
      given === undefined || types.includes(schema.type),
      `${path}.${keyword}`,
      given,
      `nothing: it is about ${types.map((type) => `"${type}"`).join(" and ")}, and this is of type "${schema.type}"`,
      "correct the type, or remove the keyword",
    );
  }
  findings.require(
    schema.pattern === undefined || isPattern(schema.pattern),
    `${path}.pattern`,
    schema.pattern,
    "a regular expression of ECMAScript",
    "correct the expression",
  );
}

function checkBounds(path: string, schema: JsonSchema, findings: Findings): void {
  for (const [least, most] of [
    ["minLength", "maxLength"],
    ["minimum", "maximum"],
  ] as const) {
    const [from, to] = [schema[least], schema[most]];
    findings.require(
      from === undefined || to === undefined || from <= to,
      `${path}.${most}`,
      to,
      `at least ${least}, which is ${from ?? "not set"}`,
      "raise the upper bound or lower the lower one: nothing lies between them",
    );
  }
}

function checkEnum(path: string, { type, enum: values }: JsonSchema, findings: Findings): void {
  if (values === undefined) return;
  const at = `${path}.enum`;
  values.forEach((value, index) => {
    findings.require(
      isOf(type, value),
      `${at}[${index}]`,
      value,
      `a value of type "${type}", which the field has`,
      "correct the value or the type",
    );
    const again = values.indexOf(value) < index;
    findings.require(!again, `${at}[${index}]`, value, "each value once", "remove the repetition");
  });
}

function isOf(type: JsonSchema["type"], value: string | number | boolean | null): boolean {
  if (type === "null") return value === null;
  if (type === "integer") return Number.isInteger(value);
  return typeof value === type && value !== null;
}

function isPattern(text: string): boolean {
  try {
    return new RegExp(text, "u").source !== "";
  } catch {
    return false;
  }
}
