// Runs of the real engine, on stacks in a scratch folder.
import type { EngineStack } from "../../cli/engine-stack";
import { everyRule as pack } from "../../cli/places";
import { Explained } from "../../cli/process";

/** The pack with every rule, as the verbs use it. */
export const everyRule = ["--policy-pack", pack] as const;

/** Runs a verb without a word, and rejects with what the engine said when it fails. */
export async function quietly(stack: EngineStack, verb: string, args: readonly string[]): Promise<void> {
  const { code, stdout, stderr } = await stack.run(verb, args, { quiet: true });
  if (code !== 0) throw new Explained(`${verb} of ${stack.stack} failed:\n${stdout}\n${stderr}`);
}
