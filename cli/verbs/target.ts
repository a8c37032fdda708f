// The target on the command line: the stack, and whether it runs on a real cloud.
import { readdirSync } from "node:fs";
import type { EngineStack } from "../engine-stack";
import { openOffline } from "../offline-stack";
import { project as here } from "../places";
import { Explained } from "../process";
import { openReal } from "../real-stack";
import { type Say, sayer } from "../say";

/** A stack for each environment, called as the environment is. */
export const environments = ["local", "dev", "staging", "prod"] as const;

/** A stack as it was asked for. */
export interface Target {
  readonly stack: string;
  readonly offline: boolean;
  readonly say: Say;
}

/** Every stack that the project has a file for: the environments', then the others' by name (`enterprise-local`). */
export function stacksOf(project: string = here): string[] {
  const files = readdirSync(project).flatMap((file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1] ?? []);
  const others = files.filter((stack) => !environments.some((name) => name === stack)).sort();
  return [...environments, ...others];
}

/** The stack of that name. */
export function knownStack(asked: string): string {
  const stacks = stacksOf();
  if (stacks.includes(asked)) return asked;
  throw new Explained(
    `There is no stack "${asked}", because there is no Pulumi.${asked}.yaml: STACK is one of ${stacks.join(", ")}.`,
  );
}

/** The variable STACK, where it is set; it must be one of these. */
export function askedStack({ STACK = "" }: NodeJS.ProcessEnv, stacks: readonly string[]): string | undefined {
  if (STACK === "") return undefined;
  if (stacks.includes(STACK)) return STACK;
  throw new Explained(
    `There is no stack "${STACK}", because there is no Pulumi.${STACK}.yaml: STACK is one of ${stacks.join(", ")}.`,
  );
}

/** Reads STACK and OFFLINE. */
export function targetOf(environment: NodeJS.ProcessEnv): Target {
  const asked = environment.STACK ?? "";
  const stack = knownStack(asked === "" ? "local" : asked);
  const switched = environment.OFFLINE ?? "";
  if (!["", "0", "1"].includes(switched)) {
    throw new Explained(`OFFLINE is "${switched}": it is 1 for a run with no account, or left out.`);
  }
  const offline = isLocal(stack) || switched === "1";
  return { stack, offline, say: sayer(offline) };
}

/** Whether a stack is of the environment that has no account: `local`, or a system's, `enterprise-local`. */
function isLocal(stack: string): boolean {
  return /(?:^|-)local$/.test(stack);
}

/** Gets a stack ready to run. */
export function open({ stack, offline, say }: Target): Promise<EngineStack> {
  return offline ? openOffline({ stack, say }) : openReal(stack);
}
