// Where a description's paths begin.
import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/**
 * The folder of Pulumi.yaml: the working folder, or the nearest one above it. The engine runs a program in the folder of its `main`, and
 * `check` runs where it is called.
 */
export function projectFolder(from = process.cwd()): string {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    if (existsSync(join(folder, "Pulumi.yaml"))) return folder;
    if (dirname(folder) === folder) return resolve(from);
  }
}
