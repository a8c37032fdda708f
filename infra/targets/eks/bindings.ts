// The table of the target: stores and channels are those of AWS; migrations run as Jobs of Kubernetes.
import type * as pulumi from "@pulumi/pulumi";
import { Job } from "../../../components/kubernetes/microservice";
import type { MigrationPlan, ServicePlan } from "../../model/plan";
import { type Database, databaseBinding } from "../aws/database";
import { entranceBinding, originAt } from "../aws/entrance";
import { jobBinding } from "../aws/job";
import { sharedBindings } from "../aws/kinds";
import { migrationArgs } from "../kubernetes/service-args";
import type { Bindings } from "../target";
import type { Foundation } from "./foundation";
import { onPods } from "./grants";
import type { kinds } from "./kinds";

export const bindings: Bindings<Foundation, typeof kinds> = {
  ...sharedBindings(),
  database: databaseBinding(createMigration),
  entrance: entranceBinding(({ balancer, plan }) => originAt(balancer, plan)),
  job: jobBinding(({ workload }) => {
    // Limits have refused such a plan.
    throw new Error(`the job ${workload} runs a command`);
  }),
};

/** The job that prepares a database: the only workload whose role can read the master user's secret. */
function createMigration(
  foundation: Foundation,
  owner: ServicePlan,
  migration: MigrationPlan,
  database: Database,
): pulumi.Output<string> {
  const grants = onPods(foundation, migration.name, { database: database.grantMigrate() });
  const args = { placement: foundation.pods, ...migrationArgs(owner, migration), grants };
  return new Job(migration.name, args, foundation.inCluster).runCommand;
}
