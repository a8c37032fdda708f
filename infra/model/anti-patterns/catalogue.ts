// The names of the anti-patterns; one file each holds what it looks for.

export const ANTI_PATTERNS = [
  "chatty-pair",
  "context-reaches-into-store",
  "distributed-monolith",
  "entity-with-two-owners",
  "event-without-consumer",
  "event-without-contract",
  "event-without-publisher",
  "god-service",
  "incompatible-contract-version",
  "long-synchronous-chain",
  "missing-field",
  "missing-tracing",
  "nanoservice",
  "promise-beyond-callees",
  "public-route-without-authentication",
  "queue-without-dead-letter",
  "saga-step-without-compensation",
  "shared-store",
  "single-replica",
  "synchronous-cycle",
  "unprotected-call",
  "unsafe-retry",
  "visibility-below-handling-time",
] as const;

/** The name of an anti-pattern. */
export type AntiPatternId = (typeof ANTI_PATTERNS)[number];
