// Work at set times on AWS: EventBridge Scheduler calls a function, or starts what the platform runs a command in.
import { Job, type JobArgs } from "../../../components/aws/job";
import type { Grant } from "../../../components/kit";
import type { JobNode } from "../../model/kinds/job";
import { type Bound, refused, type Surroundings } from "../target";
import { observed, ownerOf } from "./bindings";
import type { Foundation } from "./foundation";
import { ownedBy } from "./renames";

/** The task of a job that runs a command. */
type Task = Extract<JobNode["runs"], { readonly task: unknown }>["task"];

/** The platform's target for a command, and the grants of the workload. */
export interface CommandTarget {
  readonly target: JobArgs["target"];
  readonly grants: Readonly<Record<string, Grant>>;
}

/** Creates what runs a command; `grants` are those of the job's edges. */
export type RunCommand<F extends Foundation> = (
  job: { readonly workload: string; readonly task: Task; readonly tags: Record<string, string> },
  foundation: F,
  grants: Readonly<Record<string, Grant>>,
) => CommandTarget;

/**
 * Binding of jobs. It offers no grant, because no workload uses a job.
 *
 * @param runCommand what runs commands on the platform
 */
export function jobBinding<F extends Foundation>(runCommand: RunCommand<F>) {
  return (node: JobNode, foundation: F, surroundings: Surroundings): Bound => {
    const { workload, description, schedule, timezone, retries, maxAge, runs } = node;
    const { owner, tags } = ownerOf(foundation, node.owner);
    const former = owner.renamedFrom === undefined ? undefined : `${owner.renamedFrom}-${node.name}`;
    const opts = ownedBy(foundation.opts, workload, former);
    const command =
      "task" in runs
        ? runCommand({ workload, task: runs.task, tags }, { ...foundation, opts }, surroundings.grantsOf(workload))
        : undefined;
    const job = new Job(
      workload,
      {
        placement: foundation.placement,
        description,
        schedule,
        ...(timezone !== undefined && { timezone }),
        target: command?.target ?? { functionArn: functionOf(node, surroundings) },
        ...(retries !== undefined && { retries }),
        ...(maxAge !== undefined && { maxAge }),
        failureTopicArn: foundation.alarmTopicArn,
        tags,
      },
      opts,
    );
    return {
      grant: (edge) => refused(edge, edge.to),
      ...(command && { given: { [workload]: command.grants } }),
      outputs: { jobs: { [workload]: job.scheduleArn } },
      ...observed(job),
    };
  };
}

function functionOf({ workload, runs }: JobNode, surroundings: Surroundings) {
  if ("task" in runs) throw new Error(`the job ${workload} runs a command`);
  const { arn } = surroundings.built(runs.function);
  if (arn === undefined) throw new Error(`the job ${workload} calls ${runs.function.name}, which nothing can call`);
  return arn;
}
