// The part of a description that the runtime reads, and the types that follow from it. `defineSystem` returns a value of this shape, whose type has
// the names of all topics, events and edges. Only structure counts here: the runtime imports nothing of the model.

/** The contract of an event, as a description has it. */
export interface DescribedEvent {
  readonly version?: string;
  readonly metric?: string;
  readonly schema?: object;
  /** Schemas by version. */
  readonly earlier?: Readonly<Partial<Record<`${number}.${number}`, object>>>;
}

/** A system, as `defineSystem` returns it. */
export interface Described {
  readonly topics: Readonly<
    Record<string, { readonly fifo?: boolean; readonly events: Readonly<Record<string, DescribedEvent>> }>
  >;
  readonly services: Readonly<Record<string, object>>;
}

/** Event types that an edge names: a list, or a mapping with the version where one is chosen. */
export type EventNames = readonly string[] | Readonly<Record<string, { readonly version?: string }>>;

/** What an edge says of an event type; undefined: it does not name the type. */
export function namedIn(names: EventNames, type: string): { readonly version?: string } | undefined {
  if (isList(names)) return names.includes(type) ? {} : undefined;
  return Object.hasOwn(names, type) ? names[type] : undefined;
}

function isList(names: EventNames): names is readonly string[] {
  return Array.isArray(names);
}

type Services<S> = S extends { readonly services: infer All } ? All : never;
type Topics<S> = S extends { readonly topics: infer All } ? All : never;

/** Names of the services. */
export type ServiceOf<S> = keyof Services<S> & string;

/** What a service has under a key of its description; an empty object when it has no such key. */
export type EdgesOf<S, N extends ServiceOf<S>, Key extends string> =
  Services<S>[N] extends Readonly<Partial<Record<Key, infer Edges>>> ? NonNullable<Edges> : never;

/** Event types of a topic. */
type CarriedBy<S, T> = T extends keyof Topics<S>
  ? Topics<S>[T] extends { readonly events: infer Events }
    ? keyof Events & string
    : never
  : never;

/** Event types that a key of a description names: a list, a mapping, or "all" of a topic. */
type Named<S, T, Selection> = Selection extends "all"
  ? CarriedBy<S, T>
  : Selection extends readonly (infer Type extends string)[]
    ? Type
    : keyof Selection & string;

/** Topics that a service publishes on. */
export type PublishedTopic<S, N extends ServiceOf<S>> = keyof EdgesOf<S, N, "publishes"> & string;

/** Event types that a service publishes on a topic. */
export type PublishedType<S, N extends ServiceOf<S>, T extends PublishedTopic<S, N>> = Named<
  S,
  T,
  EdgesOf<S, N, "publishes">[T]
>;

/** The data of an event: what its JSON Schema allows; `unknown` when it has none. */
export type EventData<S, T, Type> = T extends keyof Topics<S>
  ? Topics<S>[T] extends { readonly events: infer Events }
    ? Type extends keyof Events
      ? Events[Type] extends { readonly schema?: infer Schema }
        ? FromSchema<NonNullable<Schema>>
        : unknown
      : never
    : never
  : never;

/** Queues that a service consumes. */
export type ConsumedQueue<S, N extends ServiceOf<S>> = keyof EdgesOf<S, N, "consumes"> & string;

/** Selections of a queue by topic; nothing for a queue that no topic feeds. */
type FromOf<C> = C extends { readonly from: infer From } ? From : object;

type SelectionOf<S, N extends ServiceOf<S>, Q extends ConsumedQueue<S, N>> = FromOf<EdgesOf<S, N, "consumes">[Q]>;

/** Event types that reach a queue. */
export type ConsumedType<S, N extends ServiceOf<S>, Q extends ConsumedQueue<S, N>> = {
  [T in keyof SelectionOf<S, N, Q>]: Named<S, T, SelectionOf<S, N, Q>[T]>;
}[keyof SelectionOf<S, N, Q>];

/** Data of an event type that reaches a queue, whichever topic carries it. */
export type ConsumedData<S, N extends ServiceOf<S>, Q extends ConsumedQueue<S, N>, Type> = {
  [T in keyof SelectionOf<S, N, Q>]: Type extends Named<S, T, SelectionOf<S, N, Q>[T]> ? EventData<S, T, Type> : never;
}[keyof SelectionOf<S, N, Q>];

/** Entities of other contexts that a service keeps copies of. */
export type CopiedEntity<S, N extends ServiceOf<S>> = keyof EdgesOf<S, N, "projects"> & string;

type CopySelection<S, N extends ServiceOf<S>, Entity extends CopiedEntity<S, N>> = FromOf<
  EdgesOf<S, N, "projects">[Entity]
>;

/** Event types that change a copy. */
export type CopiedType<S, N extends ServiceOf<S>, Entity extends CopiedEntity<S, N>> = {
  [T in keyof CopySelection<S, N, Entity>]: Named<S, T, CopySelection<S, N, Entity>[T]>;
}[keyof CopySelection<S, N, Entity>];

/** Data of an event type that changes a copy. */
export type CopiedData<S, N extends ServiceOf<S>, Entity extends CopiedEntity<S, N>, Type> = {
  [T in keyof CopySelection<S, N, Entity>]: Type extends Named<S, T, CopySelection<S, N, Entity>[T]>
    ? EventData<S, T, Type>
    : never;
}[keyof CopySelection<S, N, Entity>];

/** The type of the values that a JSON Schema allows. A schema without a literal type gives `unknown`. */
export type FromSchema<J> = J extends { readonly enum: readonly (infer Value)[] }
  ? Value
  : J extends { readonly type: "object"; readonly properties: infer Fields }
    ? ObjectFrom<Fields, J extends { readonly required: readonly (infer Name)[] } ? Name : never>
    : J extends { readonly type: "array"; readonly items: infer Item }
      ? readonly FromSchema<Item>[]
      : J extends { readonly type: infer Type extends keyof Plain }
        ? Plain[Type]
        : unknown;

type ObjectFrom<Fields, Required> = {
  readonly [K in keyof Fields as K extends Required ? K : never]: FromSchema<Fields[K]>;
} & { readonly [K in keyof Fields as K extends Required ? never : K]?: FromSchema<Fields[K]> };

interface Plain {
  readonly object: object;
  readonly array: readonly unknown[];
  readonly string: string;
  readonly number: number;
  readonly integer: number;
  readonly boolean: boolean;
  readonly null: null;
}
