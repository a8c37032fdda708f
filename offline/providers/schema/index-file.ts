// The index of an SDK: every resource and object type with all that is known of it, in one file that is written once per
// version and read in milliseconds. First a line of JSON says where each type is in the rest; a type is parsed when it is asked for.
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { ResourceSchema } from "./declarations";
import type { Properties, Property } from "./shape";

/** How much an index knows, for `make doctor`. Properties are those of inputs, nested ones once per object type. */
export interface Counts {
  readonly resources: number;
  readonly properties: number;
  readonly required: number;
  readonly secrets: number;
  readonly values: number;
  readonly ranges: number;
  readonly lengths: number;
  readonly patterns: number;
  readonly together: number;
  readonly sets: number;
  readonly replaces: number;
}

/** What an index is made of. */
export interface Contents {
  readonly resources: readonly ResourceSchema[];
  readonly objects: ReadonlyMap<string, Properties>;
  readonly counts: Counts;
}

type Place = readonly [start: number, end: number];

interface Head {
  readonly counts: Counts;
  /** Of the rest, because a machine that lost its power may leave a file of the right size with nothing in it. */
  readonly digest: string;
  readonly resources: Readonly<Record<string, Place>>;
  readonly objects: Readonly<Record<string, Place>>;
}

interface StoredResource {
  readonly inputs: readonly (readonly [string, Property])[];
  readonly outputs: readonly (readonly [string, Property])[];
  readonly secrets: readonly string[];
}

/** An index in memory. */
export class Index {
  private readonly resourcePlaces: ReadonlyMap<string, Place>;
  private readonly objectPlaces: ReadonlyMap<string, Place>;
  readonly counts: Counts;

  private constructor(
    head: Head,
    private readonly body: Buffer,
  ) {
    this.counts = head.counts;
    this.resourcePlaces = new Map(Object.entries(head.resources));
    this.objectPlaces = new Map(Object.entries(head.objects));
  }

  /** The index that a file's bytes hold. Throws when they are not whole. */
  static parsed(bytes: Buffer): Index {
    const end = bytes.indexOf("\n");
    const head = JSON.parse(bytes.toString("utf8", 0, end)) as Head;
    const body = bytes.subarray(end + 1);
    if (digest(body) !== head.digest) throw new Error("the index is not as it was written");
    return new Index(head, body);
  }

  tokens(): readonly string[] {
    return [...this.resourcePlaces.keys()];
  }

  resource(token: string): ResourceSchema | undefined {
    const stored = this.at(this.resourcePlaces.get(token)) as StoredResource | undefined;
    if (stored === undefined) return undefined;
    const inputs = new Map(stored.inputs);
    // An output says what its input says; only one of the two texts is kept.
    const outputs = stored.outputs.map(([name, property]) => {
      const doc = property.doc === "" ? (inputs.get(name)?.doc ?? "") : property.doc;
      return [name, { ...property, doc }] as const;
    });
    return { token, inputs, outputs: new Map(outputs), secrets: new Set(stored.secrets) };
  }

  object(name: string): Properties | undefined {
    const stored = this.at(this.objectPlaces.get(name)) as StoredResource["inputs"] | undefined;
    return stored && new Map(stored);
  }

  private at(place: Place | undefined): unknown {
    return place && JSON.parse(this.body.toString("utf8", ...place));
  }
}

/** An index as a file holds it. */
export function encoded({ resources, objects, counts }: Contents): Buffer {
  const parts: Buffer[] = [];
  let bytes = 0;
  const put = (value: unknown): Place => {
    const part = Buffer.from(`${JSON.stringify(value)}\n`);
    parts.push(part);
    bytes += part.length;
    return [bytes - part.length, bytes];
  };
  const places = {
    resources: Object.fromEntries(resources.map((schema) => [schema.token, put(stored(schema))])),
    objects: Object.fromEntries([...objects].map(([name, properties]) => [name, put([...properties])])),
  };
  const body = Buffer.concat(parts);
  const head: Head = { counts, digest: digest(body), ...places };
  return Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), body]);
}

function digest(body: Buffer): string {
  return createHash("sha1").update(body).digest("hex");
}

function stored({ inputs, outputs, secrets }: ResourceSchema): StoredResource {
  return {
    inputs: [...inputs],
    outputs: [...outputs].map(([name, property]) => [
      name,
      { ...property, doc: inputs.get(name)?.doc === property.doc ? "" : property.doc },
    ]),
    secrets: [...secrets],
  };
}

/** The index in a file; built and written when there is none or it can't be read. */
export function indexAt(file: string, build: () => Contents): Index {
  try {
    return Index.parsed(readFileSync(file));
  } catch {
    const bytes = encoded(build());
    keep(file, bytes);
    return Index.parsed(bytes);
  }
}

/** By rename, because several providers start at once. What can't be written is built again by the next process. */
function keep(file: string, bytes: Buffer): void {
  const draft = `${file}.${process.pid}`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(draft, bytes);
    renameSync(draft, file);
    discardOthers(file);
  } catch {
    removed(draft);
  }
}

/** Where there is no folder, even "force" can't remove. */
function removed(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    return;
  }
}

/** Indexes of the same package that were made from something older. */
function discardOthers(file: string): void {
  const [name] = basename(file).split(/-\d/);
  for (const other of readdirSync(dirname(file)))
    if (other.endsWith(".index") && other !== basename(file) && other.split(/-\d/)[0] === name)
      removed(join(dirname(file), other));
}
