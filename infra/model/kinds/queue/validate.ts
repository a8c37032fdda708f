// Queues and what reaches them: every name stands for something.
import type { Findings } from "../../findings";
import type { System } from "../../system";
import { checkCarried } from "../topic/validate";
import { queuesOf, typesOf } from "./selection";

/** Checks every queue of a system, and what is sent to it. */
export function checkQueues(system: System, findings: Findings): void {
  const queues = queueNames(system);
  const fed = new Set(Object.values(system.services).flatMap(({ sendsTo = [] }) => sendsTo));
  for (const [name, service] of Object.entries(system.services)) {
    for (const { path, name: queue, from = {}, fifo } of queuesOf(name, service)) {
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
          fifo !== true || system.topics[topic] === undefined || system.topics[topic].fifo === true,
          `${at}.from.${topic}`,
          topic,
          "a topic with fifo: true, because the queue keeps the order of messages and a standard topic does not",
          `set fifo: true on the topic ${topic}, or remove fifo from the queue`,
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
