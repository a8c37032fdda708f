// Two services that talk to each other again and again for one request.
import type { CallEdge, Graph } from "./graph";
import { callAt, counted, type Rule, serviceAt, trail, type Sighting } from "./rule";

/** Calls between two services for one request, both ways: one to look, one to change, one to spare. */
export const MOST_CALLS_PER_REQUEST = 3;

export const chattyPair: Rule = {
  id: "chatty-pair",
  severity: "warning",
  allowed: `at most ${MOST_CALLS_PER_REQUEST} calls between two services for one request`,
  why: "every call pays for the way there and back and can fail, where one that asks for all would do",
  find: (graph) => graph.calls.flatMap((call) => seen(call, graph)),
};

/** A pair is seen at the direction with more calls, the first by name among equals. */
function seen(call: CallEdge, { callees }: Graph): Sighting[] {
  const { caller, callee } = call;
  const back = callees(callee).find((other) => other.callee === caller && callee !== caller);
  const there = call.policy.perRequest ?? 1;
  const again = back ? (back.policy.perRequest ?? 1) : 0;
  if (there + again <= MOST_CALLS_PER_REQUEST || again > there || (again === there && callee < caller)) return [];
  const both = again > 0 ? ` and ${again} back` : "";
  return [
    {
      path: `${callAt(caller, callee)}.perRequest`,
      found: `${trail(caller, callee)}: ${counted(there, "call")}${both} for one request`,
      remedy: `let ${callee} offer an operation that answers for all at once, or let ${caller} keep a copy (projects)`,
      places: [
        callAt(caller, callee),
        ...(back ? [callAt(callee, caller)] : []),
        serviceAt(caller),
        ...(back ? [serviceAt(callee)] : []),
      ],
    },
  ];
}
