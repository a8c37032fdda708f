// What a service keeps. Nobody else gets in: other services ask its API or listen to its events.
import type * as v from "valibot";
import { Cpu, Memory, TaskRuntime } from "../service/runtime";
import { isSnapshot, POSTGRES_MAJORS, POSTGRES_VERSIONS, postgresMajor, SNAPSHOTS } from "../../../../components/kit/engines";
import { isDatabaseName, isMasterName, MASTER_NAMES } from "../../../../components/kit/engines";
import { DATABASE_CLASSES, isDatabaseClass } from "../../../../components/kit/engines";
import {
  days,
  flag,
  list,
  matching,
  object,
  oneOf,
  optional,
  record,
  type Schema,
  sentence,
  size,
  text,
  value,
  variant,
} from "../../schema/words";

/** A store that can be described before it can be built. */
export interface Engine extends v.InferOutput<typeof Engine> {}
const engine = {
  /** Why this kind of store. */
  reason: sentence("say why this kind of store"),
};
export const Engine = object(engine);

/** A key-value table. */
export interface Table extends v.InferOutput<typeof Table> {}
export const Table = object({ ...engine, partitionKey: text(255), sortKey: optional(text(255)) });

/** The class of an RDS instance: `db.t3.micro`. */
export const InstanceClass: Schema<`db.${string}`> = value(
  (given) => typeof given === "string" && isDatabaseClass(given),
  DATABASE_CLASSES,
  'write it like "db.t3.micro", from the list of Amazon RDS',
  "string",
);

/** A version of PostgreSQL that RDS and Aurora offer. */
export const PostgresVersion: Schema<string> = value(
  (given) => typeof given === "string" && postgresMajor(given) !== undefined,
  POSTGRES_VERSIONS,
  'write "16", and let RDS follow the minor versions',
  "string",
);
/** A major version of PostgreSQL. */
export const PostgresMajor: Schema<string> = oneOf<string>(...POSTGRES_MAJORS.map(String));

/**
 * A task that creates the database user `app` and changes the schema. A person or a pipeline runs it with the command that the
 * stack's outputs name; no service can read the master user's secret, which it needs.
 */
export interface Migration extends v.InferOutput<typeof Migration> {}
export const Migration = object({
  /** Replaces the image's command (`["node", "migrate.js"]`); needed with the service's image. @default the image's own */
  command: optional(list(text(), { least: 1, most: 100, remedy: "write the program and its arguments" })),
  /** The service's image, or one of its own, which `archipelago:images` names as `<service>-migration`. @default "service" */
  image: optional(oneOf("service", "own")),
  /** CPU units (1024 = 1 vCPU). @default 256 */
  cpu: optional(Cpu),
  /** @default "512 MiB" */
  memory: optional(Memory),
  /** What the image needs of its container. @default with the service's image, what the service says */
  runtime: optional(TaskRuntime),
});

const database = {
  /** Database name inside the server (`orderservice`). */
  databaseName: value<string>(
    (given) =>
      typeof given === "string" && isDatabaseName(given) && isMasterName(given) && given === given.toLowerCase(),
    `lower-case ${MASTER_NAMES}`,
    "choose another name, such as orderservice",
    "string",
  ),
  /** Major version, or major and minor. @default the database component's: "16" */
  engineVersion: optional(PostgresVersion),
  /** The major version that it has now, while `engineVersion` names a later one. @default no major upgrade */
  upgradeFrom: optional(PostgresMajor),
  /**
   * Snapshot that it is created from, by name or ARN; a stack may name its own in `services`. Another one replaces the database,
   * removing it changes nothing. @default an empty database
   */
  snapshotIdentifier: optional(
    value<string>(
      (given) => typeof given === "string" && isSnapshot(given),
      SNAPSHOTS,
      "look it up: aws rds describe-db-snapshots, or describe-db-cluster-snapshots for Aurora",
      "string",
    ),
  ),
  /** How long automatic backups are kept, in days; an environment may ask for more. */
  backupRetention: days(1, 35),
  /** @default none: an administrator creates the database user `app` */
  migration: optional(Migration),
};

/** One PostgreSQL instance. */
export interface PostgresInstance extends v.InferOutput<typeof PostgresInstance> {}
const storage = size("20 GiB", "64 TiB");
export const PostgresInstance = object({
  kind: oneOf("postgres"),
  ...database,
  /** `db.t3.micro` */
  instanceClass: InstanceClass,
  allocatedStorage: storage,
  maxAllocatedStorage: storage,
  /** Query load of seven days, free of charge. @default true */
  performanceInsights: optional(flag()),
});

const Capacity: Schema<number> = value(
  (given) => typeof given === "number" && Number.isInteger(given * 2) && given >= 0.5 && given <= 256,
  "0.5 to 256 ACU in steps of 0.5",
  "choose a capacity that Aurora offers, without quotes",
  "number",
);

/** An Aurora PostgreSQL Serverless v2 cluster. */
export interface AuroraServerless extends v.InferOutput<typeof AuroraServerless> {}
export const AuroraServerless = object({
  kind: oneOf("aurora-serverless"),
  ...database,
  /** ACU, 0.5–256 in steps of 0.5; an environment may let it pause at 0. */
  minCapacity: Capacity,
  maxCapacity: Capacity,
});

/** A private object store. */
export interface Bucket extends v.InferOutput<typeof Bucket> {}
export const Bucket = object({
  /** Origins whose pages may read and upload. @default none */
  corsOrigins: optional(
    list(
      matching(
        /^https:\/\/[a-z0-9.-]+(:\d+)?$/,
        "an origin over TLS without wildcard or path, such as https://shop.example.com",
        "name the pages that may read and upload, one by one",
      ),
    ),
  ),
  /** Age at which versions that were replaced are deleted. @default "30d" */
  noncurrentVersionExpiration: optional(days(1, 3650)),
});

// S3 allows 63 characters for `<service>-<bucket>-…` and Pulumi's suffix.
const LONGEST_BUCKET_NAME = 20;
const BucketName = matching(
  /^[a-z](?:[a-z0-9-]*[a-z0-9])?$/,
  `lower-case letters, digits and dashes, at most ${LONGEST_BUCKET_NAME}`,
  "shorten or respell it",
  LONGEST_BUCKET_NAME,
);

/** Stores of a service. */
export interface Ownership extends v.InferOutput<typeof Ownership> {}
export const Ownership = object({
  database: optional(variant("kind", { postgres: PostgresInstance, "aurora-serverless": AuroraServerless })),
  /** Buckets by name (`images`). */
  buckets: optional(record(BucketName, Bucket)),
  /** Key-value tables by name. Not built yet: a description that has one is refused. */
  tables: optional(record(text(), Table)),
  /** A search index (OpenSearch). Not built yet: a description that has one is refused. */
  search: optional(Engine),
  /** A document database (DocumentDB). Not built yet: a description that has one is refused. */
  documents: optional(Engine),
  /** A column store for analytical queries (ClickHouse). Not built yet: a description that has one is refused. */
  analytics: optional(Engine),
  /** A stream of records (Kinesis). Not built yet: a description that has one is refused. */
  stream: optional(Engine),
});
