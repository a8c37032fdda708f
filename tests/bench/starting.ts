// What the transpile cache saves: loading the program (not running it) with the cache full, against empty.
import { copyFileSync, mkdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../cli/places";
import { collect, Explained } from "../../cli/process";
import type { Benchmark } from "./pairs";

const program = ["infra/config.ts", "infra/targets/ecs/ecs.ts"].map((file) => join(root, file));

export function starting(work: string): Benchmark {
  const hook = hookIn(join(work, "starting"));
  const load = program.map((file) => `require(${JSON.stringify(file)});`).join("");
  const start = async (): Promise<void> => {
    const { code, stderr } = await collect({ file: process.execPath, args: ["-r", hook.file, "-e", load] });
    if (code !== 0) throw new Explained(`the program could not be loaded:\n${stderr}`);
  };
  return {
    what: "loading the program",
    a: { name: "cache full", run: start },
    b: {
      name: "cache empty",
      prepare: () => {
        rmSync(hook.cache, { recursive: true, force: true });
        return Promise.resolve();
      },
      run: start,
    },
    pairs: 7,
  };
}

/** The hook keeps its cache beside itself: a copy has one of its own, and the clone's stays as it is. */
function hookIn(folder: string): { readonly file: string; readonly cache: string } {
  const modules = join(folder, "node_modules");
  mkdirSync(modules, { recursive: true });
  for (const name of ["esbuild", "source-map-support"]) {
    symlinkSync(join(root, "node_modules", name), join(modules, name), "junction");
  }
  const file = join(folder, "start.cjs");
  copyFileSync(join(root, "start.cjs"), file);
  return { file, cache: join(modules, ".cache") };
}
