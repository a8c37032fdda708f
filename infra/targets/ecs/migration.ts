import { OneOffTask } from "../../../components/aws/microservice";
import type { MigrationPlan, ServicePlan } from "../../model/plan";
import { tagsOf } from "../aws/bindings";
import type { BuiltMigration, Database } from "../aws/database";
import type { Foundation } from "./foundation";

/** The task that prepares the database: the only one whose role can read the master user's secret. */
export function createMigration(
  { placement, cluster, network, opts, logKeyArn, plan: { environment } }: Foundation,
  service: ServicePlan,
  { name, image, command, cpu, memory, runtime }: MigrationPlan,
  database: Database,
): BuiltMigration {
  const grants = { endpoints: network.grantEndpoints(), database: database.grantMigrate() };
  const task = new OneOffTask(
    name,
    {
      placement,
      cluster,
      network,
      image,
      ...(command && { command }),
      cpu,
      memory,
      architecture: service.architecture,
      ...runtime,
      grants,
      logRetentionInDays: environment.logRetentionDays,
      logKeyArn,
      tags: tagsOf(service),
    },
    opts,
  );
  return { runCommand: task.runCommand, given: { [name]: grants } };
}
