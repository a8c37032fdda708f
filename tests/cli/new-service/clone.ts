// A clone in a folder of its own with just what an added service touches; the model and the components are this repository's.
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

export const repository = resolve(__dirname, "../../..");

/** Makes a clone; the caller removes it. */
export function cloneForSpecs(): string {
  const root = mkdtempSync(join(tmpdir(), "archipelago-new-service-"));
  for (const folder of ["infra/systems", "tests/infra/systems"]) mkdirSync(join(root, folder), { recursive: true });
  for (const linked of ["infra/model", "components", "node_modules", "tests/infra/support", "infra/environments"]) {
    symlinkSync(join(repository, linked), join(root, linked));
  }
  const copied = ["Pulumi.yaml", ".prettierrc.json", "infra/systems/ecommerce.ts", "infra/systems/index.ts"];
  for (const file of [...copied, ...stackFiles(repository)]) cpSync(join(repository, file), join(root, file));
  return root;
}

/** Names of the files that configure stacks. */
export function stackFiles(root: string): string[] {
  return readdirSync(root).filter((name) => /^Pulumi\..+\.yaml$/.test(name));
}

/** The text of every file that a new service may touch, by path. */
export function contents(root: string): Record<string, string> {
  const folders = ["infra/systems", "tests/infra/systems"];
  const files = [
    ...folders.flatMap((folder) => readdirSync(join(root, folder)).map((name) => join(folder, name))),
    ...stackFiles(root),
  ];
  return Object.fromEntries(files.map((file) => [file, readFileSync(join(root, file), "utf8")]));
}

/** Removes a clone. */
export function removeClone(root: string): void {
  rmSync(root, { recursive: true });
}
