// A project of a few lines in a folder of its own.
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./stacks";

/** How a project or pack of plain JavaScript is run. */
export const runtime = "runtime: { name: nodejs, options: { typescript: false } }\n";

/**
 * Writes a project whose program may require this clone's files and packages.
 *
 * @param program JavaScript
 * @returns the folder
 */
export function writeProject(folder: string, name: string, program: string): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "Pulumi.yaml"), `name: ${name}\n${runtime}main: main.cjs\n`);
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name, version: "0.1.0" }));
  writeFileSync(join(folder, "main.cjs"), `require(${JSON.stringify(join(root, "register.cjs"))});\n${program}`);
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"), "junction");
  return folder;
}
