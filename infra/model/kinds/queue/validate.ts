// Queues and what reaches them, against what SNS and SQS accept; every name stands for something.
import type { Findings } from "../../findings";
import type { System } from "../../system";
import { checkCarried } from "../topic/validate";
import { queuesOf, typesOf } from "./selection";

/** https://docs.aws.amazon.com/sns/latest/dg/subscription-filter-policy-constraints.html */
const MOST_FILTERED = 150;

/** Checks every queue of a system, and what is sent to it. */
export function checkQueues(system: System, findings: Findings): void {
  const queues = queueNames(system);
  const fed = new Set(Object.values(system.services).flatMap(({ sendsTo = [] }) => sendsTo));
  for (const [name, service] of Object.entries(system.services)) {
    for (const { path, name: queue, from = {} } of queuesOf(name, service)) {
      const at = `services.${name}.${path}`;
      findings.require(
        Object.keys(from).length > 0 || fed.has(queue),
        at,
        queue,
        "a queue that something is sent to",
        'subscribe it to a topic with "from", or let a service name it in sendsTo',
      );
      for (const [topic, selection] of Object.entries(from)) {
        const types = typesOf(selection);
        checkCarried(`${at}.from.${topic}`, topic, types ?? [], system, findings);
        findings.require(
          types === undefined || types.length <= MOST_FILTERED,
          `${at}.from.${topic}`,
          `${types?.length ?? 0} event types`,
          `at most ${MOST_FILTERED} event types, or "all": a filter of SNS holds no more values`,
          'take "all" and let the consumer pass over what it does not need, or split the topic',
        );
      }
    }
    service.sendsTo?.forEach((queue, index) => {
      findings.requireKnown(queue, queues, `services.${name}.sendsTo[${index}]`, "queue");
    });
  }
}

function queueNames(system: System): string[] {
  return Object.entries(system.services).flatMap(([name, service]) =>
    queuesOf(name, service).map((queue) => queue.name),
  );
}
