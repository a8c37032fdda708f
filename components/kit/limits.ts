// Bounds that components and the system model share, each once: a description that the model accepts is built. Pure.
import type { Problem } from "./problems";

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
  /** Requests a minute, or messages, for each task. */
  perTask: [1, 1_000_000_000],
} as const;

/**
 * What a route may say: "Listener rules" and "Target groups" of
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html and
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html
 */
export const ROUTE_LIMITS = {
  priority: [1, 50_000],
  slowStart: ["30s", "15m"],
  healthCheckInterval: ["5s", "5m"],
  healthCheckTimeout: ["2s", "2m"],
  healthCheckThreshold: [2, 10],
} as const;

/** What a queue may say: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html */
export const QUEUE_LIMITS = {
  visibilityTimeout: ["0s", "12h"],
  delay: ["0s", "15m"],
  retention: ["1m", "14d"],
  maxReceiveCount: [1, 1000],
} as const;

/** What a container may say: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html and API_HealthCheck.html */
export const RUNTIME_LIMITS = {
  stopTimeout: ["1s", "2m"],
  startTime: ["0s", "1h"],
  healthCheckInterval: ["5s", "5m"],
  healthCheckTimeout: ["2s", "1m"],
  healthCheckRetries: [1, 10],
  healthCheckStartPeriod: ["0s", "5m"],
} as const;

/** Forms of a schedule: https://docs.aws.amazon.com/autoscaling/application/userguide/scheduled-scaling-using-cron-expressions.html */
export const SCHEDULE = /^(?:cron|rate|at)\([^()]+\)$/;

/** Days that CloudWatch takes (https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html). */
export const LOG_RETENTION_DAYS: readonly number[] = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** A problem when a retention is none of CloudWatch's; none when it isn't set. */
export function retentionProblems(path: string, days: number | undefined): Problem[] {
  if (days === undefined || LOG_RETENTION_DAYS.includes(days)) return [];
  const allowed = `one of ${LOG_RETENTION_DAYS.join(", ")}`;
  return [{ path, value: days, allowed, remedy: "take the next larger value" }];
}
