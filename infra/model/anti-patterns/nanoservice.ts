// A service that is a function of its only caller.
import type { Service } from "../system";
import { callAt, type Rule, serviceAt, trail } from "./rule";

export const nanoservice: Rule = {
  id: "nanoservice",
  severity: "warning",
  allowed:
    "services with something of their own: a store, a route, an event, a queue, a job, a way to the internet, or a second caller",
  why: "deploying and calling it costs more than it does",
  find: ({ services, callers }) =>
    services.flatMap(([name, service]) => {
      const [only, ...others] = callers(name);
      if (only === undefined || others.length > 0 || hasItsOwn(service)) return [];
      return [
        {
          path: serviceAt(name),
          found: `${trail(only.caller, name)}: only ${only.caller} calls it, and it has nothing of its own`,
          remedy: `make it a part of ${only.caller}`,
          places: [serviceAt(name), callAt(only.caller, name)],
        },
      ];
    }),
};

/** Whether the service does something that its caller does not ask for. */
function hasItsOwn(service: Service): boolean {
  const { exposes, internetEgress, usesCache } = service;
  const { owns, publishes, consumes, projects, functions, jobs, sendsTo, writesTo } = service;
  const parts = [owns, publishes, consumes, projects, functions, jobs, sendsTo, writesTo];
  const some = parts.some((part) => Object.keys(part ?? {}).length > 0);
  return some || exposes !== undefined || internetEgress !== undefined || usesCache === true;
}
