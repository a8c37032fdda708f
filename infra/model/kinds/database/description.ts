// Description schema: the database of a service. Other services have no access to it; they call its API or consume its events.
import type * as v from "valibot";
import { Cpu, Memory, TaskRuntime } from "../service/runtime";
import {
  DATABASE_CLASSES,
  isDatabaseClass,
  isDatabaseName,
  isMasterName,
  isSnapshot,
  MASTER_NAMES,
  POSTGRES_MAJORS,
  POSTGRES_VERSIONS,
  postgresMajor,
  SNAPSHOTS,
} from "../../../../components/kit/engines";
import {
  days,
  either,
  flag,
  list,
  object,
  oneOf,
  optional,
  type Schema,
  sentence,
  size,
  text,
  value,
  variant,
  whole,
} from "../../schema/words";

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
 * A task that changes the schema. A person or a pipeline runs it with the command that the stack's outputs name; no service can read the
 * master user's secret, which it needs. The database user `app` exists before it.
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
  /** Requirements of the image on its container. @default those of the service, where it runs the service's image */
  runtime: optional(TaskRuntime),
});

const DatabaseName: Schema<string> = value<string>(
  (given) => typeof given === "string" && isDatabaseName(given) && isMasterName(given) && given === given.toLowerCase(),
  `lower-case ${MASTER_NAMES}`,
  "choose another name, such as orderservice",
  "string",
);

const database = {
  /** Database name inside the server (`orderservice`). */
  databaseName: DatabaseName,
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
  /** How long automatic backups are kept, in days; an environment may set more. */
  backupRetention: days(1, 35),
  /** Databases beside `databaseName` in the same server, with the same users (`["reporting"]`). One that is removed here stays. @default none */
  databases: optional(list(DatabaseName, { least: 1, most: 20, remedy: "name each database once" })),
  /**
   * Instances that take reads only: of a PostgreSQL instance at most one, of Aurora up to 15. The service gets their host as `DB_READER_HOST`.
   * What was written a moment ago may be missing there. @default none; of Aurora as many as the environment says, for failover
   */
  readers: optional(whole(0, 15)),
  /** @default none: nothing changes the schema */
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

/** Keys under `owns` of a service. */
export const owns = {
  database: optional(variant("kind", { postgres: PostgresInstance, "aurora-serverless": AuroraServerless })),
};

/** Keys of a service. */
export const service = {
  /**
   * Databases of other services of its context that it reads, as a read-only user: for reports. The owner's tables become
   * a contract, so a copy of the data (`projects`) is better. @default none
   */
  readsDatabases: optional(
    list(object({ of: text(), reason: sentence("say why a copy of the data does not do") }), {
      least: 1,
      most: 10,
      remedy: "name each service once",
    }),
  ),
};

/** Keys of `uses` of a function or a job. */
export const uses = {
  /** Whether it opens its service's database; "reads": as a user that only reads rows, at the readers where there are any. @default false */
  database: optional(either("reads", flag())),
};
