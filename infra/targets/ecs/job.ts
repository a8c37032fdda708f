// Work at set times on ECS: EventBridge Scheduler starts a task on Fargate, or calls a function.
import { Job, type JobArgs } from "../../../components/aws/job";
import type { Grant } from "../../../components/kit";
import { OneOffTask } from "../../../components/aws/microservice";
import type { JobNode } from "../../model/kinds/job";
import type { Bound, Surroundings } from "../target";
import { refused } from "../target";
import { observed, ownerOf } from "../aws/bindings";
import { ownedBy } from "../aws/renames";
import type { Foundation } from "./foundation";

export function bindJob(node: JobNode, foundation: Foundation, surroundings: Surroundings): Bound {
  const { workload, description, schedule, timezone, retries, maxAge } = node;
  const { placement, alarmTopicArn } = foundation;
  const { owner, tags } = ownerOf(foundation, node.owner);
  const former = owner.renamedFrom === undefined ? undefined : `${owner.renamedFrom}-${node.name}`;
  const opts = ownedBy(foundation.opts, workload, former);
  const grants = { endpoints: foundation.network.grantEndpoints(), ...surroundings.grantsOf(workload) };
  const job = new Job(
    workload,
    {
      placement,
      description,
      schedule,
      ...(timezone !== undefined && { timezone }),
      target: targetOf(node, { ...foundation, opts }, surroundings, grants, tags),
      ...(retries !== undefined && { retries }),
      ...(maxAge !== undefined && { maxAge }),
      failureTopicArn: alarmTopicArn,
      tags,
    },
    opts,
  );
  return {
    grant: (edge) => refused(edge, edge.to),
    ...("task" in node.runs && { given: { [workload]: grants } }),
    outputs: { jobs: { [workload]: job.scheduleArn } },
    ...observed(job),
  };
}

function targetOf(
  { workload, runs }: JobNode,
  { placement, cluster, network, opts, logKeyArn, plan: { environment } }: Foundation,
  surroundings: Surroundings,
  grants: Record<string, Grant>,
  tags: Record<string, string>,
): JobArgs["target"] {
  if ("function" in runs) {
    const { arn } = surroundings.built(runs.function);
    if (arn === undefined) throw new Error(`the job ${workload} calls ${runs.function.name}, which nothing can call`);
    return { functionArn: arn };
  }
  const { image, architecture, command, cpu, memory, runtime } = runs.task;
  const task = new OneOffTask(
    workload,
    {
      ...{ placement, cluster, network, image, command, cpu, memory, architecture, ...runtime },
      grants,
      logRetentionInDays: environment.logRetentionDays,
      logKeyArn,
      tags,
    },
    opts,
  );
  return { task, cluster, network };
}
