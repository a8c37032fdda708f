// Calls between services without tracing.
import { type Rule, trail, WHOLE_SYSTEM } from "./rule";

export const missingTracing: Rule = {
  id: "missing-tracing",
  severity: "warning",
  allowed: "tracing in a system in which requests cross services",
  why: "when a request is slow or fails, nobody sees in which service",
  find: ({ system, calls, topics }) => {
    if (system.tracing !== undefined) return [];
    const [call] = calls;
    const event = topics
      .flatMap(({ events }) => events)
      .find(({ publishers, consumers }) => publishers.length > 0 && consumers.length > 0);
    const way = call
      ? [call.caller, call.callee]
      : event && [event.publishers[0]?.service ?? "", event.type, event.consumers[0]?.service ?? ""];
    if (way === undefined) return [];
    return [
      {
        path: "tracing",
        found: `${trail(...way)}: not traced`,
        remedy: "write tracing: {}; one request in ten is followed then",
        places: [WHOLE_SYSTEM],
      },
    ];
  },
};
