// What the offline preload saves against the loader of a run for an account: loading the program, not running it.
import { join } from "node:path";
import { preload, root } from "../../cli/places";
import { collect, Explained } from "../../cli/process";
import type { Benchmark } from "./pairs";

const program = ["infra/config.ts", "infra/targets/ecs/ecs.ts"].map((file) => join(root, file));

export function starting(): Benchmark {
  const load = program.map((file) => `require(${JSON.stringify(file)});`).join("");
  const start = (options: readonly string[]) => async (): Promise<void> => {
    const { code, stderr } = await collect({ file: process.execPath, args: [...options, "-e", load] });
    if (code !== 0) throw new Explained(`the program could not be loaded:\n${stderr}`);
  };
  return {
    what: "loading the program",
    a: { name: "offline, with the preload", run: start(preload) },
    b: { name: "for an account, with the loader", run: start(["--require", join(root, "register.cjs")]) },
    pairs: 7,
  };
}
