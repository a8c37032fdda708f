// `snapshot.ts <stack> <file> preview|up…`, a process of its own for each state of the source files: runs the stack's program on
// the emulation in this process, without the engine, and writes down every resource.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { load } from "js-yaml";
import { Refusal } from "../../offline/providers/core/judge";
import { deploy, type Registered } from "../../offline/providers/mocks";
import { offlineConfig } from "../offline-config";
import { project } from "../places";
import { programOfProject } from "../project-systems";

/** How a program runs. In a `preview`, computed values are unknown, so two previews differ only by the program. */
export type Mode = "preview" | "up";

/** A stack's resources, by the mode of the run. */
export type Snapshot = Readonly<Partial<Record<Mode, readonly Registered[]>>>;

/** The configuration of a stack as the engine would hand it to an offline run: text by key. */
function configuration(stack: string): Record<string, string> {
  const { text } = offlineConfig(readFileSync(join(project, `Pulumi.${stack}.yaml`), "utf8"), "");
  const { config } = load(text) as { readonly config: Readonly<Record<string, unknown>> };
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) => [key, typeof value === "string" ? value : JSON.stringify(value)]),
  );
}

async function resourcesOf(stack: string, preview: boolean): Promise<readonly Registered[]> {
  const { name, entry, folder } = programOfProject(project);
  const required = createRequire(join(folder, "program.js"));
  const run = (): void => {
    pulumi.runtime.setAllConfig(configuration(stack));
    // The loader remembers modules, and each run makes its resources anew.
    for (const file of Object.keys(required.cache)) {
      if (dirname(file) === folder) Reflect.deleteProperty(required.cache, file);
    }
    required(entry);
  };
  return (await deploy(run, { preview, project: name, stack })).resources;
}

async function main([stack = "", file = "", ...modes]: readonly string[]): Promise<void> {
  process.env.ARCHIPELAGO_OFFLINE = "1";
  const snapshot: Partial<Record<string, readonly Registered[]>> = {};
  for (const mode of modes) snapshot[mode] = await resourcesOf(stack, mode === "preview");
  writeFileSync(file, JSON.stringify(snapshot));
}

main(process.argv.slice(2)).catch((error: unknown) => {
  // An error that the user can correct is shown without a stack trace.
  const explained = error instanceof Refusal || (error instanceof Error && error.name === "InvalidInput");
  const text = error instanceof Error ? (explained ? error.message : (error.stack ?? error.message)) : String(error);
  process.stderr.write(`${text}\n`);
  process.exitCode = 1;
});
