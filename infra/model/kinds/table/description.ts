// A key-value table of a service, as a description has it.
import type * as v from "valibot";
import { days, forms, list, matching, object, oneOf, optional, record, text } from "../../schema/words";

const Attribute = text(255);
const Key = forms("the name of an attribute that holds text, or { name, type }", {
  text: Attribute,
  mapping: object({
    /** Name of the attribute. */
    name: Attribute,
    type: oneOf("text", "number", "binary"),
  }),
});

/** Another way to find items: by other attributes than the table's keys. */
export interface TableIndex extends v.InferOutput<typeof TableIndex> {}
export const TableIndex = object({
  /** Attribute by which items are found. */
  partitionKey: Key,
  /** Attribute that sorts the items of a partition key. @default none */
  sortKey: optional(Key),
  /** Attributes that a query gets: all, the keys, or the keys with those that are named. @default "all" */
  shows: optional(
    forms('"all", "keys", or a list of attributes', { text: oneOf("all", "keys"), list: list(Attribute) }),
  ),
});
const IndexName = matching(/^[\w.-]+$/, "3 to 40 letters, digits and any of _.-", 'name it like "by-customer"', 40);

/** A key-value table. */
export interface Table extends v.InferOutput<typeof Table> {}
export const Table = object({
  /** Attribute by which items are found. Another one makes a new, empty table. */
  partitionKey: Key,
  /** Attribute that sorts the items of a partition key. Another one makes a new, empty table. @default none */
  sortKey: optional(Key),
  /** Indexes by name (`by-customer`). @default none */
  indexes: optional(record(IndexName, TableIndex)),
  /** Attribute with the Unix second after which an item is deleted. @default items stay */
  expiresBy: optional(Attribute),
  /** Parts of a changed item in the table's stream (`on: { table }`). @default no stream */
  changes: optional(oneOf("keys", "new", "old", "new-and-old")),
  /** How far back the table can be restored. @default "35d" */
  recoveryPeriod: optional(days(1, 35)),
  /** Access of the service's tasks to the items; functions and jobs declare theirs in `uses`. @default "reads-and-writes" */
  access: optional(oneOf("reads", "writes", "reads-and-writes", "appends", "reads-and-appends", "none")),
});

// The table's variable and the component are named after it.
const LONGEST_TABLE_NAME = 20;
const TableName = matching(
  /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/,
  `lower-case letters, digits and single dashes, at most ${LONGEST_TABLE_NAME}`,
  "shorten or respell it",
  LONGEST_TABLE_NAME,
);

/** Keys under `owns` of a service. */
export const owns = {
  /** Key-value tables by name (`events`). */
  tables: optional(record(TableName, Table)),
};

/** Keys of `uses` of a function or a job. */
export const uses = {
  /** Tables of its service, and what it does with their items. @default none */
  tables: optional(record(text(), oneOf("reads", "writes", "reads-and-writes", "appends", "reads-and-appends"))),
};
