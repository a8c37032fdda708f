// The table of the target: stores and channels are those of AWS; migrations run as Jobs of Kubernetes.
import { Job } from "../../../components/kubernetes/microservice";
import type { JobNode } from "../../model/kinds/job";
import type { MigrationPlan, ServicePlan } from "../../model/plan";
import { type BuiltMigration, type Database, databaseBinding } from "../aws/database";
import { entranceBinding, originAt } from "../aws/entrance";
import { jobBinding } from "../aws/job";
import { sharedBindings } from "../aws/kinds";
import { jobArgs, migrationArgs } from "../kubernetes/service-args";
import { type Bindings, type Bound, refused, type Surroundings } from "../target";
import type { Foundation } from "./foundation";
import { onPods, withStatements } from "./grants";
import type { kinds } from "./kinds";

export const bindings: Bindings<Foundation, typeof kinds> = {
  ...sharedBindings(),
  database: databaseBinding(createMigration),
  entrance: entranceBinding(({ balancer, plan }) => originAt(balancer, plan)),
  job: (node, foundation, surroundings) =>
    "task" in node.runs ? createJob(node, foundation, surroundings) : callFunction(node, foundation, surroundings),
};

const callFunction = jobBinding<Foundation>(({ workload }) => {
  throw new Error(`the job ${workload} runs a command`);
});

/** Commands run in the cluster, at set times, with a role of their own. */
function createJob(node: JobNode, foundation: Foundation, surroundings: Surroundings): Bound {
  const { workload } = node;
  const given = surroundings.grantsOf(workload);
  const grants = onPods(foundation, workload, given);
  const job = new Job(workload, { placement: foundation.pods, ...jobArgs(node), grants }, foundation.inCluster);
  return {
    grant: (edge) => refused(edge, edge.to),
    given: { [workload]: withStatements(grants, given) },
    outputs: { jobs: { [workload]: job.runCommand } },
  };
}

/** The job that prepares a database: the only workload whose role can read the master user's secret. */
function createMigration(
  foundation: Foundation,
  owner: ServicePlan,
  migration: MigrationPlan,
  database: Database,
): BuiltMigration {
  const onAws = { database: database.grantMigrate() };
  const grants = onPods(foundation, migration.name, onAws);
  const args = { placement: foundation.pods, ...migrationArgs(owner, migration), grants };
  const { runCommand } = new Job(migration.name, args, foundation.inCluster);
  return { runCommand, given: { [migration.name]: withStatements(grants, onAws) } };
}
