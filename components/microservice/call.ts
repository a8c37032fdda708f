// What a caller of a service gets: the way there, and how long to wait.
import type * as pulumi from "@pulumi/pulumi";
import { type Grant, type Problem, seconds } from "../base";
import type { CallPolicy } from "./args";
import { durationWithin, wholeNumber } from "./checks";

/** Problems of a call policy. */
export function validateCall({ timeout, retries }: CallPolicy): Problem[] {
  return [...durationWithin("timeout", timeout, 1, 300), ...wholeNumber("retries", retries, 0, 10)];
}

/** The grant for one caller. Pure. */
export function callGrant(
  callee: { readonly name: string; readonly url: pulumi.Input<string>; readonly port: number },
  securityGroupId: pulumi.Input<string>,
  { timeout = "3s", retries = 2 }: CallPolicy,
): Grant {
  const prefix = `${callee.name.replaceAll("-", "_").toUpperCase()}_SERVICE`;
  return {
    environment: {
      [`${prefix}_URL`]: callee.url,
      [`${prefix}_TIMEOUT_MS`]: String((seconds(timeout) ?? 0) * 1000),
      [`${prefix}_RETRIES`]: String(retries),
    },
    connections: [{ port: callee.port, securityGroupId }],
  };
}
