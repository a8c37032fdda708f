// What the cases of semantics.spec.ts are written with.
import type { Values } from "../../../../offline/providers/core/values";

export const ACCOUNT = "111122223333";
export const arn = (service: string, rest: string): string => `arn:aws:${service}:eu-central-1:${ACCOUNT}:${rest}`;
export const trust = (service: string): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: `${service}.amazonaws.com` }, Action: "sts:AssumeRole" }],
  });
export const role = (name: string): string => `arn:aws:iam::${ACCOUNT}:role/${name}`;
export const machine = (states: Values, StartAt = "A"): Values => ({
  roleArn: role("states"),
  definition: JSON.stringify({ StartAt, States: states }),
});

/** By type: inputs that are right, and changes of them that are wrong, each with what is said of it. */
export interface Cases {
  readonly right: Values;
  readonly wrong: readonly (readonly [change: Values, said: readonly string[]])[];
}
