// Bounds that components and the system model share, each once: a description that the model accepts is built. Pure.

/** What a call's policy may say. Ours: an answer that takes longer, or more attempts, is no call but a queue. */
export const CALL_LIMITS = {
  timeout: ["1s", "5m"],
  retries: [0, 10],
  backoff: ["1ms", "60s"],
  breakerFailures: [1, 1000],
  breakerReset: ["1s", "1h"],
  bulkhead: [1, 10_000],
} as const;

/** How long a service's proxy may wait for an answer: a second more than the caller that waits longest. */
export const REQUEST_TIMEOUT_LIMITS = ["1s", "301s"] as const;

/**
 * What autoscaling may say. Tasks: "Tasks per service" of https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html;
 * targets are percent, and the cooldowns are ours.
 */
export const SCALING_LIMITS = {
  tasks: [1, 5000],
  target: [1, 100],
  cooldown: ["0s", "1h"],
} as const;
