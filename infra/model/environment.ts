// The settings that differ between environments; infra/environments has one file for each environment.
import type * as v from "valibot";
import { CACHE_NODE_TYPES, isCacheNodeType } from "../../components/kit/engines";
import { LOG_RETENTION_DAYS } from "../../components/kit/limits";
import { LARGEST_PREFIX, SMALLEST_PREFIX } from "../../components/kit/subnets";
import {
  days,
  flag,
  forms,
  keyed,
  matching,
  object,
  oneOf,
  optional,
  partial,
  record,
  text,
  value,
  whole,
} from "./schema/words";
import { Cpu, Memory } from "./kinds/service/runtime";
import { Scaling, TaskCount } from "./kinds/service/description";
import { InstanceClass, PostgresMajor, PostgresVersion } from "./kinds/database/description";

const ZoneCount = whole(2, 6);
const Mask = whole(LARGEST_PREFIX, SMALLEST_PREFIX);
/** Prefix lengths of the subnets by tier, 16 to 28: the number after the slash, such as 24 for a /24. */
export interface Masks extends v.InferOutput<typeof Masks> {}
export const Masks = object({ public: optional(Mask), private: optional(Mask), isolated: optional(Mask) });

/** Network address translation for what may reach the internet. */
export type Nat = v.InferOutput<typeof Nat>;
export const Nat = forms('"none", "single", "per-zone", { count: 1 to 6 } or { instanceType }', {
  text: oneOf("none", "single", "per-zone"),
  mapping: keyed({
    count: object({ /** Zones with a NAT gateway, 1 to `zoneCount`. */ count: whole(1, 6) }),
    instanceType: object({
      /** EC2 instance type of a NAT instance (`t4g.nano`). */
      instanceType: matching(/^[a-z0-9-]+\.[a-z0-9-]+$/, "an EC2 instance type, such as t4g.nano"),
    }),
  }),
});

/** The part of a service that an environment may change. */
export interface ServiceOverride extends v.InferOutput<typeof ServiceOverride> {}
export const ServiceOverride = object({
  /** CPU units (1024 = 1 vCPU). */
  cpu: optional(Cpu),
  memory: optional(Memory),
  scaling: optional(partial(Scaling)),
  /** Of a PostgreSQL instance (`db.t3.micro`). */
  instanceClass: optional(InstanceClass),
  /** Version of its database, so that one environment is upgraded before another. */
  engineVersion: optional(PostgresVersion),
  /** The major version that its database has here, while `engineVersion` names a later one. */
  upgradeFrom: optional(PostgresMajor),
  /** Whether its stores are protected, so that one service may be removed. @default the environment's */
  protectData: optional(flag()),
});

/** A profile: sizes, redundancy, retention and protection of one environment. */
export interface Environment extends v.InferOutput<typeof Environment> {}
export const Environment = object({
  /** `local`, `dev`, `staging` or `prod`. */
  name: matching(/^[a-z][a-z0-9-]*$/, "lower-case letters, digits and dashes, at most 20", "respell it", 20),
  network: object({
    /** IPv4 range of the VPC, /16 or smaller, with room for six zones of every tier. */
    cidr: text(18),
    /**
     * Prefix lengths of the subnets, 16 to 28; what stands can't change them.
     * @default /24 in each tier
     */
    masks: optional(Masks),
    /** Zones used, 2–6; the configuration names them. */
    zoneCount: ZoneCount,
    nat: Nat,
    /** Zones that get interface endpoints, 1 to `zoneCount`. */
    endpointZones: whole(1, 6),
  }),
  /** Days that logs are kept; one of CloudWatch's values. */
  logRetentionDays: oneOf(...LOG_RETENTION_DAYS),
  /** How Fargate tasks are split: `base` tasks on demand, then the two weights. */
  capacity: object({
    base: whole(0, 1000),
    onDemandWeight: whole(0, 1000),
    spotWeight: whole(0, 1000),
  }),
  /**
   * Whether a run waits until the new tasks of a service run, and fails when ECS rolls them back.
   * @default true
   */
  waitForSteadyState: optional(flag()),
  /** Whether data outlives a mistake: deletion protection, final snapshots, buckets that refuse to go while full. */
  protectData: flag(),
  /** Whether an image may carry the tag `latest`, which changes without a deployment. */
  allowLatestImages: flag(),
  /** Whether a service that others wait for may run as a single task. */
  allowSingleReplica: flag(),
  /**
   * Bounds on every service's task count: `min` tasks are enough to keep running, and none grows beyond `max`.
   * @default the system's own numbers
   */
  tasks: optional(object({ min: TaskCount, max: TaskCount })),
  database: object({
    multiAz: flag(),
    /** Aurora readers beside the writer. */
    readers: whole(0, 15),
    /** Whether Aurora may pause at 0 ACU. */
    scaleToZero: flag(),
    /** Never less than this is kept; a service may ask for more. */
    minBackupRetention: days(1, 35),
  }),
  cache: object({
    nodeType: value<`cache.${string}`>(
      (given) => typeof given === "string" && isCacheNodeType(given),
      CACHE_NODE_TYPES,
      'write it like "cache.t3.micro", from the list of ElastiCache',
      "string",
    ),
    nodes: whole(1, 6),
  }),
  /** Overrides of services in this environment, by system and service. @default none */
  services: optional(record(text(20), record(text(), ServiceOverride))),
});
