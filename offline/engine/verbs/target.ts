// What a person typed: which stack, and whether the cloud is real.
import type { EngineStack } from "../engine-stack";
import { openOffline } from "../offline-stack";
import { Explained } from "../process";
import { openReal } from "../real-stack";
import { type Say, sayer } from "../say";

/** Every stack of the project. */
export const stacks = ["local", "dev", "staging", "prod"] as const;

/** A stack as it was asked for. */
export interface Target {
  readonly stack: (typeof stacks)[number];
  readonly offline: boolean;
  readonly say: Say;
}

/** Reads STACK and OFFLINE. */
export function targetOf(environment: NodeJS.ProcessEnv): Target {
  const asked = environment.STACK ?? "";
  const stack = stacks.find((name) => name === (asked === "" ? "local" : asked));
  if (stack === undefined) throw new Explained(`There is no stack "${asked}": STACK is one of ${stacks.join(", ")}.`);
  const switched = environment.OFFLINE ?? "";
  if (!["", "0", "1"].includes(switched)) {
    throw new Explained(`OFFLINE is "${switched}": it is 1 for a run with no account, or left out.`);
  }
  const offline = stack === "local" || switched === "1";
  return { stack, offline, say: sayer(offline) };
}

/** Gets a stack ready to run. */
export function open({ stack, offline, say }: Target): Promise<EngineStack> {
  return offline ? openOffline({ stack, say }) : openReal(stack);
}
