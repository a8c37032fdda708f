// A service that does the work of several.
import { publicationsOf, queuesOf } from "../kinds/queue/selection";
import { counted, listed, type Rule, serviceAt } from "./rule";

/** Twice the duties of the largest service of the e-commerce system: order, with 6 operations, 5 events, 3 callees and a queue. */
export const MOST_DUTIES = 30;

export const godService: Rule = {
  id: "god-service",
  severity: "warning",
  allowed: `at most ${MOST_DUTIES} operations, events, queues, copies, jobs and callees of one service`,
  why: "several teams change it at once, and what happens in it stops everything else",
  find: ({ services, callees }) =>
    services.flatMap(([name, service]) => {
      const events = Object.values(service.publishes ?? {}).flatMap(publicationsOf);
      const duties = [
        [Object.keys(service.offers ?? {}).length, "operation"],
        [events.length, "event"],
        [queuesOf(name, service).length, "queue"],
        [Object.keys(service.jobs ?? {}).length, "job"],
        [callees(name).length, "callee"],
      ] as const;
      const all = duties.reduce((sum, [count]) => sum + count, 0);
      if (all <= MOST_DUTIES) return [];
      const parts = duties.filter(([count]) => count > 0).map(([count, what]) => counted(count, what));
      return [
        {
          path: serviceAt(name),
          found: `${name}: ${listed(parts)}, ${all} together`,
          remedy: "split it where its entities or its reasons to change part, one service for each",
          places: [serviceAt(name)],
        },
      ];
    }),
};
