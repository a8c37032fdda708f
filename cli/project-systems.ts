// The descriptions of a project's program: the modules `systems` and `environments` beside the program's entry.
import { existsSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { load } from "js-yaml";
import { InvalidInput } from "../components/kit/problems";
import { environments as shipped } from "../infra/environments";
import { examine } from "../infra/examine";
import type { Day } from "../infra/model/anti-patterns";
import type { Known } from "../infra/model/parse-settings";
import type { Plan } from "../infra/model/plan";
import type { Target } from "../infra/targets/target";
import { Explained } from "./process";
import { readStack } from "./stack-files";

const FORMS = [".ts", ".js", ".cjs", "/index.ts", "/index.js", "/index.cjs"];

/** The program's settings in Pulumi.yaml. */
export interface Program {
  readonly name: string;
  /** The file or folder that the engine runs. */
  readonly entry: string;
  /** The folder that holds it. */
  readonly folder: string;
}

/** The program of a project. */
export function programOfProject(project: string): Program {
  const file = join(project, "Pulumi.yaml");
  if (!existsSync(file)) {
    throw new Explained(
      `There is no Pulumi.yaml in ${project} or above it: run this in the folder of a Pulumi project.`,
    );
  }
  const { name = "", main = "." } = (load(readFileSync(file, "utf8")) ?? {}) as { name?: string; main?: string };
  const entry = join(project, main);
  const isFolder = existsSync(entry) && statSync(entry).isDirectory();
  return { name, entry, folder: isFolder ? entry : dirname(entry) };
}

/**
 * The systems and environments that a project's program describes.
 *
 * @throws Explained when there is no module `systems`
 */
export function knownOf(project: string): Known {
  const { folder } = programOfProject(project);
  const systems = exportOf(folder, "systems") as Known["systems"] | undefined;
  if (systems !== undefined) return { systems, environments: environmentsOf(project) };
  const place = relative(project, join(folder, "systems.ts"));
  throw new Explained(
    `${place} (or systems/index.ts beside it) must export \`systems\`: each system that the program describes, by its name.`,
  );
}

/** The environments of a project's program; without a module of its own, those of this package. */
export function environmentsOf(project: string): Known["environments"] {
  const own = exportOf(programOfProject(project).folder, "environments") as Known["environments"] | undefined;
  return own ?? shipped;
}

function exportOf(folder: string, name: string): unknown {
  const file = FORMS.map((form) => join(folder, `${name}${form}`)).find((path) => existsSync(path));
  if (file === undefined) return undefined;
  return loaded(file)[name];
}

/** @throws Explained when the project's own code throws while it is loaded: with its message and place, and no stack of ours */
function loaded(file: string): Readonly<Record<string, unknown>> {
  try {
    return createRequire(file)(file) as Readonly<Record<string, unknown>>;
  } catch (error) {
    // These say all that a person needs.
    if (!(error instanceof Error) || error instanceof InvalidInput || "errors" in error) throw error;
    const folder = dirname(file);
    const frame = (error.stack ?? "")
      .split("\n")
      .find((line) => line.includes(folder) && !line.includes("node_modules"));
    const place = /\(?([^\s(]+:\d+:\d+)\)?$/.exec(frame ?? "")?.[1] ?? file;
    throw new Explained(`${relative(process.cwd(), place)} throws while it is loaded: ${error.name}: ${error.message}`);
  }
}

/**
 * The plan of a stack, as an offline run makes it: examples will do.
 *
 * @throws InvalidInput with every problem
 */
export function planOfStack(project: string, known: Known, stack: string, today: Day): Plan {
  return builtStack(project, known, stack, today).plan;
}

/**
 * The same with the target that builds it.
 *
 * @throws InvalidInput with every problem
 */
export function builtStack(
  project: string,
  known: Known,
  stack: string,
  today: Day,
): { readonly plan: Plan; readonly target: Target } {
  const { values } = readStack(project, stack);
  const { plan, target, problems } = examine({ stack, values, offline: true }, known, today);
  if (!plan) throw new InvalidInput(`configuration of stack "${stack}"`, problems);
  return { plan, target };
}
