// Sagas on AWS: Step Functions.
import type * as pulumi from "@pulumi/pulumi";
import { deliverGrant } from "../../../components/aws/messaging";
import { sagaDefinition, usualRun, Workflow } from "../../../components/aws/workflow";
import type { SagaNode } from "../../model/kinds/saga";
import { type Bound, refused } from "../target";
import { observed } from "./bindings";
import type { Foundation } from "./foundation";

/** A state machine that sends commands to the queues of its services. */
export function bindSaga(saga: SagaNode, foundation: Foundation): Bound {
  const { plan, placement, messaging, opts } = foundation;
  const queueUrl = (queue: string) => ofQueue(messaging.queueUrls, queue);
  const queues = [...new Set([saga.outcomeQueue, ...saga.steps.map(({ queue }) => queue)])].sort();
  const definition = sagaDefinition(
    {
      name: saga.name,
      description: saga.description,
      outcomeQueueUrl: queueUrl(saga.outcomeQueue),
      steps: saga.steps.map(({ name, command, compensation, timeout, heartbeat, retries, optional, queue }) => ({
        ...{ name, command, timeout, retries, optional, queueUrl: queueUrl(queue) },
        ...(typeof compensation === "string" && { compensation }),
        ...(heartbeat !== undefined && { heartbeat }),
      })),
    },
    placement.partition,
  );
  const workflow = new Workflow(
    saga.name,
    {
      placement,
      definition,
      grants: {
        queues: deliverGrant(
          { placement, keyArn: messaging.keyArn },
          queues.map((queue) => ofQueue(messaging.queueArns, queue)),
        ),
      },
      slowAfter: `${usualRun(saga.steps)}s`,
      logRetentionInDays: plan.environment.logRetentionDays,
    },
    opts,
  );
  return {
    grant(edge) {
      if (edge.verb === "starts") return workflow.grantStart();
      return edge.verb === "answers" ? workflow.grantAnswer() : refused(edge, saga);
    },
    outputs: { workflows: { [saga.name]: workflow.workflowArn } },
    ...observed(workflow),
  };
}

function ofQueue(values: Readonly<Record<string, pulumi.Output<string>>>, queue: string): pulumi.Output<string> {
  const value = values[queue];
  if (!value) throw new Error(`the plan has a saga that sends to ${queue}, which it does not have`);
  return value;
}
