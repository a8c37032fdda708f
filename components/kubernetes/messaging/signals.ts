// What is measured of a broker and its queues, by RabbitMQ's plugin (https://www.rabbitmq.com/docs/prometheus) and the kubelet. Pure.
import { type Signal, volumeSignal } from "../kit";
import type { MessagingArgs } from "./args";
import { MESSAGING_DEFAULTS } from "./cluster";
import { deadLetterQueueOf } from "./definitions";

/** Signals of a broker, and of each queue by its name. */
export function messagingSignals(name: string, { queues, nodes = MESSAGING_DEFAULTS.nodes }: MessagingArgs): Signal[] {
  const pods = (namespace: string): string => `namespace="${namespace}",pod=~"${name}-server-[0-9]+"`;
  return [
    {
      ...{ of: name, role: "nodes", title: "nodes", unit: "short" },
      expression: (namespace) => `(count(rabbitmq_identity_info{${pods(namespace)}}) or vector(0))`,
      alertAt: {
        description: "A node of the broker does not answer.",
        ...{ comparison: "<", threshold: nodes, for: "5m", severity: "critical" },
      },
    },
    {
      ...{ of: name, role: "alarms", title: "alarms for memory and disk", unit: "short" },
      expression: (namespace) =>
        `max({__name__=~"rabbitmq_alarms_(memory_used|free_disk_space)_watermark",${pods(namespace)}})`,
      alertAt: {
        description: "The broker takes no messages, because a node has too little memory or disk.",
        ...{ comparison: ">", threshold: 0, for: "1m", severity: "critical" },
      },
    },
    volumeSignal(name, `persistence-${name}-server-[0-9]+`),
    ...Object.keys(queues).flatMap((queue) => queueSignals(queue, pods)),
  ];
}

function queueSignals(queue: string, pods: (namespace: string) => string): Signal[] {
  const ready = (called: string) => (namespace: string) =>
    `max(rabbitmq_detailed_queue_messages_ready{${pods(namespace)},queue="${called}"})`;
  return [
    { ...{ of: queue, role: "backlog", title: "messages that wait", unit: "short" }, expression: ready(queue) },
    {
      ...{ of: queue, role: "dead-letters", title: "messages that could not be processed", unit: "short" },
      expression: ready(deadLetterQueueOf(queue)),
      alertAt: {
        description: "Messages were not processed and lie in the dead-letter queue.",
        ...{ comparison: ">", threshold: 0, for: "1m", severity: "critical" },
      },
    },
  ];
}
