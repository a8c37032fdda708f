// Sagas with every default filled in, and the queues through which their services receive commands.
import { type Duration, seconds } from "../../../../components/kit/units";
import { shortened } from "../../../../components/kit/names";
import { compare, sorted } from "../../order";
import type { QueuePlan, SagaPlan } from "../../plan";
import { DEFAULTS } from "../../resolve";
import type { System } from "../../system";

/** As long as the names of other queues. */
const LONGEST_QUEUE = 45;
/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-visibility-timeout.html */
const LONGEST_VISIBILITY = 43_200;

/** The queue through which a service receives commands and outcomes of sagas: `order-commands`. */
export function commandQueue(service: string): string {
  return shortened(`${service}-commands`, LONGEST_QUEUE);
}

type Sagas = Pick<System, "sagas">;

/** Every saga, by name. */
export function sagaPlans({ sagas = {} }: Sagas): SagaPlan[] {
  return sorted(sagas).map(([name, { description, startedBy, steps }]) => ({
    name,
    description,
    startedBy,
    outcomeQueue: commandQueue(startedBy),
    steps: steps.map(({ service, timeout = DEFAULTS.sagaTimeout, retries = DEFAULTS.sagaRetries, ...step }) => ({
      ...step,
      ...{ service, timeout, retries },
      queue: commandQueue(service),
      optional: step.optional ?? false,
    })),
  }));
}

/** The services that take part in sagas or start them, by name. */
export function sagaServices({ sagas = {} }: Sagas): string[] {
  const all = Object.values(sagas).flatMap(({ startedBy, steps }) => [
    startedBy,
    ...steps.map(({ service }) => service),
  ]);
  return [...new Set(all)].sort(compare);
}

/**
 * The command queues of a system. A command stays hidden for as long as the longest command of its service may take: within that time
 * only Step Functions tries again, with a new message. A command that is older than that has no answer in its time, so its saga is stuck, and
 * the queue's alarm goes off while the saga still has tries left.
 */
export function commandQueuePlans(system: Sagas): QueuePlan[] {
  const steps = sagaPlans(system).flatMap((saga) => saga.steps);
  return sagaServices(system).map((consumer) => {
    const limits = steps.flatMap(({ service, timeout }) => (service === consumer ? [seconds(timeout) ?? 0] : []));
    const hidden = Math.min(LONGEST_VISIBILITY, Math.max(30, ...limits));
    const visibilityTimeout: Duration = `${hidden}s`;
    const maxAge: Duration = `${Math.max(60, hidden)}s`;
    return { name: commandQueue(consumer), visibilityTimeout, maxReceiveCount: 3, consumer, maxAge, ofSagas: true };
  });
}
