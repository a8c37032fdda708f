// Reads CloudFormation's registry schemas, as the Python package cfn-lint carries them: patterns, lengths, ranges and sets
// besides values and replacements. Only the extract of them is part of this project.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Bounds, Limits } from "../shape";
import type { PublishedProperties, PublishedProperty, PublishedTypes } from "./types";

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly uniqueItems?: boolean;
  readonly insertionOrder?: boolean;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly anyOf?: unknown;
  readonly oneOf?: unknown;
  readonly allOf?: unknown;
}

interface ResourceType extends Schema {
  readonly definitions?: Readonly<Record<string, Schema>>;
  readonly createOnlyProperties?: readonly string[];
}

/** The schemas in a folder (`cfnlint/data/schemas` of the package) and the day on which they were published. */
export function registrySchemas(folder: string): { readonly version: string; readonly types: PublishedTypes } {
  const read = (...path: string[]): unknown => JSON.parse(readFileSync(join(folder, ...path), "utf8"));
  const files = read("providers", "us-east-1.json") as Readonly<Record<string, string>>;
  const { schema_date: day } = read("version.json") as { schema_date: string };
  const types = Object.entries(files).map(([name, file]) => {
    const schema = read("resources", file.endsWith(".json") ? file : `${file}.json`) as ResourceType;
    return [name, typeOf(schema)] as const;
  });
  return { version: day.slice(0, 10), types: new Map(types) };
}

function typeOf(root: ResourceType): PublishedProperties {
  const replacing = new Set((root.createOnlyProperties ?? []).map(placed));
  return membersOf(root, root, "", (path) => replacing.has(path));
}

// Pointers come as /properties/A/B, with "properties" again before B, and with "items" or "*" for what a list holds.
function placed(pointer: string): string {
  return pointer.replace(/\/(?:properties|items|\*)(?=\/|$)/g, "");
}

function membersOf(
  schema: Schema,
  root: ResourceType,
  path: string,
  replaces: (path: string) => boolean,
): PublishedProperties {
  return new Map(
    Object.entries(schema.properties ?? {}).map(([name, property]) => {
      return [name, propertyOf(property, root, `${path}/${name}`, replaces)];
    }),
  );
}

function propertyOf(
  declared: Schema,
  root: ResourceType,
  path: string,
  replaces: (path: string) => boolean,
): PublishedProperty {
  const target = declared.$ref === undefined ? undefined : referred(root, declared.$ref);
  const schema = { ...target, ...declared };
  const limits: Limits = { ...limitsOf(schema), ...(replaces(path) && { replaces: true }) };
  // What may be one thing or another is judged by neither.
  if (schema.anyOf !== undefined || schema.oneOf !== undefined || Array.isArray(schema.type))
    return { kind: "any", limits: limits.replaces === true ? { replaces: true } : {} };
  switch (schema.type) {
    case "integer":
      return { kind: "number", limits };
    case "array":
      return {
        kind: "list",
        limits,
        ...(schema.items && { item: propertyOf(schema.items, root, path, replaces) }),
      };
    case "object":
      return schema.properties === undefined
        ? { kind: "map", limits }
        : { kind: "object", type: target ?? declared, members: () => membersOf(schema, root, path, replaces), limits };
    case "string":
    case "number":
    case "boolean":
      return { kind: schema.type, limits };
    case undefined:
    default:
      return { kind: "any", limits };
  }
}

function referred(root: ResourceType, reference: string): Schema | undefined {
  const [, space, name = "", ...more] = reference.replace(/~1/g, "/").split("/");
  if (more.length > 0) return undefined;
  return space === "definitions" ? root.definitions?.[name] : root.properties?.[name];
}

function limitsOf(schema: Schema): Limits {
  const values = schema.enum?.filter((value) => typeof value === "string" || typeof value === "number").map(String);
  const range = bounds(schema.minimum, schema.maximum);
  const length = bounds(schema.minLength, schema.maxLength);
  return {
    ...(values && values.length > 0 && { values }),
    ...(range && { range }),
    ...(length && { length }),
    ...(schema.pattern !== undefined && { pattern: schema.pattern }),
    ...(schema.insertionOrder === false && { set: true }),
  };
}

function bounds(min: number | undefined, max: number | undefined): Bounds | undefined {
  if (min === undefined && max === undefined) return undefined;
  return { ...(min !== undefined && { min }), ...(max !== undefined && { max }) };
}
