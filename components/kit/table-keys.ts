// Keys and indexes of a table, and what DynamoDB accepts of them: one set of checks for the component and the model. Pure.
import { type Problem, unless } from "./problems";

/** An attribute that is a key: its name, which is text; or its name with its type. */
export type KeyAttribute = string | { readonly name: string; readonly type: "text" | "number" | "binary" };

/** A global secondary index. Another key or projection makes DynamoDB build the index again. */
export interface TableIndex {
  readonly partitionKey: KeyAttribute;
  /** @default none */
  readonly sortKey?: KeyAttribute;
  /** Attributes that a query of the index gets: all, the keys, or the keys with those that are named. @default "all" */
  readonly shows?: "all" | "keys" | readonly string[];
}

/** What can be wrong between the parts of a table. */
export interface TableKeys {
  readonly partitionKey: KeyAttribute;
  readonly sortKey?: KeyAttribute;
  readonly indexes?: Readonly<Record<string, TableIndex>>;
  /** Attribute with the second after which an item is deleted. */
  readonly expiresBy?: string;
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html */
const MOST_INDEXES = 20;
/** Attributes that all indexes of a table may name together beside the keys. */
const MOST_SHOWN = 100;

/** An attribute as DynamoDB declares it. */
export interface Attribute {
  readonly name: string;
  readonly type: "S" | "N" | "B";
}

/** A key attribute in its long form. */
export function attributeOf(key: KeyAttribute): Attribute {
  if (typeof key === "string") return { name: key, type: "S" };
  return { name: key.name, type: ({ text: "S", number: "N", binary: "B" } as const)[key.type] };
}

/** Every attribute that is a key of the table or of an index, once, by name. DynamoDB takes no others. */
export function attributesOf({ partitionKey, sortKey, indexes = {} }: TableKeys): Attribute[] {
  const found = new Map(keysOf(partitionKey, sortKey, indexes).map(({ key }) => [attributeOf(key).name, key]));
  return [...found.values()].map(attributeOf).sort((a, b) => (a.name < b.name ? -1 : 1));
}

/**
 * Everything that is wrong with the keys and indexes of a table.
 *
 * @param at path of the table with a dot behind it, or nothing
 */
export function tableProblems(at: string, { partitionKey, sortKey, indexes = {}, expiresBy }: TableKeys): Problem[] {
  const keys = keysOf(partitionKey, sortKey, indexes);
  const expires = keys.find(({ key }) => attributeOf(key).name === expiresBy);
  const problems = [
    ...keys.flatMap(({ path, key }) => attributeProblems(path, attributeOf(key).name)),
    ...twoTypes(keys),
    ...sameKeyTwice("", partitionKey, sortKey),
    ...Object.entries(indexes).flatMap(([index, args]) => indexProblems(index, args)),
    ...unless(Object.keys(indexes).length <= MOST_INDEXES, {
      path: "indexes",
      value: `${Object.keys(indexes).length} indexes`,
      allowed: `at most ${MOST_INDEXES}, DynamoDB's default quota`,
      remedy: "let several queries share one index",
    }),
    ...shownProblems(indexes),
    ...(expiresBy === undefined ? [] : attributeProblems("expiresBy", expiresBy)),
    ...unless(expires === undefined || attributeOf(expires.key).type === "N", {
      path: "expiresBy",
      value: expiresBy,
      allowed: "an attribute that holds a number; this one is a key of another type",
      remedy: "name another attribute",
    }),
  ];
  return problems.map((problem) => ({ ...problem, path: `${at}${problem.path}` }));
}

interface Key {
  readonly path: string;
  readonly key: KeyAttribute;
}

function keysOf(
  partitionKey: KeyAttribute,
  sortKey: KeyAttribute | undefined,
  indexes: Readonly<Record<string, TableIndex>>,
): Key[] {
  const both = (at: string, partition: KeyAttribute, sort: KeyAttribute | undefined): Key[] => [
    { path: `${at}partitionKey`, key: partition },
    ...(sort === undefined ? [] : [{ path: `${at}sortKey`, key: sort }]),
  ];
  return [
    ...both("", partitionKey, sortKey),
    ...Object.entries(indexes).flatMap(([name, index]) => both(`indexes.${name}.`, index.partitionKey, index.sortKey)),
  ];
}

function attributeProblems(path: string, name: string): Problem[] {
  const remedy = "shorten or respell it";
  return unless(name.length > 0 && name.length <= 255, { path, value: name, allowed: "1 to 255 characters", remedy });
}

/** An attribute is declared once, with one type. */
function twoTypes(keys: readonly Key[]): Problem[] {
  const first = new Map<string, string>();
  return keys.flatMap(({ path, key }) => {
    const { name, type } = attributeOf(key);
    const before = first.get(name) ?? type;
    first.set(name, before);
    return unless(before === type, {
      path,
      value: key,
      allowed: `the type that ${name} has in another key`,
      remedy: "give the attribute one type everywhere",
    });
  });
}

function sameKeyTwice(at: string, partitionKey: KeyAttribute, sortKey: KeyAttribute | undefined): Problem[] {
  return unless(sortKey === undefined || attributeOf(sortKey).name !== attributeOf(partitionKey).name, {
    path: `${at}sortKey`,
    value: sortKey,
    allowed: "an attribute other than the partition key",
    remedy: "remove the sort key, or name another attribute",
  });
}

function indexProblems(index: string, { partitionKey, sortKey }: TableIndex): Problem[] {
  return [
    ...unless(/^[\w.-]{3,255}$/.test(index), {
      path: `indexes.${index}`,
      value: index,
      allowed: "3 to 255 letters, digits and any of _.-",
      remedy: 'name it like "by-customer"',
    }),
    ...sameKeyTwice(`indexes.${index}.`, partitionKey, sortKey),
  ];
}

function shownProblems(indexes: Readonly<Record<string, TableIndex>>): Problem[] {
  const named = Object.values(indexes).flatMap(({ shows }) => (typeof shows === "object" ? shows : []));
  return unless(named.length <= MOST_SHOWN, {
    path: "indexes",
    value: `${named.length} attributes in shows`,
    allowed: `at most ${MOST_SHOWN} in all indexes of a table`,
    remedy: 'show "all" where many are needed',
  });
}
