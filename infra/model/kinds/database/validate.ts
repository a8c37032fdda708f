// Databases of a service: values that must fit each other.
import { runtimeProblems } from "../../../../components/kit/container-runtime";
import { postgresVersionProblems } from "../../../../components/kit/engines";
import { mebibytes } from "../../../../components/kit/units";
import type { Findings } from "../../findings";
import { DEFAULTS } from "../../resolve";
import type { AuroraServerless, Migration, PostgresInstance, Service, System } from "../../system";
import { migrationName } from "./migration";

/** Checks the databases of a system. */
export function databaseConflicts(system: System, findings: Findings): void {
  for (const [name, service] of Object.entries(system.services)) {
    const { owns } = service;
    checkReading(name, service, system, findings);
    if (!owns?.database) continue;
    const { database } = owns;
    const path = `services.${name}.owns.database`;
    checkVersions(`${path}.`, database, findings);
    checkDatabases(path, database, findings);
    const { readers = 0 } = database;
    findings.require(
      database.kind !== "postgres" || readers <= 1,
      `${path}.readers`,
      readers,
      "0 or 1: an instance has one host for reads",
      'write 1, or describe a database of the kind "aurora-serverless", which spreads reads',
    );
    if (database.kind === "postgres") checkStorage(path, database, findings);
    else checkCapacity(path, database, findings);
    if (database.migration) checkMigration(name, database.migration, system, findings);
  }
}

/** Another service's database is read within the context only, and through its owner otherwise. */
function checkReading(
  name: string,
  { context, readsDatabases = [] }: Service,
  system: System,
  findings: Findings,
): void {
  readsDatabases.forEach(({ of }, index) => {
    const path = `services.${name}.readsDatabases[${index}].of`;
    const described = Object.hasOwn(system.services, of) ? system.services[of] : undefined;
    if (!described?.owns?.database) {
      const owners = Object.entries(system.services).flatMap(([each, { owns }]) => (owns?.database ? [each] : []));
      findings.requireKnown(of, owners, path, "service with a database");
      return;
    }
    findings.require(
      of !== name,
      path,
      of,
      "another service",
      'remove it: a service reads its own database; a job does by uses: { database: "reads" }',
    );
    findings.require(
      described.context === context,
      path,
      of,
      `a service of the context ${context}: ${of} is one of ${described.context}`,
      "call the service, or keep a copy of the data (projects)",
    );
  });
}

/** An upgrade goes to a later major version; also for what an environment makes of it. */
export function checkVersions(
  path: string,
  { engineVersion = "16", upgradeFrom }: PostgresInstance | AuroraServerless,
  findings: Findings,
): void {
  findings.problems.push(...postgresVersionProblems(path, engineVersion, upgradeFrom));
}

/** Databases beside the first have names of their own, and none of those that a server has by itself. */
function checkDatabases(
  path: string,
  { databaseName, databases = [] }: PostgresInstance | AuroraServerless,
  findings: Findings,
): void {
  const taken = new Set(["postgres", "rdsadmin", "template0", "template1", databaseName]);
  databases.forEach((database, index) => {
    findings.require(
      !taken.has(database),
      `${path}.databases[${index}]`,
      database,
      "a name that the server does not have yet",
      "remove it, or choose another name",
    );
    taken.add(database);
  });
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

/** The task that prepares the database. */
function checkMigration(
  service: string,
  { command, image, memory = DEFAULTS.memory, runtime }: Migration,
  system: System,
  findings: Findings,
) {
  const path = `services.${service}.owns.database.migration`;
  const name = migrationName(service);
  findings.require(
    command !== undefined || image === "own",
    `${path}.command`,
    command,
    "set, because the image is the service's: its own command would start the service",
    'write what migrates, such as ["node", "migrate.js"], or set image: "own"',
  );
  findings.require(
    !(name in system.services),
    `services.${name}`,
    name,
    `another name: the migration of ${service} has this one`,
    "rename the service, or remove the migration",
  );
  findings.problems.push(...runtimeProblems(`${path}.runtime.`, runtime ?? {}, mebibytes(memory)));
}
