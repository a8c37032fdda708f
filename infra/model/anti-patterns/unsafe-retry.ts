// Retries of an operation that must happen once: a lost answer would do it twice.
import { happensOnce } from "../kinds/service/derive";
import { callAt, listed, type Rule, serviceAt, trail } from "./rule";

export const unsafeRetry: Rule = {
  id: "unsafe-retry",
  severity: "error",
  allowed: "retries of operations that may be repeated",
  why: "when only the answer got lost, the retry does it a second time",
  find: ({ calls, system }) =>
    calls.flatMap(({ caller, callee, policy }) => {
      const once = happensOnce(callee, policy, system);
      const { retries = 0 } = policy;
      if (retries === 0 || once.length === 0) return [];
      return [
        {
          path: `${callAt(caller, callee)}.retries`,
          found: `${trail(caller, callee)}: ${attempts(retries)} of ${listed(once)}, offered as once`,
          remedy: `set retries to 0, name other operations, or give ${listed(once)} a key by which ${callee} knows a repetition and offer it as "idempotent"`,
          places: [callAt(caller, callee), serviceAt(caller)],
        },
      ];
    }),
};

function attempts(retries: number): string {
  return retries === 1 ? "1 retry" : `${retries} retries`;
}
