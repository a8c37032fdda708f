// A call that waits for ever, or goes on asking a service that is down.
import { DEFAULTS } from "../resolve";
import { callAt, listed, type Rule, serviceAt, trail } from "./rule";

export const unprotectedCall: Rule = {
  id: "unprotected-call",
  severity: "error",
  allowed: "calls with a timeout and a breaker",
  why: "a callee that is slow or down takes the caller's threads, and with them everything that it serves",
  find: (graph) =>
    graph.calls.flatMap(({ caller, callee, policy: { timeout, breaker } }) => {
      const { failures, reset } = DEFAULTS.breaker;
      const missing = [
        ...(timeout === "none" ? [{ what: "no timeout", instead: `timeout (${DEFAULTS.callTimeout})` }] : []),
        ...(breaker === "none" ? [{ what: "no breaker", instead: `breaker (${failures} failures, ${reset})` }] : []),
      ];
      if (missing.length === 0) return [];
      return [
        {
          path: callAt(caller, callee),
          found: `${trail(caller, callee)}: ${listed(missing.map(({ what }) => what))}`,
          remedy: `remove "none" to get the default ${listed(missing.map(({ instead }) => instead))}, or write your own`,
          places: [callAt(caller, callee), serviceAt(caller)],
        },
      ];
    }),
};
