// What differs between environments, as data of one type; one file an environment fills it in (infra/environments).
import type { Duration, Size } from "../../components/base/units";
import type { Scaling } from "./system";

/** A profile: sizes, redundancy, retention and protection of one environment. */
export interface Environment {
  /** `local`, `dev`, `staging` or `prod`. */
  readonly name: string;
  readonly network: {
    /** IPv4 range of the VPC, /16 to /20. */
    readonly cidr: string;
    /** Zones used, 2–6; the configuration names them. */
    readonly zoneCount: number;
    readonly nat: Nat;
    /** Zones that get interface endpoints, 1 to `zoneCount`. */
    readonly endpointZones: number;
  };
  /** Days that logs are kept; one of CloudWatch's values. */
  readonly logRetentionDays: number;
  /** How Fargate tasks are split: `base` tasks on demand, then the two weights. */
  readonly capacity: { readonly base: number; readonly onDemandWeight: number; readonly spotWeight: number };
  /** Whether data outlives a mistake: deletion protection, final snapshots, buckets that refuse to go while full. */
  readonly protectData: boolean;
  /** Whether an image may carry the tag `latest`, which changes without a deployment. */
  readonly allowLatestImages: boolean;
  /** Whether a service that others wait for may run as a single task. */
  readonly allowSingleReplica: boolean;
  /**
   * Bounds on every service's task count: `min` tasks are enough to keep running, and none grows beyond `max`.
   * @default the system's own numbers
   */
  readonly tasks?: { readonly min: number; readonly max: number };
  readonly database: {
    readonly multiAz: boolean;
    /** Aurora readers beside the writer. */
    readonly readers: number;
    /** Whether Aurora may pause at 0 ACU. */
    readonly scaleToZero: boolean;
    /** Never less than this is kept; a service may ask for more. */
    readonly minBackupRetention: Duration;
  };
  readonly cache: { readonly nodeType: `cache.${string}`; readonly nodes: number };
  /** What a service has differently here, by system and service. @default nothing */
  readonly services?: Readonly<Record<string, Readonly<Record<string, ServiceOverride>>>>;
}

/** Network address translation for what may reach the internet. */
export type Nat = "none" | "single" | "per-zone" | { readonly count: number } | { readonly instanceType: string };

/** The part of a service that an environment may change. */
export interface ServiceOverride {
  readonly cpu?: number;
  readonly memory?: Size;
  readonly scaling?: Partial<Scaling>;
  readonly instanceClass?: `db.${string}`;
}
