// Outputs of a stack, from what was built.
import * as pulumi from "@pulumi/pulumi";
import type { Bound } from "./target";

/** The outputs of a target, with those of everything that was built. */
export function gatherOutputs<T extends object>(own: T, built: readonly Pick<Bound, "outputs">[]): T {
  return built.reduce((all, { outputs = {} }) => merged(all, outputs), own);
}

/** Outputs with more of them: sections of the same name become one. */
function merged<T extends object>(all: T, more: NonNullable<Bound["outputs"]>): T {
  const known = new Map<string, unknown>(Object.entries(all));
  const entries = Object.entries(more).map(([name, value]): [string, unknown] => {
    const before = known.get(name);
    return [name, pulumi.Output.isInstance(value) ? value : { ...(before as object | undefined), ...value }];
  });
  const added: Readonly<Record<string, unknown>> = Object.fromEntries(entries);
  return { ...all, ...added };
}
