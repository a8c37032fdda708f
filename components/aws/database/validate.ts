// What can be wrong with a database's arguments. Pure; everything is found at once.
import {
  DATABASE_CLASSES,
  DATABASE_NAMES,
  durationWithin,
  isDatabaseClass,
  isDatabaseName,
  isMasterName,
  lowerCaseProblems,
  MASTER_NAMES,
  offeredVersionProblems,
  pauseProblems,
  postgresVersionProblems,
  type Problem,
  retentionProblems,
  snapshotProblems,
  storageProblems,
  unless,
  wholeDays,
  wholeNumber,
} from "../../kit";
import type { DatabaseArgs, PostgresDatabaseArgs, ServerlessDatabaseArgs } from "./args";
import { POSTGRES_DEFAULTS, SERVERLESS_DEFAULTS, SHARED_DEFAULTS } from "./resolve";

/** IAM role names hold 64 characters; "-monitoring" and Pulumi's suffix come behind the name. */
const NAME_LIMIT = 45;
/** Everything that is wrong with the arguments of an instance. */
export function validatePostgres(name: string, args: PostgresDatabaseArgs): Problem[] {
  return [
    ...sharedProblems(name, args, "postgres"),
    ...classProblems(args.instanceClass),
    ...storageProblems("", { allocatedStorage: POSTGRES_DEFAULTS.allocatedStorage, ...args }),
  ];
}

/** Everything that is wrong with the arguments of a serverless cluster. */
export function validateServerless(name: string, args: ServerlessDatabaseArgs): Problem[] {
  return [
    ...sharedProblems(name, args, "auroraPostgres"),
    ...capacityProblems(args),
    ...wholeNumber("readers", args.readers, 0, 15, "one reader is enough to fail over to"),
    ...autoPauseProblems(args),
  ];
}

function sharedProblems(name: string, args: DatabaseArgs, engine: "postgres" | "auroraPostgres"): Problem[] {
  const { databaseName, masterUsername = databaseName, engineVersion = SHARED_DEFAULTS.engineVersion } = args;
  const remedy = "rename the component: the identifier of the database begins with its name";
  const problems = lowerCaseProblems("name", name, remedy, NAME_LIMIT);
  const hasName = isDatabaseName(databaseName);
  const named = { path: "databaseName", value: databaseName, allowed: DATABASE_NAMES };
  problems.push(...unless(hasName, { ...named, remedy: "choose another databaseName" }));
  // A master name that follows from the database's is reported once, unless only users may not be called so.
  const isOwn = args.masterUsername !== undefined || hasName;
  const master = { path: "masterUsername", value: masterUsername, allowed: MASTER_NAMES };
  problems.push(
    ...unless(!isOwn || isMasterName(masterUsername), { ...master, remedy: "choose another masterUsername" }),
  );
  return [
    ...problems,
    ...postgresVersionProblems("", engineVersion, args.upgradeFrom),
    ...offeredVersionProblems("engineVersion", engine, engineVersion),
    ...snapshotProblems("snapshotIdentifier", args.snapshotIdentifier),
    ...isolationProblems(args),
    ...wholeDays("backupRetention", args.backupRetention, 1, 35),
    ...retentionProblems("logRetentionInDays", args.logRetentionInDays),
  ];
}

function isolationProblems({ network }: DatabaseArgs): Problem[] {
  const subnets = network.isolatedSubnetIds;
  if (!Array.isArray(subnets) || subnets.length >= 2) return [];
  return [
    {
      path: "network.isolatedSubnetIds",
      value: `${subnets.length} subnets`,
      allowed: "two subnets or more, in different zones: RDS takes no subnet group in one zone",
      remedy: "give one isolated subnet a zone",
    },
  ];
}

function classProblems(instanceClass: string = POSTGRES_DEFAULTS.instanceClass): Problem[] {
  return unless(isDatabaseClass(instanceClass), {
    path: "instanceClass",
    value: instanceClass,
    allowed: DATABASE_CLASSES,
    remedy: "take a class from the list of Amazon RDS; serverless capacity is ServerlessDatabase",
  });
}

function capacityProblems(args: ServerlessDatabaseArgs): Problem[] {
  const problems: Problem[] = [];
  const { minCapacity = SERVERLESS_DEFAULTS.minCapacity, maxCapacity = SERVERLESS_DEFAULTS.maxCapacity } = args;
  const limits = [
    ["minCapacity", minCapacity, 0.5, "for 0, set scaleToZero"],
    ["maxCapacity", maxCapacity, 1, "one unit is about 2 GiB of memory"],
  ] as const;
  for (const [path, value, lowest, remedy] of limits) {
    if (value < lowest || value > 256 || !Number.isInteger(value * 2)) {
      problems.push({ path, value, allowed: `${lowest} to 256 capacity units in steps of 0.5`, remedy });
    }
  }
  if (minCapacity > maxCapacity) {
    problems.push({
      path: "minCapacity",
      value: minCapacity,
      allowed: `at most maxCapacity, which is ${maxCapacity}`,
      remedy: "lower minCapacity or raise maxCapacity",
    });
  }
  return problems;
}

function autoPauseProblems(args: ServerlessDatabaseArgs): Problem[] {
  const { autoPauseAfter, scaleToZero = SERVERLESS_DEFAULTS.scaleToZero } = args;
  const { engineVersion = SHARED_DEFAULTS.engineVersion } = args;
  const problems = durationWithin("autoPauseAfter", autoPauseAfter, "5m", "1d");
  if (autoPauseAfter !== undefined && !scaleToZero) {
    problems.push({
      path: "autoPauseAfter",
      value: autoPauseAfter,
      allowed: "nothing without scaleToZero",
      remedy: "set scaleToZero or leave autoPauseAfter out",
    });
  }
  return scaleToZero ? [...problems, ...pauseProblems("engineVersion", engineVersion)] : problems;
}
