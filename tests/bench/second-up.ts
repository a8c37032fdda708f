// What an `up` costs that changes nothing, against the one that made everything.
import { rmSync } from "node:fs";
import { join } from "node:path";
import { type OfflineStack, openOffline } from "../../cli/offline-stack";
import type { Say } from "../../cli/say";
import { everyRule, quietly } from "./engine";
import type { Benchmark } from "./pairs";

export async function secondUp(work: string, say: Say): Promise<Benchmark> {
  const open = (): Promise<OfflineStack> => openOffline({ stack: "local", work });
  let stack = await openOffline({ stack: "local", work, say });
  const up = (): Promise<void> => quietly(stack, "up", ["--yes", ...everyRule]);
  return {
    what: "up of local",
    a: { name: "nothing to do", run: up },
    b: {
      name: "from nothing",
      prepare: async () => {
        rmSync(join(work, "stacks", "local"), { recursive: true, force: true });
        stack = await open();
      },
      run: up,
    },
    pairs: 3,
  };
}
