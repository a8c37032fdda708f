// RDS: database instances.
import type { Cards } from "../card";
import type { Existing } from "../../providers/core/record";
import type { NewResource, Constraint, TypeRule } from "../../providers/core/rules";
import { type Value, type Values, plain, plainAll, text } from "../../providers/core/values";
import type { World } from "../../providers/core/world";
import { LETTERS, UPPER, dnsSuffix, named, uuid } from "../identifiers";
import { failure, given, isFilled, isGiven, numberAt, objectAt, range, sized, textOf, windows } from "../inputs";
import { group, key, parameterGroup, role, subnetGroup } from "../references";
import { endings, logs, terraform } from "../times";
import { createHash } from "node:crypto";

/** RDS has made the storage larger than what was asked for, as it may up to a maximum. */
const grownStorage = (olds: Values, news: Values): boolean => {
  const [old, now] = [Number(olds.allocatedStorage), Number(news.allocatedStorage)];
  return old > now && Number(news.maxAllocatedStorage ?? 0) > now;
};

/** The engine has a later minor version than the major one that was asked for. */
export const raisedMinor = ({ engineVersion: old }: Values, { engineVersion: now }: Values): boolean =>
  typeof old === "string" && typeof now === "string" && old.startsWith(`${now}.`);

function majorOf(version: string | undefined): number | undefined {
  const major = Number(/^(\d+)/.exec(version ?? "")?.[1]);
  return Number.isNaN(major) ? undefined : major;
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBInstance.html (AllowMajorVersionUpgrade) */
export const upgrades: NonNullable<TypeRule["unchangeable"]> = function* (olds, news) {
  const [before, now] = [olds, news].map((values) => text(plain(values.engineVersion ?? null)));
  const [from, to] = [majorOf(before), majorOf(now)];
  if (from === undefined || to === undefined || from === to) return;
  if (to < from)
    yield failure("engineVersion", `"${now ?? ""}": an engine never goes back; the database has ${before ?? ""}`);
  else if (news.allowMajorVersionUpgrade !== true)
    yield failure(
      "engineVersion",
      `"${before ?? ""}" to "${now ?? ""}" is a major version upgrade (InvalidParameterCombination): set allowMajorVersionUpgrade to true`,
    );
};

/** The part of an endpoint that is an account's own in a region. */
export function accountPart({ accountId, region }: NewResource): string {
  const digits = createHash("sha256").update(`${accountId}/${region}`).digest("hex").slice(0, 20);
  return `c${BigInt(`0x${digits}`).toString(36).slice(0, 11)}`;
}

export const rdsHost = (resource: NewResource, label: string, infix = ""): string =>
  `${label}.${infix}${accountPart(resource)}.${resource.region}.rds.${dnsSuffix(resource.partition)}`;

export function enginePort(resource: NewResource): number {
  const engine = resource.text("engine");
  if (/mysql|mariadb/.test(engine)) return 3306;
  if (engine.startsWith("oracle")) return 1521;
  return engine.startsWith("sqlserver") ? 1433 : 5432;
}

const portOf = (resource: NewResource): number =>
  typeof resource.inputs.port === "number" ? resource.inputs.port : enginePort(resource);

/** The secret that RDS keeps when it manages the master password. */
export function masterSecrets(kind: "db" | "cluster") {
  return (resource: NewResource): Value => {
    if (resource.inputs.manageMasterUserPassword !== true) return [];
    const suffix = resource.token(6, `${LETTERS}${LETTERS.toUpperCase()}`, "secret");
    return [
      {
        kmsKeyId: resource.text("masterUserSecretKmsKeyId") || resource.arn("kms", `key/${uuid(resource, "kms")}`),
        secretArn: resource.arn("secretsmanager", `secret:rds!${kind}-${uuid(resource, "secret")}-${suffix}`),
        secretStatus: "active",
      },
    ];
  };
}

function optionGroup(value: string): string | undefined {
  return value.startsWith("default:") ? undefined : value;
}

/** internal/service/rds/instance.go */
const blueGreen: Constraint = function* ({ inputs, text }) {
  if (objectAt(inputs, "blueGreenUpdate").enabled !== true) return;
  const engine = text("engine");
  if (engine !== undefined && !["mariadb", "mysql", "postgres"].includes(engine))
    yield failure("blueGreenUpdate.enabled", `"${engine}" has no blue/green updates: mariadb, mysql and postgres have`);
  if (isFilled(inputs.replicateSourceDb))
    yield failure("blueGreenUpdate.enabled", "a replica has no blue/green updates: update its source");
};

const storageGrowth: Constraint = function* ({ inputs }) {
  const [size, most] = [numberAt(inputs, "allocatedStorage"), numberAt(inputs, "maxAllocatedStorage")];
  if (size !== undefined && most !== undefined && most !== 0 && most < size)
    yield failure("maxAllocatedStorage", `${most} GiB is below allocatedStorage ${size}: raise it, or leave it out`);
  if (inputs.manageMasterUserPassword === true && isGiven(inputs, "password"))
    yield failure("password", "RDS manages the master password itself (manageMasterUserPassword): leave password out");
};

const ENGINE =
  /^(postgres|mysql|mariadb|aurora(-mysql|-postgresql)?|oracle-(ee|se2)(-cdb)?|sqlserver-(ee|se|ex|web|dev-ee)|db2-(ae|se)|custom-(oracle|sqlserver)-[a-z0-9-]+)$/;

const engineFamily = (engine: string | undefined): string => engine?.split("-")[0] ?? "";
const RESERVED: readonly string[] = ["admin", "rdsadmin", "rdsrepladmin", "rds_superuser", "public"];

/** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html: characters of a password. */
const PASSWORD: Readonly<Record<string, number>> = {
  postgres: 128,
  mysql: 41,
  mariadb: 41,
  oracle: 30,
  sqlserver: 128,
};

/** A copy brings its master user along. */
const COPIES = [
  "snapshotIdentifier",
  "replicateSourceDb",
  "restoreToPointInTime",
  "s3Import",
  "replicationSourceIdentifier",
];

const masterUser: Constraint = function* ({ inputs, text }) {
  const [engine, user, password] = [text("engine"), text("username"), text("password")];
  if (engine !== undefined && !ENGINE.test(engine))
    yield failure("engine", `"${engine}" is none of RDS: such as postgres, mysql or mariadb`);
  if (
    user !== undefined &&
    (!/^[A-Za-z]\w{0,62}$/.test(user) || (engineFamily(engine) === "postgres" && RESERVED.includes(user)))
  )
    yield failure("username", `"${user}" is reserved, or no name: a letter, then letters, digits and underscores`);
  const longest = PASSWORD[engineFamily(engine)] ?? 128;
  if (
    password !== undefined &&
    (password.length < 8 || password.length > longest || !/^[ -!#-.0-?A-~]+$/.test(password))
  )
    yield failure("password", `8 to ${longest} printable ASCII characters, none of them ", / or @`);
  if (COPIES.some((property) => property in inputs)) return;
  if (!isGiven(inputs, "username")) yield failure("username", "is missing: name the master user");
  const secret = ["password", "passwordWo", "manageMasterUserPassword"];
  if (!secret.some((property) => isGiven(inputs, property)))
    yield failure("password", "is missing: set manageMasterUserPassword to true, or give one");
};

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html */
const storage: Constraint = function* ({ inputs, text }) {
  const [size, kind] = [numberAt(inputs, "allocatedStorage"), text("storageType")];
  const provisioned = kind === "io1" || kind === "io2";
  const least = provisioned ? 100 : 20;
  if (
    size !== undefined &&
    kind !== undefined &&
    kind !== "standard" &&
    /^(postgres|mysql|mariadb)$/.test(text("engine") ?? "") &&
    size < least
  )
    yield failure("allocatedStorage", `${size} GiB: storage of type ${kind} begins at ${least} GiB`);
  if (provisioned && !isGiven(inputs, "iops")) yield failure("iops", `is missing: storage of type ${kind} needs it`);
  const name = text("dbName");
  if (name !== undefined && !/^[A-Za-z_][A-Za-z0-9_$#]{0,63}$/.test(name))
    yield failure("dbName", `"${name}" is no name of a database: a letter, then letters, digits and underscores`);
};

export const monitoring: Constraint = function* ({ inputs }) {
  if ((numberAt(inputs, "monitoringInterval") ?? 0) > 0 && !isGiven(inputs, "monitoringRoleArn"))
    yield failure(
      "monitoringRoleArn",
      "is missing: RDS sends figures of the system with a role that monitoring.rds.amazonaws.com may assume",
    );
};

/** A parameter group is of its engine's family: `postgres16`. */
export const groupFamily = (property: string, type: string): Constraint =>
  function* ({ text: read }, world) {
    const [engine, version, name] = [read("engine"), majorOf(read("engineVersion")), read(property)];
    if (name === undefined || version === undefined || !/^(aurora-)?postgres(ql)?$/.test(engine ?? "")) return;
    const found = textOf(world.get(type, name), "family");
    const wanted = `${engine ?? ""}${version}`;
    if (found !== undefined && found !== wanted)
      yield failure(
        property,
        `"${name}" is of family ${found}, and the engine is of ${wanted}: name a group of its family`,
      );
  };

type Undeletable = (existing: Existing, world: World) => string | undefined;

/** A final snapshot needs a name, unless it is waived. */
export const withoutSnapshot: Undeletable = (existing) => {
  const { skipFinalSnapshot, finalSnapshotIdentifier } = plainAll(existing.inputs);
  return skipFinalSnapshot === true || (finalSnapshotIdentifier ?? null) !== null
    ? undefined
    : "finalSnapshotIdentifier is missing: name the last snapshot, or set skipFinalSnapshot to true and update first";
};

export const cards: Cards = {
  "aws:rds/instance:Instance": {
    source: "rds/instance.go",
    // terraform-provider-aws, internal/service/rds: instance.go suppresses the one, engine_version.go the other.
    suppressed: { allocatedStorage: grownStorage, engineVersion: raisedMinor },
    id: (resource) => `db-${resource.token(26, UPPER)}`,
    autoname: { property: "identifier", limit: 63, lower: true },
    unique: "identifier",
    unchangeable: upgrades,
    computed: {
      arn: (resource) => resource.arn("rds", `db:${named(resource, "identifier")}`),
      address: (resource) => rdsHost(resource, named(resource, "identifier")),
      endpoint: (resource) => `${rdsHost(resource, named(resource, "identifier"))}:${portOf(resource)}`,
      port: enginePort,
      hostedZoneId: "Z2R2ITUGPM61AM",
      engineVersionActual: (resource) => resource.text("engineVersion"),
      upgradeRolloutOrder: "second",
      masterUserSecrets: masterSecrets("db"),
      resourceId: (resource) => resource.id,
      status: "available",
      availabilityZone: (resource) => `${resource.region}a`,
      parameterGroupName: (resource) =>
        `default.${resource.text("engine")}${resource.text("engineVersion").split(".")[0] ?? ""}`,
      username: "postgres",
      listenerEndpoints: [],
      replicas: [],
      latestRestorableTime: (resource) => resource.now,
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
    references: {
      dbSubnetGroupName: subnetGroup("rds"),
      parameterGroupName: parameterGroup("rds"),
      optionGroupName: { type: "aws:rds/optionGroup:OptionGroup", id: optionGroup, keeps: true },
      kmsKeyId: key,
      monitoringRoleArn: role,
      "vpcSecurityGroupIds[]": group,
    },
    roles: { monitoringRoleArn: "monitoring.rds" },
    replaces: `
      availabilityZone backupTarget characterSetName customIamInstanceProfile dbName engine kmsKeyId
      ncharCharacterSetName restoreToPointInTime# s3Import.bucketName s3Import.bucketPrefix
      s3Import.ingestionRole s3Import.sourceEngine s3Import.sourceEngineVersion snapshotIdentifier
      storageEncrypted timezone username
    `,
    replacesWhen: { snapshotIdentifier: given("snapshotIdentifier") },
    constraints: [
      blueGreen,
      storageGrowth,
      range("backupRetentionPeriod", 0, 35),
      masterUser,
      storage,
      monitoring,
      sized("instanceClass", "rds", "db.t4g.micro"),
      windows("backupWindow", "maintenanceWindow"),
      groupFamily("parameterGroupName", "aws:rds/parameterGroup:ParameterGroup"),
    ],
    protectedBy: "deletionProtection",
    undeletable: withoutSnapshot,
    holds: "a database",
    creationWhen: [
      {
        when: ({ multiAz }) => multiAz === true,
        figure: {
          from: "15m0s",
          to: "20m0s",
          source: `with a standby and its first backup, in 2014: ${terraform}/issues/498`,
        },
      },
    ],
    creation: {
      runs:
        "2m53s 3m3s 3m16s 3m16s 3m27s 3m27s 3m45s 3m53s 4m3s 4m5s 4m6s 4m7s 4m25s 4m36s 4m52s 4m54s 4m55s 4m56s 5m2s 5m15s " +
        "5m16s 5m57s 6m8s 6m34s 7m58s",
      source: `${logs("aws_db_instance")}; MySQL and PostgreSQL in one zone`,
    },
    deletion: { runs: "1m51s 3m15s 4m3s 4m26s 6m25s", source: endings("aws_db_instance") },
  },
};
