// DynamoDB.
import type { Cards } from "../card";
import type { Constraint } from "../../providers/core/rules";
import { type Values, hasUnknown, isObject, text } from "../../providers/core/values";
import { physicalName } from "../identifiers";
import { When, failure, given, isGiven, objectAt, objectsAt } from "../inputs";
import { logs } from "../times";

/** Throughput that is kept warm grows only. */
const lessWarm =
  (property: string): When =>
  ({ warmThroughput: old }, { warmThroughput: now }) => {
    const [before, after] = [old, now].map((value) => (isObject(value) ? Number(value[property] ?? 0) : 0));
    return after !== 0 && (after ?? 0) < (before ?? 0);
  };

/** A table that is made of another has what that has. */
const isRestored = (inputs: Values): boolean =>
  ["restoreSourceName", "restoreSourceTableArn", "importTable"].some((name) => name in inputs);

const KEYED = ["attributes", "hashKey", "rangeKey", "globalSecondaryIndexes", "localSecondaryIndexes"];

interface Key {
  readonly at: string;
  readonly name: string;
}

/** Attributes that are keys, of the table and of its indexes. */
function* keysOf(inputs: Values): Iterable<Key> {
  for (const property of ["hashKey", "rangeKey"]) {
    const name = text(inputs[property]);
    if (name !== undefined) yield { at: property, name };
  }
  for (const list of ["globalSecondaryIndexes", "localSecondaryIndexes"])
    for (const { value, at } of objectsAt(inputs, list)) {
      for (const property of ["hashKey", "rangeKey"]) {
        const name = text(value[property]);
        if (name !== undefined) yield { at: `${at}.${property}`, name };
      }
      for (const key of objectsAt(value, "keySchemas")) {
        const name = text(key.value.attributeName);
        if (name !== undefined) yield { at: `${at}.${key.at}.attributeName`, name };
      }
    }
}

const attributes: Constraint = function* ({ inputs }) {
  if (isRestored(inputs) || KEYED.some((property) => hasUnknown(inputs[property]))) return;
  if (!isGiven(inputs, "hashKey")) {
    yield failure("hashKey", "is missing: name the attribute by which items are found");
    return;
  }
  const keys = [...keysOf(inputs)];
  const declared = objectsAt(inputs, "attributes").map(({ value, at }) => ({ at, name: text(value.name) ?? "" }));
  for (const { at, name } of keys)
    if (!declared.some((attribute) => attribute.name === name))
      yield failure(at, `attribute "${name}" is not declared: add it to attributes, with its type`);
  for (const { at, name } of declared)
    if (!keys.some((key) => key.name === name))
      yield failure(at, `"${name}" is no key of the table or of an index: only keys are declared, leave it out`);
};

const capacity: Constraint = function* ({ inputs }) {
  if (isRestored(inputs) || hasUnknown(inputs.billingMode) || (inputs.billingMode ?? "PROVISIONED") !== "PROVISIONED")
    return;
  for (const property of ["readCapacity", "writeCapacity"])
    if (!isGiven(inputs, property))
      yield failure(property, "is missing: a table of billingMode PROVISIONED has it, one of PAY_PER_REQUEST has not");
};

const LOCAL_INDEXES = 5;
const GLOBAL_INDEXES = 20;

const parts: Constraint = function* ({ inputs, text: known }) {
  if (inputs.streamEnabled === true && !isGiven(inputs, "streamViewType"))
    yield failure("streamViewType", "is missing: say what a stream's records show, such as NEW_AND_OLD_IMAGES");
  const ttl = objectAt(inputs, "ttl");
  if (ttl.enabled === true && (ttl.attributeName ?? "") === "")
    yield failure("ttl.attributeName", "is missing: name the attribute that holds when an item ends");
  const local = objectsAt(inputs, "localSecondaryIndexes");
  if (local.length > 0 && !isGiven(inputs, "rangeKey"))
    yield failure("localSecondaryIndexes", "a table without a rangeKey has none: give it one, or make them global");
  if (local.length > LOCAL_INDEXES)
    yield failure("localSecondaryIndexes", `${local.length}, and a table may have ${LOCAL_INDEXES}`);
  const global = objectsAt(inputs, "globalSecondaryIndexes").length;
  if (global > GLOBAL_INDEXES)
    yield failure("globalSecondaryIndexes", `${global}, and ${GLOBAL_INDEXES} is a table's quota`);
  const name = known("name");
  if (name !== undefined && !/^[\w.-]{3,255}$/.test(name))
    yield failure("name", `"${name}": 3 to 255 letters, digits and any of _.-`);
};

export const cards: Cards = {
  "aws:dynamodb/resourcePolicy:ResourcePolicy": {
    policies: { policy: "resource" },
  },
  "aws:dynamodb/table:Table": {
    source: "dynamodb/table.go",
    autoname: { property: "name", limit: 255 },
    computed: {
      arn: (resource) => resource.arn("dynamodb", `table/${physicalName(resource)}`),
      streamArn: (resource) =>
        resource.inputs.streamEnabled === true
          ? resource.arn("dynamodb", `table/${physicalName(resource)}/stream/${resource.now}`)
          : "",
      streamLabel: (resource) => (resource.inputs.streamEnabled === true ? resource.now : ""),
    },
    defaults: { billingMode: "PROVISIONED", deletionProtectionEnabled: false, tableClass: "STANDARD" },
    replaces: `
      hashKey importTable.s3BucketSource localSecondaryIndexes name rangeKey restoreDateTime
      restoreToLatestTime
    `,
    replacesWhen: {
      restoreSourceName: given("restoreSourceName"),
      restoreSourceTableArn: given("restoreSourceTableArn"),
      "warmThroughput.readUnitsPerSecond": lessWarm("readUnitsPerSecond"),
      "warmThroughput.writeUnitsPerSecond": lessWarm("writeUnitsPerSecond"),
    },
    constraints: [attributes, capacity, parts],
    protectedBy: "deletionProtectionEnabled",
    holds: "a table",
    creation: {
      runs: "5s 7s 8s 9s 11s 11s 11s 12s 13s 14s 17s 22s",
      source: logs("aws_dynamodb_table"),
    },
  },
  "aws:dynamodb/tableReplica:TableReplica": {
    source: "dynamodb/table_replica.go",
    replaces: "globalTableArn kmsKeyArn tableClassOverride",
    holds: "a table",
  },
};
