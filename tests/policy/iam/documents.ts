// Short ways to write the resources that IAM rules judge.
import { resource, type Subject } from "../support";

export const ACCOUNT = "123456789012";
export const FOREIGN = "999999999999";
export const QUEUE = `arn:aws:sqs:eu-central-1:${ACCOUNT}:orders`;

/** A document's text. */
export function text(...statements: readonly object[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

/** A managed policy. */
export function policy(...statements: readonly object[]): Subject {
  return resource("aws:iam/policy:Policy", { policy: text(...statements) });
}

/** A role with a trust policy. */
export function trusting(...statements: readonly object[]): Subject {
  return resource("aws:iam/role:Role", { assumeRolePolicy: text(...statements) });
}

/** A queue's policy. */
export function queuePolicy(...statements: readonly object[]): Subject {
  return resource("aws:sqs/queuePolicy:QueuePolicy", { policy: text(...statements) });
}

/** A key's policy. */
export function keyPolicy(...statements: readonly object[]): Subject {
  return resource("aws:kms/key:Key", { policy: text(...statements) });
}

/** An `Allow` of actions on resources. */
export function allow(
  action: string | readonly string[],
  resources: string | readonly string[] = QUEUE,
  more: object = {},
) {
  return { Effect: "Allow", Action: action, Resource: resources, ...more };
}

/** An `Allow` for a principal. */
export function admit(principal: unknown, action = "sqs:SendMessage", more: object = {}) {
  return { Effect: "Allow", Principal: principal, Action: action, Resource: QUEUE, ...more };
}

/** A trust statement. */
export function trust(principal: unknown, condition?: object, action = "sts:AssumeRole") {
  return { Effect: "Allow", Principal: principal, Action: action, ...(condition && { Condition: condition }) };
}

/** A `Deny` of everything to everybody, under a condition. */
export function deny(condition: object, more: object = {}) {
  return { Effect: "Deny", Principal: "*", Action: "*", Resource: "*", Condition: condition, ...more };
}
