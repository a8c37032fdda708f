// ElastiCache: replication groups and their users.
import type { Cards } from "../card";
import type { NewResource, Constraint, TypeRule } from "../../providers/core/rules";
import { hasUnknown } from "../../providers/core/values";
import { dnsSuffix, named, physicalName } from "../identifiers";
import {
  When,
  asText,
  compareVersions,
  failure,
  isGiven,
  numberAt,
  objectAt,
  range,
  sized,
  textOf,
  textsAt,
  windows,
} from "../inputs";
import { group, key, parameterGroup, subnet, subnetGroup } from "../references";
import { logs } from "../times";
import { zonesOf } from "../vpcs";

const groupCard = (arnType: string): TypeRule => ({
  autoname: { property: "name", limit: 255, lower: true },
  computed: { arn: (resource) => resource.arn("elasticache", `${arnType}:${physicalName(resource)}`) },
  defaults: { description: "Managed by Pulumi" },
});

function clustered(resource: NewResource): boolean {
  const groups = resource.inputs.numNodeGroups;
  return resource.text("clusterMode") === "enabled" || (typeof groups === "number" && groups > 1);
}

/** `us-east-1` → `use1`. */
function shortRegion(region: string): string {
  const [area = "", side = "", number = ""] = region.split("-");
  return `${area}${side.charAt(0)}${number}`;
}

const cacheHost = (resource: NewResource, label: string): string =>
  `${label}.${resource.hex(6, "cache")}.ng.0001.${shortRegion(resource.region)}.cache.${dnsSuffix(resource.partition)}`;

function members(resource: NewResource): number {
  const { numCacheClusters, numNodeGroups, replicasPerNodeGroup } = resource.inputs;
  if (typeof numCacheClusters === "number") return numCacheClusters;
  return (
    (typeof numNodeGroups === "number" ? numNodeGroups : 1) *
    (1 + (typeof replicasPerNodeGroup === "number" ? replicasPerNodeGroup : 0))
  );
}

const fromValkey: When = ({ engine: old }, { engine: now }) => asText(old) === "valkey" && asText(now) === "redis";

/** A cache can't go back to an older version of its engine, nor from Valkey to Redis. */
const olderVersion: When = ({ engineVersion: old }, { engineVersion: now }) =>
  asText(old) !== "" && asText(now) !== "" && compareVersions(asText(now), asText(old)) < 0;

const always: When = () => true;

function before705(version: string): boolean {
  return version !== "" && compareVersions(version, "7.0.5") < 0;
}

/** A cache that fails over has somewhere to go. */
const failoverNodes: Constraint = function* ({ inputs, text }, world) {
  const nodes = numberAt(inputs, "numCacheClusters");
  if (inputs.automaticFailoverEnabled === true && nodes !== undefined && nodes < 2)
    yield failure("numCacheClusters", `${nodes}: automatic failover needs a replica, so 2 nodes at least`);
  if (inputs.multiAzEnabled !== true) return;
  if (inputs.automaticFailoverEnabled !== true)
    yield failure("multiAzEnabled", "several zones need automatic failover: set automaticFailoverEnabled to true");
  const group = text("subnetGroupName");
  const subnets = group === undefined ? undefined : world.get("aws:elasticache/subnetGroup:SubnetGroup", group);
  const zones = zonesOf(world, textsAt(subnets?.inputs ?? {}, "subnetIds"));
  if (zones.length > 0 && !zones.includes(undefined) && new Set(zones).size < 2)
    yield failure(
      "subnetGroupName",
      `all subnets of "${group}" are in ${zones[0]}, and the cache spans zones: add one of another zone`,
    );
};

/** Redis 6 and later, and Valkey, are named by major and minor version: a patch is ElastiCache's to choose. */
const engineVersion: Constraint = function* ({ inputs, text }) {
  const [engine, version] = [text("engine") ?? "redis", text("engineVersion")];
  const old = engine === "redis" && /^[1-5]\./.test(version ?? "");
  const formed = old ? /^\d+\.\d+\.\d+$/ : engine === "redis" ? /^(6\.x|\d+\.\d+)$/ : /^\d+\.\d+$/;
  if (version !== undefined && !formed.test(version))
    yield failure(
      "engineVersion",
      `"${version}": ${old ? "major.minor.patch" : "major.minor"}, such as ${old ? "5.0.6" : engine === "redis" ? "7.1" : "8.0"}`,
    );
  if (
    isGiven(inputs, "authToken") &&
    inputs.transitEncryptionEnabled !== true &&
    !hasUnknown(inputs.transitEncryptionEnabled)
  )
    yield failure("transitEncryptionEnabled", "a token goes over encrypted connections only: set it to true");
};

const USERS = "aws:elasticache/userGroup:UserGroup";

const redisUserGroups: Constraint = function* ({ inputs, text: read }, world) {
  if ((read("engine") ?? "redis") !== "redis" || !isGiven(inputs, "userGroupIds")) return;
  for (const { value, at } of textsAt(inputs, "userGroupIds"))
    if (textOf(world.get(USERS, value), "engine")?.toLowerCase() === "valkey")
      yield failure(at, `"${value}" is of engine valkey: a cache of engine redis takes groups of engine redis only`);
};

