// What a caller of a service gets: the way there, and how long to wait.
import type * as pulumi from "@pulumi/pulumi";
import { constantCase, durationWithin, type Grant, type Problem, seconds, wholeNumber } from "../base";
import type { CallPolicy } from "./args";

/** Problems of a call policy. */
export function validateCall({ timeout, retries }: CallPolicy): Problem[] {
  return [...durationWithin("timeout", timeout, "1s", "5m"), ...wholeNumber("retries", retries, 0, 10)];
}

/** The grant for one caller. Pure. */
export function callGrant(
  callee: { readonly name: string; readonly url: pulumi.Input<string>; readonly port: number },
  securityGroupId: pulumi.Input<string>,
  { timeout = "3s", retries = 2 }: CallPolicy,
): Grant {
  const prefix = `${constantCase(callee.name)}_SERVICE`;
  return {
    environment: {
      [`${prefix}_URL`]: callee.url,
      [`${prefix}_TIMEOUT_MS`]: String((seconds(timeout) ?? 0) * 1000),
      [`${prefix}_RETRIES`]: String(retries),
    },
    connections: [{ port: callee.port, securityGroupId }],
  };
}
