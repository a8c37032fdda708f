// What a project holds that an addition touches: systems, the stacks that run them, and what is not committed.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, relative } from "node:path";
import { Explained } from "../process";
import { programOfProject } from "../project-systems";
import { readStack } from "../stack-files";
import type { System } from "../../infra/model/system";
import { readStackFile, type StackFile } from "./stack-file";

/** The folder of a project's systems. */
export function systemsFolder(root: string): string {
  return join(programOfProject(root).folder, "systems");
}

/** Names of the systems that a project describes: a file each. */
export function systemsIn(root: string): string[] {
  const folder = systemsFolder(root);
  if (!existsSync(folder)) {
    const place = relative(root, folder);
    throw new Explained(
      `There is no folder ${place}: a service can be added where each system has a file of its own in it.`,
    );
  }
  return readdirSync(folder).flatMap((file) => {
    const name = /^([a-z][a-z0-9-]*)\.ts$/.exec(file)?.[1];
    return name === undefined || name === "index" ? [] : [name];
  });
}

/** A system's file. */
export function systemFile(root: string, system: string): string {
  return join(systemsFolder(root), `${system}.ts`);
}

/** The system that a file describes; undefined when it exports none of that name. */
export function loadSystem(file: string, name: string): System | undefined {
  const exported = createRequire(file)(file) as Readonly<Record<string, unknown>>;
  return Object.values(exported).find(
    (value): value is System =>
      typeof value === "object" && value !== null && "services" in value && "name" in value && value.name === name,
  );
}

/** A stack's file, with where it is. */
export interface LocatedStack extends StackFile {
  /** Absolute. */
  readonly file: string;
}

/** Every stack that a project configures, by name. */
export function stacksIn(root: string): LocatedStack[] {
  return readdirSync(root)
    .flatMap((name) => {
      const stack = /^Pulumi\.([\w.-]+)\.yaml$/.exec(name)?.[1];
      const file = join(root, name);
      if (stack === undefined) return [];
      // An editor of documents would go on behind a mistake.
      readStack(root, stack);
      return [{ file, ...readStackFile(stack, readFileSync(file, "utf8")) }];
    })
    .sort((a, b) => (a.stack < b.stack ? -1 : 1));
}

/** Those of some files that git says were changed and not committed, relative to the root; none outside a git repository. */
export function uncommitted(root: string, files: readonly string[]): string[] {
  const there = files.filter((file) => existsSync(file)).map((file) => relative(root, file));
  const { status, stdout } = spawnSync("git", ["status", "--porcelain", "-z", "--", ...there], {
    cwd: root,
    encoding: "utf8",
  });
  return status === 0 ? there.filter((file) => stdout.split("\0").some((line) => line.slice(3) === file)) : [];
}
