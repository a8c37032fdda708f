// What a caller of a service is told: where the service is, and how to treat it when it is slow or down. Pure.
import type * as pulumi from "@pulumi/pulumi";
import { CALL_LIMITS } from "./limits";
import { callPrefix } from "./names";
import { durationWithin, type Problem, wholeNumber } from "./problems";
import { type Duration, milliseconds } from "./units";

/** How a caller treats a service. */
export interface CallPolicy {
  /** Longest wait for one attempt; "none" waits for ever, which the caller gets as 0. @default "3s" */
  readonly timeout?: Duration | "none";
  /** Attempts after the first, 0–10. @default 2 */
  readonly retries?: number;
  /** Wait before the first retry; it doubles with each. @default "100ms" */
  readonly backoff?: `${number}ms` | Duration;
  /**
   * Failures in a row after which calls fail at once, and for how long; "none" goes on calling, which the caller gets as
   * 0 failures. @default 5 failures, "60s"
   */
  readonly breaker?: { readonly failures: number; readonly reset: Duration } | "none";
  /** Calls under way at once from one task, 1–10,000. @default 20 */
  readonly bulkhead?: number;
}

/** Problems of a call policy. */
export function callProblems({ timeout, retries, backoff, breaker, bulkhead }: CallPolicy): Problem[] {
  const limits = breaker === undefined || breaker === "none" ? undefined : breaker;
  return [
    ...(timeout === "none" ? [] : durationWithin("timeout", timeout, ...CALL_LIMITS.timeout)),
    ...wholeNumber("retries", retries, ...CALL_LIMITS.retries),
    ...backoffProblems(backoff),
    ...wholeNumber("breaker.failures", limits?.failures, ...CALL_LIMITS.breakerFailures),
    ...durationWithin("breaker.reset", limits?.reset, ...CALL_LIMITS.breakerReset),
    ...wholeNumber("bulkhead", bulkhead, ...CALL_LIMITS.bulkhead),
  ];
}

function backoffProblems(backoff: CallPolicy["backoff"]): Problem[] {
  if (backoff === undefined) return [];
  const [least, most] = CALL_LIMITS.backoff;
  const wait = milliseconds(backoff);
  if (wait !== undefined && wait >= (milliseconds(least) ?? 0) && wait <= (milliseconds(most) ?? 0)) return [];
  return [
    {
      path: "backoff",
      value: backoff,
      allowed: `${least} to ${most}`,
      remedy: 'write a whole number and a unit, such as "100ms"',
    },
  ];
}

/** Variables of one caller: `<NAME>_SERVICE_URL` and the policy. */
export function callVariables(
  name: string,
  url: pulumi.Input<string>,
  {
    timeout = "3s",
    retries = 2,
    backoff = "100ms",
    bulkhead = 20,
    breaker = { failures: 5, reset: "60s" },
  }: CallPolicy,
): Readonly<Record<string, pulumi.Input<string>>> {
  const limits = breaker === "none" ? { failures: 0, reset: "0s" } : breaker;
  const prefix = callPrefix(name);
  const inMilliseconds = (duration: string): string => String(milliseconds(duration) ?? 0);
  return {
    [`${prefix}URL`]: url,
    [`${prefix}TIMEOUT_MS`]: inMilliseconds(timeout),
    [`${prefix}RETRIES`]: String(retries),
    [`${prefix}BACKOFF_MS`]: inMilliseconds(backoff),
    [`${prefix}BREAKER_FAILURES`]: String(limits.failures),
    [`${prefix}BREAKER_RESET_MS`]: inMilliseconds(limits.reset),
    [`${prefix}MAX_CONCURRENT`]: String(bulkhead),
  };
}
