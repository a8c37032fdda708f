// Databases on AWS: the component, the function that makes the users which services sign in as, and the task that changes the schema.
import type * as pulumi from "@pulumi/pulumi";
import { PostgresDatabase, ServerlessDatabase } from "../../../components/aws/database";
import { type DatabaseNode, readerPrefix } from "../../model/kinds/database";
import type { MigrationPlan, ServicePlan } from "../../model/plan";
import type { AnyGrant } from "../rights";
import type { Bound } from "../target";
import { observed, ownerOf } from "./bindings";
import type { Foundation } from "./foundation";
import { prepareStore, startingAfter } from "./prepare-store";
import { ownedBy } from "./renames";

/** A database of a service. */
export type Database = PostgresDatabase | ServerlessDatabase;

/** What runs a migration. */
export interface BuiltMigration {
  /** The command that starts it. */
  readonly runCommand: pulumi.Output<string>;
  /** Its grants, by the names of the workload and of the grant. */
  readonly given: Readonly<Record<string, Readonly<Record<string, AnyGrant>>>>;
}

/** Creates what runs a migration. */
export type Migrate<F extends Foundation> = (
  foundation: F,
  owner: ServicePlan,
  migration: MigrationPlan,
  database: Database,
) => BuiltMigration;

/** Databases, with the migrations that `migrate` creates. */
export function databaseBinding<F extends Foundation>(migrate: Migrate<F>) {
  return ({ owner: name, settings, migration }: DatabaseNode, foundation: F): Bound => {
    const { owner, tags } = ownerOf(foundation, name);
    const database = createDatabase(foundation, owner, settings, tags);
    const migrated = migration && migrate(foundation, owner, migration, database);
    const { databases = [] } = settings;
    const { made, call, given } = prepareStore(foundation, owner, {
      name: "db-users",
      description: `Makes the users and rights of the database of ${name}`,
      handler: "prepare-database",
      grant: database.grantMigrate(),
      request: { databases, reader: true },
      triggers: { database: database.resourceId },
      // The writer of a cluster, as for a service.
      startsAfter: database.grantConnect().startsAfter ?? [],
    });
    const [own, ofUsers] = [observed(database), observed(made)];
    return {
      grant: ({ verb, name: edge }) => {
        const { readers = 0 } = settings;
        if (verb !== "reads") return startingAfter(database.grantConnect(readers > 0), call);
        // Functions and jobs of the owner read its own database.
        return startingAfter(database.grantRead(edge === "database" ? "DB_" : readerPrefix(name)), call);
      },
      given: { ...given, ...migrated?.given },
      outputs: {
        databases: { [name]: database.endpoint },
        ...(migrated && { migrations: { [name]: migrated.runCommand } }),
      },
      ...own,
      // Alarms of the function are alarms of the database; metrics of the function are no metrics of the database.
      alarms: [...(own.alarms ?? []), ...(ofUsers.alarms ?? [])],
    };
  };
}

function createDatabase(
  { placement, network, opts: shared, plan: { environment } }: Foundation,
  { name: service, renamedFrom, protectData }: ServicePlan,
  database: DatabaseNode["settings"],
  tags: Record<string, string>,
): Database {
  const { databaseName, backupRetention, engineVersion, upgradeFrom, snapshotIdentifier } = database;
  // Every child of what the service owns is named after the service.
  const opts = ownedBy(shared, service, renamedFrom);
  const common = {
    placement,
    network,
    databaseName,
    backupRetention,
    ...(engineVersion !== undefined && { engineVersion }),
    ...(upgradeFrom !== undefined && { upgradeFrom }),
    ...(snapshotIdentifier !== undefined && { snapshotIdentifier }),
    protectData,
    logRetentionInDays: environment.logRetentionDays,
    tags,
  };
  if (database.kind === "aurora-serverless") {
    const { minCapacity, maxCapacity } = database;
    const { scaleToZero } = environment.database;
    const { readers = environment.database.readers } = database;
    return new ServerlessDatabase(`${service}-db`, { ...common, minCapacity, maxCapacity, readers, scaleToZero }, opts);
  }
  const { instanceClass, allocatedStorage, maxAllocatedStorage, performanceInsights } = database;
  return new PostgresDatabase(
    `${service}-db`,
    {
      ...common,
      instanceClass,
      allocatedStorage,
      maxAllocatedStorage,
      multiAz: environment.database.multiAz,
      readReplica: (database.readers ?? 0) > 0,
      ...(performanceInsights !== undefined && { performanceInsights }),
    },
    opts,
  );
}
