// Compares the rights of workloads before and after a change, from the grants of two mocked builds.
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Right, Rights } from "../../infra/targets/rights";
import { isClone, preload, programOf, project } from "../places";
import { collect } from "../process";

/** A workload whose rights differ. Each right in words: `IAM sqs:SendMessage`. */
export interface RightsChange {
  readonly workload: string;
  readonly gains: readonly string[];
  readonly loses: readonly string[];
}

/**
 * The rights of a stack in a folder; undefined when its description can't be built.
 *
 * @param folder the base's files, which have a program of their own in a clone, or the project
 */
export async function rightsIn(folder: string, stack: string): Promise<Rights | undefined> {
  const own = join(folder, "cli", "review", "stack-rights.ts");
  const program =
    folder !== project && isClone && existsSync(own)
      ? { file: process.execPath, args: [...preload, own, stack] }
      : programOf("cli/review/stack-rights", [stack]);
  const { code, stdout } = await collect({ ...program, cwd: folder });
  return code === 0 ? (JSON.parse(stdout) as Rights) : undefined;
}

/** The workloads whose rights differ, by name. Pure. */
export function rightsChanges(before: Rights, after: Rights): RightsChange[] {
  const workloads = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return workloads.flatMap((workload) => {
    const [old, now] = [wordsOf(before, workload), wordsOf(after, workload)];
    const gains = [...now].filter((right) => !old.has(right)).sort();
    const loses = [...old].filter((right) => !now.has(right)).sort();
    return gains.length + loses.length === 0 ? [] : [{ workload, gains, loses }];
  });
}

function wordsOf(rights: Rights, workload: string): ReadonlySet<string> {
  return new Set(Object.values(rights[workload]?.grants ?? {}).flatMap(inWords));
}

function inWords({ opens, actions, variables, files }: Right): string[] {
  return [
    ...opens.map(({ to, port }) => `connection to ${to}:${port}`),
    ...actions.map((action) => `IAM ${action}`),
    ...variables.map((variable) => `variable ${variable}`),
    ...files.map((file) => `file ${file}`),
  ];
}
