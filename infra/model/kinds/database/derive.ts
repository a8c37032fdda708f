// The database of a service as an environment has it.
import { type Duration, seconds } from "../../../../components/kit/units";
import { overrideOf, type Sources } from "../../resolve";
import type { AuroraServerless, PostgresInstance } from "./description";

/** The service's database as this environment has it. */
export function resolveDatabase(sources: Sources): PostgresInstance | AuroraServerless | undefined {
  const { settings, environment, service } = sources;
  const database = service.owns?.database;
  if (database === undefined) return undefined;
  const override = overrideOf(sources);
  const engineVersion = override?.engineVersion ?? database.engineVersion;
  const upgradeFrom = override?.upgradeFrom ?? database.upgradeFrom;
  const snapshotIdentifier = settings?.snapshotIdentifier ?? database.snapshotIdentifier;
  const decided = {
    backupRetention: longer(database.backupRetention, environment.database.minBackupRetention),
    ...(engineVersion !== undefined && { engineVersion }),
    ...(upgradeFrom !== undefined && { upgradeFrom }),
    ...(snapshotIdentifier !== undefined && { snapshotIdentifier }),
  };
  if (database.kind === "aurora-serverless") return { ...database, ...decided };
  return { ...database, ...decided, instanceClass: override?.instanceClass ?? database.instanceClass };
}

function longer(one: Duration, other: Duration): Duration {
  return (seconds(one) ?? 0) >= (seconds(other) ?? 0) ? one : other;
}
