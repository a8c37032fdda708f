// Observability of a queue or a topic: its metrics, and the alarms for an alarm group.
import type { AlarmLink, Signal } from "../../kit";
import type { Messaging } from "./messaging";
import { undeliveredQueue } from "./validate";

/** Metrics and alarms of a queue or a topic. */
export interface Observation {
  readonly signals: readonly Signal[];
  readonly alarms: readonly AlarmLink[];
}

/** A component of channels, with the name that its children begin with. */
export interface Channels extends Pick<Messaging, "signals"> {
  readonly name: string;
  readonly nodes: Pick<Messaging["nodes"], "queues" | "subscriptions">;
  readonly subscriptions: readonly { readonly topic: string; readonly queue: string }[];
}

/** Metrics and alarms of a topic, or of a queue with its dead letters and the undelivered messages of its subscriptions. */
export function observed({ name, nodes, signals, subscriptions }: Channels, channel: string): Observation {
  const queue = nodes.queues[channel];
  const keys = subscriptions.filter((one) => one.queue === channel).map(({ topic }) => `${topic}-to-${channel}`);
  const names = [
    `${name}-${channel}`,
    `${name}-${channel}-dead-letter`,
    ...keys.map((key) => undeliveredQueue(`${name}-${key}`)),
  ];
  const alarms = [queue?.alarm, queue?.ageAlarm, ...keys.map((key) => nodes.subscriptions[key]?.alarm)];
  return {
    signals: signals.filter(({ of }) => names.includes(of)),
    alarms: alarms.flatMap((alarm) => (alarm ? [alarm] : [])),
  };
}
