// What judging costs: a preview with every rule against the same preview with none.
import { openOffline } from "../../cli/offline-stack";
import type { Say } from "../../cli/say";
import { everyRule, quietly } from "./engine";
import type { Benchmark } from "./pairs";

export async function policyShare(work: string, say: Say): Promise<Benchmark> {
  const stack = await openOffline({ stack: "prod", work, say });
  return {
    what: "preview of prod",
    a: { name: "every rule", run: () => quietly(stack, "preview", everyRule) },
    b: { name: "no pack", run: () => quietly(stack, "preview", []) },
    pairs: 5,
    target: 1.25,
  };
}
