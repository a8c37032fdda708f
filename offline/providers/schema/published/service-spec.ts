// Reads @aws-cdk/aws-service-spec: which values a property has, and which property replaces.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { Limits } from "../shape";
import type { PublishedProperties, PublishedProperty, PublishedTypes } from "./types";

interface SpecType {
  readonly type: string;
  readonly allowedValues?: readonly (string | number)[];
  readonly element?: SpecType;
  readonly reference?: { readonly $ref: string };
}

interface SpecProperty {
  readonly type: SpecType;
  readonly causesReplacement?: "yes" | "no" | "maybe";
}

interface SpecEntity {
  readonly $id: string;
  readonly cloudFormationType?: string;
  readonly properties: Readonly<Record<string, SpecProperty>>;
}

interface Database {
  readonly schema: Readonly<Record<"resource" | "typeDefinition", { readonly entities: readonly SpecEntity[] }>>;
}

/** The installed specification and its version. */
export function serviceSpec(): { readonly version: string; readonly types: PublishedTypes } {
  const file = createRequire(join(__dirname, "x.js")).resolve("@aws-cdk/aws-service-spec/package.json");
  const { version } = JSON.parse(readFileSync(file, "utf8")) as { version: string };
  const bytes = gunzipSync(readFileSync(join(file, "..", "db.json.gz")));
  const { schema } = JSON.parse(bytes.toString("utf8")) as Database;
  const definitions = new Map(schema.typeDefinition.entities.map((entity) => [entity.$id, entity]));
  const types = schema.resource.entities.map((entity) => {
    const properties = propertiesOf(entity, definitions);
    return [entity.cloudFormationType ?? "", properties] as const;
  });
  return { version, types: new Map(types) };
}

type Definitions = ReadonlyMap<string, SpecEntity>;

function propertiesOf(entity: SpecEntity, definitions: Definitions): PublishedProperties {
  return new Map(
    Object.entries(entity.properties).map(([name, { type, causesReplacement }]) => {
      const replaces: Limits = causesReplacement === "yes" ? { replaces: true } : {};
      return [name, propertyOf(type, replaces, definitions)];
    }),
  );
}

function propertyOf(type: SpecType, limits: Limits, definitions: Definitions): PublishedProperty {
  const values = type.allowedValues?.map(String);
  const own = values === undefined ? limits : { ...limits, values };
  switch (type.type) {
    case "string":
    case "boolean":
    case "number":
      return { kind: type.type, limits: own };
    case "integer":
      return { kind: "number", limits: own };
    case "array":
      return { kind: "list", limits, ...(type.element && { item: propertyOf(type.element, {}, definitions) }) };
    case "ref": {
      const definition = definitions.get(type.reference?.$ref ?? "");
      if (definition === undefined) return { kind: "any", limits };
      return { kind: "object", type: definition, members: () => propertiesOf(definition, definitions), limits };
    }
    case "map":
      return { kind: "map", limits };
    default:
      return { kind: "any", limits };
  }
}
