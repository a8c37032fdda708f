// Reads an SDK's own files: the declarations of its resources and object types. Reading them all takes seconds, so what was
// read is kept as an index (./index-file.ts), and nothing else reads them.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseMembers, type Properties } from "./shape";

/** A resource type as its SDK declares it. */
export interface ResourceSchema {
  readonly token: string;
  readonly inputs: Properties;
  /** Everything that the resource has once it exists; identifiers aside. */
  readonly outputs: Properties;
  /** Outputs (and inputs) that are secret by nature. */
  readonly secrets: ReadonlySet<string>;
}

/** Folders of an SDK that hold no resources. */
const NO_RESOURCES: ReadonlySet<string> = new Set(["node_modules", "types", "config", "bin", "scripts"]);

/** Every resource type of the SDK in a folder, in the order of their tokens. */
export function readResources(folder: string): readonly ResourceSchema[] {
  const found = new Map<string, ResourceSchema>();
  for (const file of scripts(folder)) {
    const script = readFileSync(file, "utf8");
    const token = /__pulumiType = ['"]([^'"]+)['"]/.exec(script)?.[1];
    const declarations = file.replace(/\.js$/, ".d.ts");
    // The provider itself is configured, not created.
    if (token === undefined || token.startsWith("pulumi:") || !token.includes(":") || !existsSync(declarations))
      continue;
    const schema = readResource(token, readFileSync(declarations, "utf8"), script);
    if (schema !== undefined) found.set(token, schema);
  }
  return [...found.values()].sort((left, right) => (left.token < right.token ? -1 : 1));
}

function* scripts(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!NO_RESOURCES.has(entry.name)) yield* scripts(path);
    } else if (entry.name.endsWith(".js")) yield path;
  }
}

function readResource(token: string, source: string, script: string): ResourceSchema | undefined {
  const type = /export declare class (\w+) extends pulumi\.(?:Custom|Component)Resource/.exec(source)?.[1];
  const fields = type === undefined ? undefined : bodyAfter(source, `export declare class ${type} `);
  if (type === undefined || fields === undefined) return undefined;
  return {
    token,
    inputs: parseMembers(bodyAfter(source, `export interface ${type}Args `) ?? ""),
    outputs: parseMembers(fieldsOnly(fields)),
    secrets: secretsOf(script),
  };
}

/** Every object type that inputs may have, by its name (`ec2.InstanceEbsBlockDevice`). */
export function readObjects(folder: string): ReadonlyMap<string, Properties> {
  const file = join(folder, "types", "input.d.ts");
  if (!existsSync(file)) return new Map();
  const source = readFileSync(file, "utf8");
  return new Map([...interfaces(source)].map(([name, range]) => [name, parseMembers(source.slice(...range))]));
}

/** The values of each of the SDK's enumerations, by its name (`core.v1.ServiceSpecType`). */
export function readEnumerations(folder: string): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  const root = join(folder, "types", "enums");
  if (!existsSync(root)) return found;
  const file = /(?:^|\/)index\.d\.ts$/;
  for (const path of readdirSync(root, { recursive: true, encoding: "utf8" })) {
    if (!file.test(path)) continue;
    const space = path.replace(file, "").split("/").filter(Boolean);
    const source = readFileSync(join(root, path), "utf8");
    for (const [, name = "", body = ""] of source.matchAll(/export declare const (\w+): \{\n([\s\S]*?)\n\};/g))
      found.set(
        [...space, name].join("."),
        [...body.matchAll(/^ *readonly [^:]+: "((?:[^"\\]|\\.)*)";$/gm)].map(([, value = ""]) => value),
      );
  }
  return found;
}

/** Where the body of each interface is, by its name with its namespaces before it. */
function interfaces(source: string): Map<string, readonly [number, number]> {
  const index = new Map<string, readonly [number, number]>();
  const spaces: string[] = [];
  const opening = /^( *)(?:export )?(?:declare )?(namespace|interface) ([\w$]+)(?: extends [^{]+)? \{$/gm;
  for (let match = opening.exec(source); match; match = opening.exec(source)) {
    const [, indent = "", keyword, name = ""] = match;
    const depth = indent.length / 4;
    spaces.length = depth;
    if (keyword === "namespace") {
      spaces.push(name);
      continue;
    }
    const end = source.indexOf(`\n${indent}}`, opening.lastIndex - 1);
    index.set([...spaces, name].join("."), [opening.lastIndex, end]);
    opening.lastIndex = end;
  }
  return index;
}

function bodyAfter(source: string, heading: string): string | undefined {
  const start = source.indexOf(heading);
  if (start < 0) return undefined;
  const open = source.indexOf("{\n", start);
  return source.slice(open + 1, source.indexOf("\n}", open));
}

/** The readonly fields of a class, without its methods. */
function fieldsOnly(body: string): string {
  const end = body.indexOf("\n    constructor(");
  const first = /(?:\/\*\*(?:[^*]|\*(?!\/))*\*\/\s*)?\n? *readonly /.exec(body);
  if (!first) return "";
  return body.slice(first.index, end < 0 ? body.length : end);
}

function secretsOf(source: string): Set<string> {
  const list = /additionalSecretOutputs: \[([^\]]*)\]/.exec(source)?.[1] ?? "";
  return new Set([...list.matchAll(/"([^"]+)"/g)].map((match) => match[1] ?? ""));
}
