// What a package's resources look like, read from the SDK that is installed: its declarations are what the program was
// compiled against, so an emulation that follows them can't drift from the version in use. Read lazily, one resource at a time.
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
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

const resolver = createRequire(join(__dirname, "sdk.js"));

/** One installed Pulumi SDK, such as `@pulumi/aws`. */
export class Sdk {
  readonly version: string;
  private readonly folder: string;
  private readonly resources = new Map<string, ResourceSchema | undefined>();
  private readonly members = new Map<string, Properties>();
  private bodies: ReadonlyMap<string, readonly [start: number, end: number]> | undefined;
  private declarations = "";

  constructor(readonly name: string) {
    this.folder = dirname(resolver.resolve(`@pulumi/${name}/package.json`));
    const manifest = JSON.parse(readFileSync(join(this.folder, "package.json"), "utf8")) as { version: string };
    this.version = manifest.version;
  }

  /** The declaration of a type (`aws:sqs/queue:Queue`), or undefined when the SDK has none. */
  resource(token: string): ResourceSchema | undefined {
    if (!this.resources.has(token)) this.resources.set(token, this.load(token));
    return this.resources.get(token);
  }

  /** The properties of an object type that inputs may have (`ec2.InstanceEbsBlockDevice`). */
  inputObject(name: string): Properties {
    const known = this.members.get(name);
    if (known) return known;
    this.bodies ??= this.indexObjects();
    // Component SDKs name the two forms of a type apart (`SubnetSpecArgs`); others share one.
    const range = this.bodies.get(name) ?? this.bodies.get(`${name}Args`);
    const parsed = range ? parseMembers(this.declarations.slice(...range)) : new Map<string, never>();
    this.members.set(name, parsed);
    return parsed;
  }

  private load(token: string): ResourceSchema | undefined {
    const [, module = "", type = ""] = token.split(":");
    const base = this.fileOf(module, type);
    if (base === undefined) return undefined;
    const source = readFileSync(`${base}.d.ts`, "utf8");
    const fields = bodyAfter(source, `export declare class ${type} `);
    if (fields === undefined) return undefined;
    const outputs = [...parseMembers(fieldsOnly(fields))];
    return {
      token,
      inputs: parseMembers(bodyAfter(source, `export interface ${type}Args `) ?? ""),
      outputs: new Map(outputs),
      secrets: secretsOf(readFileSync(`${base}.js`, "utf8")),
    };
  }

  /** Where a type is declared: `sqs/queue` + `Queue` in sqs/queue, `apps/v1` + `Deployment` in apps/v1/deployment. */
  private fileOf(module: string, type: string): string | undefined {
    const path = module.replace(/^index(\/|$)/, "").replace(/\.(?:[\w.]+)(?=\/|$)/, "");
    const file = type.charAt(0).toLowerCase() + type.slice(1);
    const candidates = [join(this.folder, path), join(this.folder, path, file)];
    return candidates.find((candidate) => existsSync(`${candidate}.d.ts`) && existsSync(`${candidate}.js`));
  }

  private indexObjects(): ReadonlyMap<string, readonly [number, number]> {
    const file = join(this.folder, "types", "input.d.ts");
    if (!existsSync(file)) return new Map();
    this.declarations = readFileSync(file, "utf8");
    return indexInterfaces(this.declarations);
  }
}

/** Where the body of each interface is, by its name with its namespaces before it. */
function indexInterfaces(source: string): Map<string, readonly [number, number]> {
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
