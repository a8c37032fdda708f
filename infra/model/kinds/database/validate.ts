// Databases of a service: values that must fit each other.
import { postgresVersionProblems } from "../../../../components/kit/engines";
import { mebibytes } from "../../../../components/kit/units";
import type { Findings } from "../../findings";
import type { AuroraServerless, Ownership, PostgresInstance } from "../../system";

/** Checks the stores that a service owns. */
export function checkStores(path: string, { database }: Ownership, findings: Findings): void {
  if (database) checkVersions(`${path}.database.`, database, findings);
  if (database?.kind === "postgres") checkStorage(`${path}.database`, database, findings);
  else if (database) checkCapacity(`${path}.database`, database, findings);
}

/** An upgrade goes to a later major version; also for what an environment makes of it. */
export function checkVersions(
  path: string,
  { engineVersion = "16", upgradeFrom }: PostgresInstance | AuroraServerless,
  findings: Findings,
): void {
  findings.problems.push(...postgresVersionProblems(path, engineVersion, upgradeFrom));
}

function checkStorage(
  path: string,
  { allocatedStorage, maxAllocatedStorage }: PostgresInstance,
  findings: Findings,
): void {
  findings.require(
    (mebibytes(allocatedStorage) ?? 0) <= (mebibytes(maxAllocatedStorage) ?? Infinity),
    `${path}.maxAllocatedStorage`,
    maxAllocatedStorage,
    `at least allocatedStorage, which is ${allocatedStorage}`,
    "raise the upper bound",
  );
}

// Pausing at 0 ACU is the environment's to say (`scaleToZero`).
function checkCapacity(path: string, { minCapacity, maxCapacity }: AuroraServerless, findings: Findings): void {
  findings.require(
    maxCapacity >= Math.max(1, minCapacity),
    `${path}.maxCapacity`,
    maxCapacity,
    `at least 1 and at least minCapacity, which is ${minCapacity}`,
    "raise the upper bound",
  );
}
