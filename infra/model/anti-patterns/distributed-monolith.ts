// Services that can answer only when most of the others do.
import type { Graph } from "./graph";
import { listed, type Rule, serviceAt, trail } from "./rule";

/** Share of the services that one request may need: with more than half, a failure of any is likely one of this request. */
export const MOST_NEEDED = 0.5;
/** Below this many a share says nothing: fewer than five services are hardly worth splitting. */
export const FEWEST_NEEDED = 5;

/** Services that are visited for all of them together: the first few of thousands in a row say what the others would. */
const MOST_STEPS = 200_000;

export const distributedMonolith: Rule = {
  id: "distributed-monolith",
  severity: "warning",
  allowed: `requests that need fewer than ${FEWEST_NEEDED} services, or at most half of all`,
  why: "the services fail and have to be changed together, as one program would, at the price of many",
  find: (graph) => {
    let steps = 0;
    return graph.services.flatMap(([name, { exposes }]) => {
      if (exposes === undefined || steps > MOST_STEPS) return [];
      const needed = mustAnswer(name, graph);
      steps += needed.length;
      const all = graph.services.length;
      if (needed.length < FEWEST_NEEDED || needed.length <= all * MOST_NEEDED) return [];
      const others = needed.filter((other) => other !== name);
      const percent = Math.round((needed.length / all) * 100);
      return [
        {
          path: `${serviceAt(name)}.calls`,
          found: `${trail("load balancer", name)}: ${needed.length} of ${all} services must answer (${percent} %): ${listed([name, ...others])}`,
          remedy: `let ${name} keep copies of what it asks for (projects), publish an event where it needs no answer, or mark calls whose last answer would do as consistency: "eventual"`,
          places: [`${serviceAt(name)}.exposes`, serviceAt(name)],
        },
      ];
    });
  },
};

/** The service and all that must answer for it, by name: calls for which an old answer would do are none of them. */
function mustAnswer(service: string, { callees }: Graph): string[] {
  const found = new Set([service]);
  for (const name of found) {
    for (const { callee, policy } of callees(name)) if (policy.consistency !== "eventual") found.add(callee);
  }
  return [...found].sort();
}
