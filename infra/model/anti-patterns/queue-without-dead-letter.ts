// A queue without a dead-letter queue, where messages that can't be handled are kept.
import { type Rule, serviceAt, trail } from "./rule";

export const queueWithoutDeadLetter: Rule = {
  id: "queue-without-dead-letter",
  severity: "error",
  allowed: "a dead-letter queue for every queue",
  why: "a message that can't be handled is tried until it is lost, and holds up those behind it",
  unacceptable: "every queue is made with its dead-letter queue, so there is nothing that could be built instead",
  find: ({ queues }) =>
    queues.flatMap(({ consumer, queue, path }) =>
      queue.deadLetter === false
        ? [
            {
              path: `${path}.deadLetter`,
              found: `${trail(queue.name, consumer)}: no dead-letter queue`,
              remedy: "remove deadLetter: false; maxReceiveCount says after how many attempts a message goes there",
              places: [path, serviceAt(consumer)],
            },
          ]
        : [],
    ),
};
