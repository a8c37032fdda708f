// Services that wait for each other in a circle.
import { elementaryCycles, MOST_CYCLES } from "./cycles";
import { callAt, counted, type Rule, trail } from "./rule";

export const synchronousCycle: Rule = {
  id: "synchronous-cycle",
  severity: "error",
  allowed: "calls without a circle",
  why: "when one service of it is down or slow all of them are, and none can be deployed first",
  unacceptable: "a service is made with the addresses of those it calls, so of a circle none could be made first",
  find: ({ services, callees }) => {
    const cycles = elementaryCycles(
      services.map(([name]) => name),
      (name) => callees(name).map(({ callee }) => callee),
    );
    return cycles.map((cycle, index) => {
      const [caller = "", callee = ""] = cycle.slice(-2);
      const more = index + 1 === MOST_CYCLES ? "; there may be more" : "";
      return {
        path: callAt(caller, callee),
        found: `${trail(...cycle)}: a circle of ${counted(cycle.length - 1, "call")}${more}`,
        remedy:
          caller === callee
            ? `let ${caller} do itself what it asks of itself, and remove the call`
            : `replace a call of the circle by an event: let ${callee} publish what ${caller} asks for, and ${caller} consume it or keep a copy (projects)`,
        places: [callAt(caller, callee)],
      };
    });
  },
};
