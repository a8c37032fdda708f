// RDS and ElastiCache.
import { createHash } from "node:crypto";
import type { Birth, TypeRule } from "../core/rules";
import type { Value, Values } from "../core/values";
import { upgrades } from "./constraints";
import { dnsSuffix, LETTERS, physicalName, UPPER, uuid } from "./shapes";

/** The part of an endpoint that is an account's own in a region. */
function accountPart({ accountId, region }: Birth): string {
  const digits = createHash("sha256").update(`${accountId}/${region}`).digest("hex").slice(0, 20);
  return `c${BigInt(`0x${digits}`).toString(36).slice(0, 11)}`;
}
const rdsHost = (birth: Birth, label: string, infix = ""): string =>
  `${label}.${infix}${accountPart(birth)}.${birth.region}.rds.${dnsSuffix(birth.partition)}`;
const cacheHost = (birth: Birth, label: string): string =>
  `${label}.${birth.hex(6, "cache")}.ng.0001.${shortRegion(birth.region)}.cache.${dnsSuffix(birth.partition)}`;

/** `us-east-1` → `use1`. */
function shortRegion(region: string): string {
  const [area = "", side = "", number = ""] = region.split("-");
  return `${area}${side.charAt(0)}${number}`;
}

function port(birth: Birth): number {
  const engine = birth.text("engine");
  if (/mysql|mariadb/.test(engine)) return 3306;
  if (engine.startsWith("oracle")) return 1521;
  return engine.startsWith("sqlserver") ? 1433 : 5432;
}
const portOf = (birth: Birth): number => (typeof birth.inputs.port === "number" ? birth.inputs.port : port(birth));

/** The secret that RDS keeps when it manages the master password. */
function masterSecrets(kind: "db" | "cluster") {
  return (birth: Birth): Value => {
    if (birth.inputs.manageMasterUserPassword !== true) return [];
    const suffix = birth.token(6, `${LETTERS}${LETTERS.toUpperCase()}`, "secret");
    return [
      {
        kmsKeyId: birth.text("masterUserSecretKmsKeyId") || birth.arn("kms", `key/${uuid(birth, "kms")}`),
        secretArn: birth.arn("secretsmanager", `secret:rds!${kind}-${uuid(birth, "secret")}-${suffix}`),
        secretStatus: "active",
      },
    ];
  };
}

const named = (birth: Birth, property: string): string => birth.text(property) || physicalName(birth, property);
const group = (arnType: string): TypeRule => ({
  autoname: { property: "name", limit: 255, lower: true },
  computed: { arn: (birth) => birth.arn("rds", `${arnType}:${physicalName(birth)}`) },
  defaults: { description: "Managed by Pulumi" },
});
const cacheGroup = (arnType: string): TypeRule => ({
  autoname: { property: "name", limit: 255, lower: true },
  computed: { arn: (birth) => birth.arn("elasticache", `${arnType}:${physicalName(birth)}`) },
  defaults: { description: "Managed by Pulumi" },
});

/** The engine has a later minor version than the major one that was asked for. */
const raisedMinor = ({ engineVersion: old }: Values, { engineVersion: now }: Values): boolean =>
  typeof old === "string" && typeof now === "string" && old.startsWith(`${now}.`);

/** RDS has made the storage larger than what was asked for, as it may up to a maximum. */
const grownStorage = (olds: Values, news: Values): boolean => {
  const [old, now] = [Number(olds.allocatedStorage), Number(news.allocatedStorage)];
  return old > now && Number(news.maxAllocatedStorage ?? 0) > now;
};

