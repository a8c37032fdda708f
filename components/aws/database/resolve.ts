// What a database's arguments mean: every default in one place. Pure.
import { mebibytes, POSTGRES_MAJORS, seconds } from "../../kit";
import type { DatabaseArgs, PostgresDatabaseArgs, ServerlessDatabaseArgs } from "./args";

/** Defaults of both databases. */
export const SHARED_DEFAULTS = { engineVersion: "16", backupRetention: "7d", logRetentionInDays: 30 } as const;
/** Defaults of an instance; the smallest of the e-commerce system. */
export const POSTGRES_DEFAULTS = {
  instanceClass: "db.t3.micro",
  allocatedStorage: "20 GiB",
  maxAllocatedStorage: "100 GiB",
} as const;
/** Defaults of a serverless cluster; those of the e-commerce system. */
export const SERVERLESS_DEFAULTS = {
  minCapacity: 0.5,
  maxCapacity: 4,
  readers: 1,
  scaleToZero: false,
  autoPauseAfter: "5m",
} as const;

/** Resolved arguments that both databases share. */
export interface ResolvedDatabase {
  readonly databaseName: string;
  readonly masterUsername: string;
  readonly engineVersion: string;
  /** The major version, which names the parameter group's family. */
  readonly major: string;
  /** The major version that is being upgraded from. */
  readonly upgradeFrom: string | undefined;
  readonly snapshotIdentifier: string | undefined;
  readonly backupRetentionPeriod: number;
  readonly performanceInsights: boolean;
  readonly logRetentionInDays: number;
  readonly protectData: boolean;
}

/** Resolved arguments of an instance. */
export interface ResolvedPostgres extends ResolvedDatabase {
  readonly instanceClass: string;
  /** GiB. */
  readonly allocatedStorage: number;
  /** GiB; undefined: the storage never grows. */
  readonly maxAllocatedStorage: number | undefined;
  readonly multiAz: boolean;
  readonly readReplica: boolean;
}

/** Resolved arguments of a serverless cluster. */
export interface ResolvedServerless extends ResolvedDatabase {
  readonly minCapacity: number;
  readonly maxCapacity: number;
  /** Undefined: it never pauses. */
  readonly secondsUntilAutoPause: number | undefined;
  /** Roles of the cluster's instances: `writer`, `reader-1`, …; a reader more or less moves no other. */
  readonly instances: readonly string[];
}

/** Decides an instance; call `validatePostgres` first. */
export function resolvePostgres(args: PostgresDatabaseArgs): ResolvedPostgres {
  const allocatedStorage = gibibytes(args.allocatedStorage ?? POSTGRES_DEFAULTS.allocatedStorage);
  const growth =
    args.maxAllocatedStorage === undefined
      ? Math.max(allocatedStorage, gibibytes(POSTGRES_DEFAULTS.maxAllocatedStorage))
      : gibibytes(args.maxAllocatedStorage);
  return {
    ...resolveShared(args),
    instanceClass: args.instanceClass ?? POSTGRES_DEFAULTS.instanceClass,
    allocatedStorage,
    // Less than 10 % above what is allocated, RDS refuses to watch the storage.
    maxAllocatedStorage: growth >= allocatedStorage * 1.1 ? growth : undefined,
    multiAz: args.multiAz ?? true,
    readReplica: args.readReplica ?? false,
  };
}

/** Decides a serverless cluster; call `validateServerless` first. */
export function resolveServerless(args: ServerlessDatabaseArgs): ResolvedServerless {
  const scaleToZero = args.scaleToZero ?? SERVERLESS_DEFAULTS.scaleToZero;
  const readers = args.readers ?? SERVERLESS_DEFAULTS.readers;
  return {
    ...resolveShared(args),
    minCapacity: scaleToZero ? 0 : (args.minCapacity ?? SERVERLESS_DEFAULTS.minCapacity),
    maxCapacity: args.maxCapacity ?? SERVERLESS_DEFAULTS.maxCapacity,
    secondsUntilAutoPause: scaleToZero ? seconds(args.autoPauseAfter ?? SERVERLESS_DEFAULTS.autoPauseAfter) : undefined,
    instances: ["writer", ...Array.from({ length: readers }, (_, index) => `reader-${index + 1}`)],
  };
}

function resolveShared(args: DatabaseArgs): ResolvedDatabase {
  const engineVersion = args.engineVersion ?? SHARED_DEFAULTS.engineVersion;
  return {
    databaseName: args.databaseName,
    masterUsername: args.masterUsername ?? args.databaseName,
    engineVersion,
    major: engineVersion.split(".")[0] ?? engineVersion,
    upgradeFrom: args.upgradeFrom,
    snapshotIdentifier: args.snapshotIdentifier,
    backupRetentionPeriod: (seconds(args.backupRetention ?? SHARED_DEFAULTS.backupRetention) ?? 0) / 86_400,
    performanceInsights: args.performanceInsights ?? true,
    logRetentionInDays: args.logRetentionInDays ?? SHARED_DEFAULTS.logRetentionInDays,
    protectData: args.protectData ?? true,
  };
}

/**
 * Major versions whose parameter groups are kept, because the server uses them until its upgrade is done: the one that is upgraded
 * from, or every earlier one where a transform allows the upgrade and does not say from which.
 */
export function earlierMajors({ major, upgradeFrom }: ResolvedDatabase, allowed: boolean): readonly string[] {
  if (upgradeFrom !== undefined) return [upgradeFrom];
  return allowed ? POSTGRES_MAJORS.filter((each) => each < Number(major)).map(String) : [];
}

function gibibytes(size: string): number {
  return (mebibytes(size) ?? 0) / 1024;
}
