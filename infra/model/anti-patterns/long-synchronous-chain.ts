// Calls that wait for calls that wait for calls.
import { chainFrom, chainTo } from "./graph";
import { callAt, counted, type Rule, serviceAt, trail } from "./rule";

/** Four services in a row are the usual picture of this anti-pattern. */
export const LONGEST_CHAIN = 3;

export const longSynchronousChain: Rule = {
  id: "long-synchronous-chain",
  severity: "warning",
  allowed: `at most ${LONGEST_CHAIN} calls one after the other`,
  why: "each call adds its waiting time and its failures to those of the ones before",
  // At the call that makes a chain too long, and not again at those behind it. Found by the longest chain to each service, so
  // the work grows with the number of calls and not with that of the paths.
  find: (graph) =>
    graph.calls.flatMap(({ caller, callee }) => {
      if (graph.depths.get(caller)?.calls !== LONGEST_CHAIN || !graph.depths.has(callee)) return [];
      const chain = [...chainTo(caller, graph), caller, callee, ...chainFrom(callee, graph)];
      return [
        {
          path: callAt(caller, callee),
          found: `${trail(...chain)}: ${counted(chain.length - 1, "call")}`,
          remedy: `let ${callee} hear of it by an event that ${caller} publishes, or let ${caller} keep a copy of what it asks for (projects)`,
          places: [callAt(caller, callee), serviceAt(caller)],
        },
      ];
    }),
};
