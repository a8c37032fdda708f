// Commands at set times on ECS: a task on Fargate.
import { OneOffTask } from "../../../components/aws/microservice";
import type { CommandTarget, RunCommand } from "../aws/job";
import type { Foundation } from "./foundation";

export const runOnFargate: RunCommand<Foundation> = (
  { workload, task: { image, architecture, command, cpu, memory, runtime }, tags },
  { placement, cluster, network, opts, logKeyArn, plan: { environment } },
  edges,
): CommandTarget => {
  const grants = { endpoints: network.grantEndpoints(), ...edges };
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
  return { target: { task, cluster, network }, grants };
};
