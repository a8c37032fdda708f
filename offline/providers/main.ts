// The plugin's entry: `main <package> <version> [engine address]`. Prints the port it serves on, as the engine expects.
import { fstatSync, mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { FolderInventory } from "./core/folder";
import { Faults } from "./faults/faults";
import { parseFaults } from "./faults/setting";
import type * as Components from "./server/components";
import { serve } from "./server/serve";

async function main([name = "", version = "", ...rest]: readonly string[]): Promise<void> {
  if (process.env.ARCHIPELAGO_OFFLINE !== "1") {
    throw new Error(
      `the emulated provider "${name}" serves offline runs only, so that it can never stand in for a real account: ` +
        "ARCHIPELAGO_OFFLINE=1 is not set. Use `make up STACK=local` or `make preview OFFLINE=1`.",
    );
  }
  const cloud = process.env.ARCHIPELAGO_CLOUD ?? "";
  if (cloud === "")
    throw new Error("ARCHIPELAGO_CLOUD must name the folder in which the emulated cloud keeps what exists");
  const setting = parseFaults(process.env.ARCHIPELAGO_FAULTS);
  endWithTheEngine();
  if (name === "awsx") {
    // Loaded on demand: it brings Pulumi's whole runtime, which the other packages start without.
    const { serveComponents } = createRequire(__filename)("./server/components") as typeof Components;
    return serveComponents(name, version, rest);
  }
  // What the emulated cloud holds includes secrets.
  mkdirSync(cloud, { recursive: true, mode: 0o700 });
  // Beside the cloud and not in it: attempts are nothing that exists there.
  const faults = setting && new Faults(setting, `${cloud}.faults`);
  const { port } = await serve(name, version, new FolderInventory(join(cloud, name)), faults);
  process.stdout.write(`${port}\n`);
}

/** An engine that is killed can't tell its plugins; the pipe that it holds to them closes all the same. */
function endWithTheEngine(): void {
  const stdin = fstatSync(0);
  if (!stdin.isFIFO() && !stdin.isSocket()) return;
  process.stdin.once("end", () => process.exit(0));
  process.stdin.resume();
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`offline: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
