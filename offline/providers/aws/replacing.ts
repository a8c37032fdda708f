// Changes that replace only at times: where the real provider decides it from the values (CustomizeDiff of its resources).
import type { TypeRule } from "../core/rules";
import { isObject, type Value, type Values } from "../core/values";
import { replacingTraffic } from "./replacing-traffic";

type When = NonNullable<TypeRule["replacesWhen"]>[string];

const always: When = () => true;
/** What is left out later does not come back by making the resource anew. */
const given =
  (property: string): When =>
  (_, news) =>
    text(news[property]) !== "";

/** A cache can't go back to an older version of its engine, nor from Valkey to Redis. */
const olderVersion: When = ({ engineVersion: old }, { engineVersion: now }) =>
  text(old) !== "" && text(now) !== "" && compareVersions(text(now), text(old)) < 0;
const fromValkey: When = ({ engine: old }, { engine: now }) => text(old) === "valkey" && text(now) === "redis";

/** Throughput that is kept warm grows only. */
const lessWarm =
  (property: string): When =>
  ({ warmThroughput: old }, { warmThroughput: now }) => {
    const [before, after] = [old, now].map((value) => (isObject(value) ? Number(value[property] ?? 0) : 0));
    return after !== 0 && (after ?? 0) < (before ?? 0);
  };

/** What can be turned on in place, and not off again. */
const turnedOff =
  (block: string): When =>
  (olds, news) => {
    const [before, after] = [olds[block], news[block]].map((value) => isObject(value) && value.enabled === true);
    return before === true && after !== true;
  };

export const replacing: Readonly<Record<string, NonNullable<TypeRule["replacesWhen"]>>> = {
  ...replacingTraffic,
  "aws:dynamodb/table:Table": {
    restoreSourceName: given("restoreSourceName"),
    restoreSourceTableArn: given("restoreSourceTableArn"),
    "warmThroughput.readUnitsPerSecond": lessWarm("readUnitsPerSecond"),
    "warmThroughput.writeUnitsPerSecond": lessWarm("writeUnitsPerSecond"),
  },
  "aws:rds/instance:Instance": { snapshotIdentifier: given("snapshotIdentifier") },
  "aws:rds/cluster:Cluster": {
    snapshotIdentifier: given("snapshotIdentifier"),
    storageType: (_, { engine }) => !text(engine).startsWith("aurora"),
  },
  "aws:docdb/cluster:Cluster": {
    serverlessV2ScalingConfiguration: ({ serverlessV2ScalingConfiguration: old }, news) =>
      isObject(old) && !isObject(news.serverlessV2ScalingConfiguration),
    snapshotIdentifier: given("snapshotIdentifier"),
  },
  "aws:elasticache/cluster:Cluster": {
    engineVersion: olderVersion,
    nodeType: ({ engine }) => text(engine) === "memcached",
  },
  "aws:eks/cluster:Cluster": {
    // Encryption of secrets, once there, stays.
    encryptionConfig: ({ encryptionConfig: old }, news) => isObject(old) && !isObject(news.encryptionConfig),
    "vpcConfig.controlPlaneEgressMode": ({ vpcConfig: old }) =>
      isObject(old) && text(old.controlPlaneEgressMode) === "CUSTOMER_ROUTED",
  },
  "aws:elasticache/replicationGroup:ReplicationGroup": {
    engine: fromValkey,
    engineVersion: olderVersion,
    nodeGroupConfigurations: always,
    // Before 7.0.5, Redis is encrypted in transit from its beginning or never.
    transitEncryptionEnabled: ({ engineVersion }) => before705(text(engineVersion)),
  },
  "aws:elasticache/serverlessCache:ServerlessCache": {
    engine: ({ engine: old }, { engine: now }) => !isOpen(old) || !isOpen(now),
    majorEngineVersion: ({ majorEngineVersion: old }, { engine, majorEngineVersion: now }) =>
      text(old) !== "" && text(now) !== "" && !(text(engine) === "valkey" && compareVersions(text(now), text(old)) > 0),
  },
  "aws:opensearch/domain:Domain": {
    "advancedSecurityOptions.enabled": turnedOff("advancedSecurityOptions"),
    "encryptAtRest.enabled": turnedOff("encryptAtRest"),
    ipAddressType: ({ ipAddressType: old }) => text(old) === "dualstack",
    "nodeToNodeEncryption.enabled": turnedOff("nodeToNodeEncryption"),
  },
  "aws:ssm/parameter:Parameter": {
    tier: ({ tier: old }, { tier: now }) => text(old) === "Advanced" && text(now) === "Standard",
  },
};

/** Valkey and Redis turn into each other. */
function isOpen(engine: Value | undefined): boolean {
  return engine === "redis" || engine === "valkey";
}

function before705(version: string): boolean {
  return version !== "" && compareVersions(version, "7.0.5") < 0;
}

function text(value: Value | Values | undefined): string {
  return typeof value === "string" ? value : "";
}

/** Compares numbers that dots divide, as far as both go. */
function compareVersions(one: string, other: string): number {
  const [left, right] = [one, other].map((version) => version.split(".").map(Number));
  for (const [at, number] of (left ?? []).entries()) {
    const against = right?.[at];
    if (against === undefined || Number.isNaN(number) || Number.isNaN(against)) return 0;
    if (number !== against) return number - against;
  }
  return 0;
}
