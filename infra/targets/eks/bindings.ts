// The table of the target: stores and channels are those of AWS; migrations run as Jobs of Kubernetes.
import type * as pulumi from "@pulumi/pulumi";
import { Job as ScheduledJob } from "../../../components/aws/job";
import { Job } from "../../../components/kubernetes/microservice";
import type { JobNode } from "../../model/kinds/job";
import type { MigrationPlan, ServicePlan } from "../../model/plan";
import { observed, ownerOf } from "../aws/bindings";
import { type Database, databaseBinding } from "../aws/database";
import { entranceBinding, type Origin } from "../aws/entrance";
import { sharedBindings } from "../aws/shared-bindings";
import { migrationArgs } from "../kubernetes/service-args";
import { type Bindings, type Bound, refused, type Surroundings } from "../target";
import type { Foundation } from "./foundation";
import { onPods } from "./grants";
import type { kinds } from "./kinds";

export const bindings: Bindings<Foundation, typeof kinds> = {
  ...sharedBindings,
  database: databaseBinding(createMigration),
  entrance: entranceBinding(originOf),
  job: bindJob,
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

/** The load balancer, by the name on its certificate. */
function originOf({ balancer, plan: { https } }: Foundation): Origin {
  return {
    loadBalancerArn: balancer.loadBalancerArn,
    loadBalancerSecurityGroupId: balancer.loadBalancerSecurityGroupId,
    // Through the listener: requests arrive once something listens.
    url: balancer.listenerArn.apply(() => balancer.url),
    listenerArn: balancer.listenerArn,
    ...(https && { serverName: https.domainName }),
    port: https ? 443 : 80,
  };
}

function bindJob(node: JobNode, foundation: Foundation, surroundings: Surroundings): Bound {
  const { workload, description, schedule, timezone, retries, maxAge, runs } = node;
  // Limits have refused such a plan.
  if (!("function" in runs)) throw new Error(`the job ${workload} runs a command`);
  const { arn } = surroundings.built(runs.function);
  if (arn === undefined) throw new Error(`the job ${workload} calls ${runs.function.name}, which nothing can call`);
  const job = new ScheduledJob(
    workload,
    {
      placement: foundation.placement,
      ...{ description, schedule },
      ...(timezone !== undefined && { timezone }),
      target: { functionArn: arn },
      ...(retries !== undefined && { retries }),
      ...(maxAge !== undefined && { maxAge }),
      failureTopicArn: foundation.alarmTopicArn,
      tags: ownerOf(foundation, node.owner).tags,
    },
    foundation.opts,
  );
  return {
    grant: (edge) => refused(edge, edge.to),
    outputs: { jobs: { [workload]: job.scheduleArn } },
    ...observed(job),
  };
}
