// What an update from one graph to another would do to what exists: nothing, or a deletion or a replacement, each of which needs a note.
import { emulate } from "../../offline/providers/packages";
import { MemoryInventory } from "../../offline/providers/core/record";
import type { Values } from "../../offline/providers/core/values";
import { type Entry, type Graph, nameOf, resourcesOf, typeOf } from "./graph";

/** A resource that an update would delete or replace. */
export interface Loss {
  readonly kind: "deletes" | "replaces";
  /** `<name> <type>` as it was. */
  readonly resource: string;
  /** Why: properties that can't change in place, or what it becomes. */
  readonly because: string;
}

interface Pair {
  readonly before: { readonly key: string; readonly entry: Entry };
  readonly after: { readonly key: string; readonly entry: Entry };
}

/** Packages whose resources exist outside of the engine's state. */
const CUSTOM = /^(?:aws|random|docker-build|kubernetes):/;
/** Types of which every change is a new revision: a replacement is their way of being updated. */
const REVISED: ReadonlySet<string> = new Set(["aws:ecs/taskDefinition:TaskDefinition"]);

/** The resources that exist under one graph and would be deleted or replaced under another. */
export function lossesOf(before: Graph, after: Graph): Loss[] {
  const [olds, news] = [resourcesOf(before), resourcesOf(after)];
  const byAlias = new Map(
    [...news].flatMap(([identity, { entry }]) => (entry.aliases ?? []).map((alias) => [alias, identity] as const)),
  );
  const losses: Loss[] = [];
  const pairs: Pair[] = [];
  for (const [identity, old] of olds) {
    if (!CUSTOM.test(typeOf(old.key))) continue;
    const now = news.get(identity) ?? news.get(byAlias.get(identity) ?? "");
    if (now === undefined)
      losses.push({ kind: "deletes", resource: old.key, because: "no resource has its URN or an alias" });
    else pairs.push({ before: old, after: now });
  }
  return [...losses, ...replacements(pairs)].sort((one, other) => (one.resource < other.resource ? -1 : 1));
}

/** A replacement changes the identifiers of the replaced, which may replace what refers to it, and so on. */
function replacements(pairs: readonly Pair[]): Loss[] {
  const renamed = renames(pairs);
  const found = new Map<Pair, Loss>();
  for (let size = -1; size !== found.size;) {
    size = found.size;
    const gone = new Set([...found.keys()].flatMap(({ after }) => wordsOf(after.key)));
    for (const pair of pairs) {
      if (found.has(pair)) continue;
      const because = whyReplaced(pair, renamed, gone);
      if (because !== undefined) found.set(pair, { kind: "replaces", resource: pair.before.key, because });
    }
  }
  return [...found.values()];
}

function whyReplaced({ before, after }: Pair, renamed: ReadonlyMap<string, string>, gone: ReadonlySet<string>) {
  const type = typeOf(before.key);
  if (type !== typeOf(after.key)) return `it becomes a ${typeOf(after.key)}`;
  if (REVISED.has(type)) return undefined;
  const olds = mapTexts(before.entry.inputs ?? {}, (word) => renamed.get(word) ?? word);
  const news = mapTexts(after.entry.inputs ?? {}, (word) => (gone.has(word) ? `${word}, replaced` : word));
  const ignored = (after.entry.options?.ignoreChanges ?? []) as readonly string[];
  const { changes } = emulationOf(type).diff({ type, urn: nameOf(after.key) }, olds, news, ignored);
  const forced = (after.entry.options?.replaceOnChanges ?? []) as readonly string[];
  const causes = changes.filter(
    ({ path, replaces }) =>
      replaces || forced.some((name) => name === "*" || path === name || path.startsWith(`${name}.`)),
  );
  return causes.length === 0 ? undefined : causes.map(({ path }) => path).join(", ");
}

/** The words by which references may name a resource (references.ts). */
const wordsOf = (key: string): [string, string] => [
  nameOf(key),
  `${nameOf(key)}/${key.slice(key.lastIndexOf(":") + 1)}`,
];

/** Words of resources that have another name now. */
function renames(pairs: readonly Pair[]): ReadonlyMap<string, string> {
  return new Map(
    pairs.flatMap(({ before, after }) => {
      const [old, now] = [wordsOf(before.key), wordsOf(after.key)];
      return old[0] === now[0] ? [] : [[old[0], now[0]] as const, [old[1], now[1]] as const];
    }),
  );
}

/** Values with the word of each reference mapped. */
function mapTexts(values: unknown, map: (word: string) => string): Values {
  const text = JSON.stringify(values).replace(
    /<([^<>.]+)(\.[^<>]+)>/g,
    (_, word: string, rest: string) => `<${map(word)}${rest}>`,
  );
  return JSON.parse(text) as Values;
}

const emulations = new Map<string, ReturnType<typeof emulate>>();

function emulationOf(type: string): ReturnType<typeof emulate> {
  const name = type.split(":")[0] ?? "";
  const made = emulations.get(name) ?? emulate(name, {}, new MemoryInventory(), () => "");
  emulations.set(name, made);
  return made;
}
