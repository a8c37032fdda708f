// The part of the published service data that this project carries (aws.json), laid on the SDK's names: one line for each
// declared type, texts and lists that occur often once at the top.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Bounds, Limits } from "../shape";
import type { Laid } from "./map";

/** Where an extract comes from. */
export interface Sources {
  /** Version of @aws-cdk/aws-service-spec. */
  readonly serviceSpec: string;
  /** Day on which the registry's schemas were published. */
  readonly registry: string;
}

type Pair = readonly [min: number | null, max: number | null];

/** Letters, because there are thousands: values, pattern, range, length, set, replaces. */
interface Stored {
  readonly v?: number;
  readonly p?: number;
  readonly r?: Pair;
  readonly l?: Pair;
  readonly s?: 1;
  readonly n?: 1;
}

interface Extract {
  readonly sources: Sources;
  readonly lists: readonly (readonly string[])[];
  readonly patterns: readonly string[];
  readonly types: Readonly<Record<string, Readonly<Record<string, Stored>>>>;
}

const FILE = join(__dirname, "aws.json");

/** The extract as the project carries it. */
export function readExtract(): { readonly sources: Sources; readonly laid: Laid } {
  const { sources, lists, patterns, types } = JSON.parse(readFileSync(FILE, "utf8")) as Extract;
  const limits = ({ v, p, r, l, s, n }: Stored): Limits => {
    const [values, pattern] = [v === undefined ? undefined : lists[v], p === undefined ? undefined : patterns[p]];
    return {
      ...(values && { values }),
      ...(r && { range: bounds(r) }),
      ...(l && { length: bounds(l) }),
      ...(pattern !== undefined && { pattern }),
      ...(s === 1 && { set: true }),
      ...(n === 1 && { replaces: true }),
    };
  };
  const laid = Object.entries(types).map(([type, properties]) => {
    const all = Object.entries(properties).map(([name, stored]) => [name, limits(stored)] as const);
    return [type, new Map(all)] as const;
  });
  return { sources, laid: new Map(laid) };
}

/** An extract as the file holds it, in a form whose differences can be read. */
export function extractText(sources: Sources, laid: Laid): string {
  const [lists, patterns] = [new Map<string, number>(), new Map<string, number>()];
  const place = (texts: Map<string, number>, text: string): number => {
    const at = texts.get(text) ?? texts.size;
    texts.set(text, at);
    return at;
  };
  const stored = ({ values, range, length, pattern, set, replaces }: Limits): Stored => ({
    ...(values && { v: place(lists, JSON.stringify(values)) }),
    ...(pattern !== undefined && { p: place(patterns, JSON.stringify(pattern)) }),
    ...(range && { r: pair(range) }),
    ...(length && { l: pair(length) }),
    ...(set && { s: 1 }),
    ...(replaces && { n: 1 }),
  });
  const types = [...laid]
    .filter(([, properties]) => properties.size > 0)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([type, properties]) => {
      const entries = [...properties].map(([name, limits]) => [name, stored(limits)] as const);
      return `${JSON.stringify(type)}: ${JSON.stringify(Object.fromEntries(entries))}`;
    });
  const lines = (texts: Map<string, number>): string => [...texts.keys()].join(",\n");
  return [
    `{"sources": ${JSON.stringify(sources)},`,
    `"lists": [\n${lines(lists)}\n],`,
    `"patterns": [\n${lines(patterns)}\n],`,
    `"types": {\n${types.join(",\n")}\n}}\n`,
  ].join("\n");
}

function pair({ min, max }: Bounds): Pair {
  return [min ?? null, max ?? null];
}

function bounds([min, max]: Pair): Bounds {
  return { ...(min !== null && { min }), ...(max !== null && { max }) };
}
