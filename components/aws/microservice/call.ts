// What a caller of a service gets: the way there, and how to treat it when it is slow or down.
import type * as pulumi from "@pulumi/pulumi";
import {
  CALL_LIMITS,
  callPrefix,
  durationWithin,
  type Grant,
  milliseconds,
  type Problem,
  wholeNumber,
} from "../../kit";
import type { CallPolicy } from "./args";

/** Problems of a call policy. */
export function validateCall({ timeout, retries, backoff, breaker, bulkhead }: CallPolicy): Problem[] {
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

/** The grant for one caller. Pure. */
export function callGrant(
  callee: { readonly name: string; readonly url: pulumi.Input<string>; readonly port: number },
  securityGroupId: pulumi.Input<string>,
  policy: CallPolicy,
): Grant {
  const { timeout = "3s", retries = 2, backoff = "100ms", bulkhead = 20 } = policy;
  const { breaker = { failures: 5, reset: "60s" } } = policy;
  const limits = breaker === "none" ? { failures: 0, reset: "0s" } : breaker;
  const prefix = callPrefix(callee.name);
  const inMilliseconds = (duration: string): string => String(milliseconds(duration) ?? 0);
  return {
    environment: {
      [`${prefix}URL`]: callee.url,
      [`${prefix}TIMEOUT_MS`]: inMilliseconds(timeout),
      [`${prefix}RETRIES`]: String(retries),
      [`${prefix}BACKOFF_MS`]: inMilliseconds(backoff),
      [`${prefix}BREAKER_FAILURES`]: String(limits.failures),
      [`${prefix}BREAKER_RESET_MS`]: inMilliseconds(limits.reset),
      [`${prefix}MAX_CONCURRENT`]: String(bulkhead),
    },
    reaches: [{ to: callee.name, port: callee.port, securityGroupId }],
  };
}