export const databases: Readonly<Record<string, TypeRule>> = {
  "aws:rds/instance:Instance": {
    // terraform-provider-aws, internal/service/rds: instance.go suppresses the one, engine_version.go the other.
    suppressed: { allocatedStorage: grownStorage, engineVersion: raisedMinor },
    id: (birth) => `db-${birth.token(26, UPPER)}`,
    autoname: { property: "identifier", limit: 63, lower: true },
    unique: "identifier",
    unchangeable: upgrades,
    computed: {
      arn: (birth) => birth.arn("rds", `db:${named(birth, "identifier")}`),
      address: (birth) => rdsHost(birth, named(birth, "identifier")),
      endpoint: (birth) => `${rdsHost(birth, named(birth, "identifier"))}:${portOf(birth)}`,
      port,
      hostedZoneId: "Z2R2ITUGPM61AM",
      engineVersionActual: (birth) => birth.text("engineVersion"),
      upgradeRolloutOrder: "second",
      masterUserSecrets: masterSecrets("db"),
      resourceId: (birth) => birth.id,
      status: "available",
      availabilityZone: (birth) => `${birth.region}a`,
      parameterGroupName: (birth) =>
        `default.${birth.text("engine")}${birth.text("engineVersion").split(".")[0] ?? ""}`,
      username: "postgres",
      listenerEndpoints: [],
      replicas: [],
      latestRestorableTime: (birth) => birth.now,
      caCertIdentifier: "rds-ca-rsa2048-g1",
      licenseModel: "postgresql-license",
      backupWindow: "03:00-03:30",
      maintenanceWindow: "sun:04:00-sun:04:30",
    },
    defaults: {
      allowMajorVersionUpgrade: false,
      autoMinorVersionUpgrade: true,
      backupRetentionPeriod: 0,
      copyTagsToSnapshot: false,
      deletionProtection: false,
      multiAz: false,
      monitoringInterval: 0,
      performanceInsightsEnabled: false,
      publiclyAccessible: false,
      skipFinalSnapshot: false,
      storageEncrypted: false,
      storageType: "gp2",
    },
  },
  "aws:rds/cluster:Cluster": {
    suppressed: { engineVersion: raisedMinor },
    id: (birth) => named(birth, "clusterIdentifier"),
    autoname: { property: "clusterIdentifier", limit: 63, lower: true },
    unchangeable: upgrades,
    computed: {
      arn: (birth) => birth.arn("rds", `cluster:${birth.id}`),
      endpoint: (birth) => rdsHost(birth, birth.id, "cluster-"),
      readerEndpoint: (birth) => rdsHost(birth, birth.id, "cluster-ro-"),
      clusterResourceId: (birth) => `cluster-${birth.token(26, UPPER)}`,
      port,
      hostedZoneId: "Z1RLNUO7B9Q6NB",
      engineVersionActual: (birth) => birth.text("engineVersion"),
      upgradeRolloutOrder: "second",
      masterUserSecrets: masterSecrets("cluster"),
      availabilityZones: (birth) => ["a", "b", "c"].map((letter) => birth.region + letter),
      preferredBackupWindow: "03:00-03:30",
      preferredMaintenanceWindow: "sun:04:00-sun:04:30",
      storageType: "",
    },
    defaults: {
      backupRetentionPeriod: 1,
      engineMode: "provisioned",
      deletionProtection: false,
      skipFinalSnapshot: false,
    },
  },
  "aws:rds/clusterInstance:ClusterInstance": {
    id: (birth) => named(birth, "identifier"),
    autoname: { property: "identifier", limit: 63, lower: true },
    computed: {
      arn: (birth) => birth.arn("rds", `db:${birth.id}`),
      dbiResourceId: (birth) => `db-${birth.token(26, UPPER)}`,
      endpoint: (birth) => rdsHost(birth, birth.id),
      engineVersionActual: (birth) => birth.text("engineVersion"),
      port,
      storageEncrypted: true,
      writer: true,
      networkType: "IPV4",
      availabilityZone: (birth) => `${birth.region}a`,
    },
    defaults: { autoMinorVersionUpgrade: true, monitoringInterval: 0, promotionTier: 0, publiclyAccessible: false },
  },
  "aws:rds/subnetGroup:SubnetGroup": {
    ...group("subgrp"),
    computed: {
      arn: (birth) => birth.arn("rds", `subgrp:${physicalName(birth)}`),
      supportedNetworkTypes: ["IPV4"],
      vpcId: (birth) => `vpc-0${birth.hex(16, "vpc")}`,
    },
  },
  "aws:rds/parameterGroup:ParameterGroup": {
    ...group("pg"),
  },
  "aws:rds/clusterParameterGroup:ClusterParameterGroup": {
    ...group("cluster-pg"),
  },
  "aws:elasticache/replicationGroup:ReplicationGroup": {
    id: (birth) => named(birth, "replicationGroupId").toLowerCase(),
    autoname: { property: "replicationGroupId", limit: 40, lower: true },
    computed: {
      arn: (birth) => birth.arn("elasticache", `replicationgroup:${birth.id}`),
      primaryEndpointAddress: (birth) => (clustered(birth) ? "" : cacheHost(birth, `master.${birth.id}`)),
      readerEndpointAddress: (birth) => (clustered(birth) ? "" : cacheHost(birth, `replica.${birth.id}`)),
      configurationEndpointAddress: (birth) => (clustered(birth) ? cacheHost(birth, `clustercfg.${birth.id}`) : ""),
      clusterEnabled: clustered,
      engineVersionActual: (birth) => birth.text("engineVersion"),
      memberClusters: (birth) =>
        Array.from({ length: members(birth) }, (_, at) => `${birth.id}-${String(at + 1).padStart(3, "0")}`),
      numCacheClusters: members,
      engine: "redis",
      snapshotWindow: "05:00-06:00",
      maintenanceWindow: "sun:07:00-sun:08:00",
      transitEncryptionMode: (birth) => (birth.inputs.transitEncryptionEnabled === true ? "required" : ""),
    },
    defaults: { automaticFailoverEnabled: false, multiAzEnabled: false, snapshotRetentionLimit: 0 },
  },
  "aws:elasticache/subnetGroup:SubnetGroup": {
    ...cacheGroup("subnetgroup"),
    computed: {
      arn: (birth) => birth.arn("elasticache", `subnetgroup:${physicalName(birth)}`),
      vpcId: (birth) => `vpc-0${birth.hex(16, "vpc")}`,
    },
  },
  "aws:elasticache/parameterGroup:ParameterGroup": {
    ...cacheGroup("parametergroup"),
  },
  "aws:elasticache/user:User": {
    id: (birth) => birth.text("userId"),
    autoname: false,
    unique: "userId",
    computed: { arn: (birth) => birth.arn("elasticache", `user:${birth.id}`) },
  },
  "aws:elasticache/userGroup:UserGroup": {
    id: (birth) => birth.text("userGroupId"),
    autoname: false,
    unique: "userGroupId",
    computed: { arn: (birth) => birth.arn("elasticache", `usergroup:${birth.id}`) },
  },
  "aws:elasticache/userGroupAssociation:UserGroupAssociation": {
    id: (birth) => `${birth.text("userGroupId")},${birth.text("userId")}`,
    replaces: ["userGroupId", "userId"],
  },
};

function clustered(birth: Birth): boolean {
  const groups = birth.inputs.numNodeGroups;
  return birth.text("clusterMode") === "enabled" || (typeof groups === "number" && groups > 1);
}

function members(birth: Birth): number {
  const { numCacheClusters, numNodeGroups, replicasPerNodeGroup } = birth.inputs;
  if (typeof numCacheClusters === "number") return numCacheClusters;
  return (
    (typeof numNodeGroups === "number" ? numNodeGroups : 1) *
    (1 + (typeof replicasPerNodeGroup === "number" ? replicasPerNodeGroup : 0))
  );
}