const USER = "aws:elasticache/user:User";

/**
 * https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Clusters.RBAC.html: a group of engine valkey has only users that prove
 * who they are, and a cache of engine redis takes only groups of engine redis; one of valkey takes both.
 */
const valkeyUsers: Constraint = function* ({ inputs, text: read }, world) {
  if (read("engine")?.toLowerCase() !== "valkey") return;
  for (const { value, at } of textsAt(inputs, "userIds")) {
    const { type } = objectAt(world.get(USER, value)?.inputs ?? {}, "authenticationMode");
    if (type === "no-password-required")
      yield failure(at, `"${value}" needs no password: a group of engine valkey has only users with a password or IAM`);
  }
};

export const cards: Cards = {
  "aws:elasticache/parameterGroup:ParameterGroup": {
    source: "elasticache/parameter_group.go",
    ...groupCard("parametergroup"),
    replaces: "description family name",
  },
  "aws:elasticache/replicationGroup:ReplicationGroup": {
    source: "elasticache/replication_group.go",
    id: (resource) => named(resource, "replicationGroupId").toLowerCase(),
    autoname: { property: "replicationGroupId", limit: 40, lower: true },
    computed: {
      arn: (resource) => resource.arn("elasticache", `replicationgroup:${resource.id}`),
      primaryEndpointAddress: (resource) => (clustered(resource) ? "" : cacheHost(resource, `master.${resource.id}`)),
      readerEndpointAddress: (resource) => (clustered(resource) ? "" : cacheHost(resource, `replica.${resource.id}`)),
      configurationEndpointAddress: (resource) =>
        clustered(resource) ? cacheHost(resource, `clustercfg.${resource.id}`) : "",
      clusterEnabled: clustered,
      engineVersionActual: (resource) => resource.text("engineVersion"),
      memberClusters: (resource) =>
        Array.from({ length: members(resource) }, (_, at) => `${resource.id}-${String(at + 1).padStart(3, "0")}`),
      numCacheClusters: members,
      engine: "redis",
      snapshotWindow: "05:00-06:00",
      maintenanceWindow: "sun:07:00-sun:08:00",
      transitEncryptionMode: (resource) => (resource.inputs.transitEncryptionEnabled === true ? "required" : ""),
    },
    defaults: { automaticFailoverEnabled: false, multiAzEnabled: false, snapshotRetentionLimit: 0 },
    references: {
      subnetGroupName: subnetGroup("elasticache"),
      parameterGroupName: parameterGroup("elasticache"),
      kmsKeyId: key,
      "securityGroupIds[]": group,
      "userGroupIds[]": { type: "aws:elasticache/userGroup:UserGroup", keeps: true },
    },
    replaces: `
      atRestEncryptionEnabled dataTieringEnabled globalReplicationGroupId kmsKeyId networkType port
      replicationGroupId securityGroupNames snapshotArns snapshotName subnetGroupName
    `,
    replacesWhen: {
      engine: fromValkey,
      engineVersion: olderVersion,
      nodeGroupConfigurations: always,
      // Before 7.0.5, Redis is encrypted in transit from its beginning or never.
      transitEncryptionEnabled: ({ engineVersion }) => before705(asText(engineVersion)),
    },
    constraints: [
      failoverNodes,
      range("snapshotRetentionLimit", 0, 35),
      engineVersion,
      sized("nodeType", "cache", "cache.t4g.micro"),
      windows("snapshotWindow", "maintenanceWindow"),
      redisUserGroups,
    ],
    holds: "cached entries and sessions",
    creation: {
      runs: "5m37s 5m58s 6m59s 9m7s 9m15s",
      source: logs("aws_elasticache_replication_group"),
    },
    deletion: { assumed: "5m0s" },
  },
  "aws:elasticache/subnetGroup:SubnetGroup": {
    source: "elasticache/subnet_group.go",
    ...groupCard("subnetgroup"),
    computed: {
      arn: (resource) => resource.arn("elasticache", `subnetgroup:${physicalName(resource)}`),
      vpcId: (resource) => `vpc-0${resource.hex(16, "vpc")}`,
    },
    references: { "subnetIds[]": subnet },
    replaces: "name",
  },
  "aws:elasticache/user:User": {
    source: "elasticache/user.go",
    id: (resource) => resource.text("userId"),
    autoname: false,
    unique: "userId",
    computed: { arn: (resource) => resource.arn("elasticache", `user:${resource.id}`) },
    replaces: "userId userName",
  },
  "aws:elasticache/userGroup:UserGroup": {
    source: "elasticache/user_group.go",
    id: (resource) => resource.text("userGroupId"),
    autoname: false,
    unique: "userGroupId",
    computed: { arn: (resource) => resource.arn("elasticache", `usergroup:${resource.id}`) },
    references: { "userIds[]": { type: "aws:elasticache/user:User", keeps: false } },
    replaces: "engine userGroupId",
    constraints: [valkeyUsers],
  },
};
