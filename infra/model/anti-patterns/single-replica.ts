// One task on the way of a request: whenever it is replaced, the request fails.
import type { Graph } from "./graph";
import { type Rule, serviceAt, trail } from "./rule";

/** With two, one is there while the other is replaced. */
export const FEWEST_TASKS = 2;

export const singleReplica: Rule = {
  id: "single-replica",
  severity: "error",
  allowed: `at least ${FEWEST_TASKS} tasks of a service that somebody waits for, where the environment asks for it`,
  why: "whenever its only task fails or is replaced, everything that waits for it fails",
  varies: true,
  find: (graph) => {
    const { deployed } = graph;
    if (deployed === undefined || deployed.environment.allowSingleReplica) return [];
    const ways = waysIn(graph);
    return graph.services.flatMap(([name]) => {
      const tasks = deployed.tasks(name) ?? FEWEST_TASKS;
      const way = ways.get(name);
      if (way === undefined || tasks >= FEWEST_TASKS) return [];
      return [
        {
          path: `${serviceAt(name)}.scaling.min`,
          found: `${trail(...way)}: ${tasks} task in ${deployed.environment.name}`,
          remedy: `set scaling.min to ${FEWEST_TASKS}, in the system or wherever the environment or the stack lowers it`,
          places: [serviceAt(name)],
        },
      ];
    });
  },
};

/** The shortest path of requests to each service that answers them: from the load balancer, or from a caller. */
function waysIn({ services, callees, callers }: Graph): Map<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const [name, { exposes }] of services) if (exposes) found.set(name, ["load balancer", name]);
  for (const [name, way] of found) {
    for (const { callee } of callees(name)) if (!found.has(callee)) found.set(callee, [...way, callee]);
  }
  for (const [name] of services) {
    const [first] = callers(name);
    if (first && !found.has(name)) found.set(name, [first.caller, name]);
  }
  return found;
}
