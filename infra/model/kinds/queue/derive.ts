// Derives queues from the `consumes` of services.
import { type Duration, seconds } from "../../../../components/kit/units";
import { compare } from "../../order";
import type { QueuePlan } from "../../plan";
import { DEFAULTS } from "../../resolve";
import { commandQueuePlans } from "../saga/derive";
import type { System } from "../../system";
import { type ConsumedQueue, consumedQueues } from "./selection";

/** Visibility timeout as a multiple of the handling time: it leaves time for throttled and repeated work. */
const HIDDEN_FACTOR = 6;

/** Every queue, by name. */
export function queuePlans(system: System): QueuePlan[] {
  return consumedQueues(system)
    .map(({ consumer, queue }): QueuePlan => ({
      name: queue.name,
      visibilityTimeout: visibilityOf(queue),
      maxReceiveCount: queue.maxReceiveCount ?? DEFAULTS.maxReceiveCount,
      consumer,
      ...(queue.delay !== undefined && { delay: queue.delay }),
      ...(queue.retention !== undefined && { retention: queue.retention }),
      ...(queue.staleness !== undefined && { maxAge: queue.staleness }),
      ...(queue.fifo === true && { fifo: true as const }),
      ...(queue.projection !== undefined && { projection: queue.projection }),
      ...(queue.table !== undefined && { copyTable: queue.table }),
    }))
    .concat(commandQueuePlans(system))
    .sort((a, b) => compare(a.name, b.name));
}

/** Visibility timeout of a queue. */
export function visibilityOf({ visibilityTimeout, handlingTime }: ConsumedQueue): Duration {
  if (visibilityTimeout !== undefined) return visibilityTimeout;
  const handling = handlingTime === undefined ? undefined : seconds(handlingTime);
  return handling === undefined ? DEFAULTS.visibilityTimeout : `${handling * HIDDEN_FACTOR}s`;
}
