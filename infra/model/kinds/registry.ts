// The kinds of things that a description may have beside services: stores, channels and entrances. A new kind is a folder and a line here.
import type { Derived } from "../edges";
import { analytics } from "./analytics";
import { bucket } from "./bucket";
import { cache } from "./cache";
import { database } from "./database";
import { documents } from "./documents";
import { entrance } from "./entrance";
import { eventStore } from "./event-store";
import { lambda } from "./function";
import { job } from "./job";
import type { Described, Whole } from "./kind";
import { queue } from "./queue";
import { saga } from "./saga";
import { search } from "./search";
import { stream } from "./stream";
import { table } from "./table";
import { topic } from "./topic";

// Grants are made in this order; what functions and jobs use comes before them.
export const registry = {
  ...{ database, cache, bucket, table, eventStore, topic, queue, stream, search, documents, analytics, saga, entrance },
  ...{ function: lambda, job },
};

type Registry = typeof registry;
type EachAt<P extends keyof Described> = {
  [K in keyof Registry]: Registry[K]["describes"] extends Readonly<Record<P, infer E>> ? (entries: E) => void : never;
}[keyof Registry];
/** A thing of any kind. */
export type Node = {
  [K in keyof Registry]: Registry[K] extends { readonly derive?: (whole: Whole) => Derived<infer N> } ? N : never;
}[keyof Registry];

/** The entries of all kinds at a place of the description. */
type EntriesAt<P extends keyof Described> = EachAt<P> extends (entries: infer E) => void ? E : never;

/** The keys that all kinds together add to a place of the description. */
export function entriesAt<P extends keyof Described>(place: P): EntriesAt<P> {
  const all = Object.values(registry).map(({ describes }: { readonly describes: Described }) => describes[place]);
  return Object.assign({}, ...all) as EntriesAt<P>;
}
