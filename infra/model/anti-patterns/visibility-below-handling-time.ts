// A message that comes back while it is still being handled.
import { seconds } from "../../../components/kit/units";
import { visibilityOf } from "../kinds/queue/derive";
import { type Rule, serviceAt, trail } from "./rule";

export const visibilityBelowHandlingTime: Rule = {
  id: "visibility-below-handling-time",
  severity: "error",
  allowed: "a visibility timeout above the handling time",
  why: "the message comes back while it is still being handled, and is handled twice at once",
  find: ({ queues }) =>
    queues.flatMap(({ consumer, queue, path }) => {
      const { handlingTime } = queue;
      const handling = handlingTime === undefined ? undefined : seconds(handlingTime);
      const visibility = visibilityOf(queue);
      const hidden = seconds(visibility);
      if (handling === undefined || hidden === undefined || hidden > handling) return [];
      return [
        {
          path: `${path}.visibilityTimeout`,
          found: `${trail(queue.name, consumer)}: hidden for ${visibility}, handled in up to ${handlingTime ?? ""}`,
          remedy: "remove visibilityTimeout to get six times the handling time, or raise it",
          places: [path, serviceAt(consumer)],
        },
      ];
    }),
};
