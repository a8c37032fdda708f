// Calls of a service to another, as a description has them.
import type * as v from "valibot";
import { CALL_LIMITS } from "../../../../components/kit/limits";
import { accepting } from "../../acceptance";
import { duration, either, list, object, oneOf, optional, precise, text, whole } from "../../schema/words";

/** How a call to another service behaves when that service is slow or down. */
export interface CallPolicy extends v.InferOutput<typeof CallPolicy> {}
export const CallPolicy = object({
  /** Operations of the callee that are called, of those in its `offers`. @default all of them */
  operations: optional(list(text())),
  /** Longest wait for one attempt; "none" waits for ever. @default "3s" */
  timeout: optional(either("none", duration(...CALL_LIMITS.timeout))),
  /** Attempts after the first, with exponential backoff. @default 2, or 0 where an operation must happen once */
  retries: optional(whole(...CALL_LIMITS.retries)),
  /** Wait before the first retry; it doubles with each. @default "100ms" */
  backoff: optional(precise(...CALL_LIMITS.backoff)),
  /** Failures in a row after which calls fail at once, and for how long; "none" goes on calling. @default 5 failures, "60s" */
  breaker: optional(
    either(
      "none",
      object({ failures: whole(...CALL_LIMITS.breakerFailures), reset: duration(...CALL_LIMITS.breakerReset) }),
    ),
  ),
  /** Calls under way at once from one task; more wait in vain. @default 20 */
  bulkhead: optional(whole(...CALL_LIMITS.bulkhead)),
  /** Calls that one request of the caller makes. @default 1 */
  perRequest: optional(whole(1, 1000)),
  /** Whether an answer that is a moment old would do. @default "strong" */
  consistency: optional(oneOf("strong", "eventual")),
  ...accepting,
});
