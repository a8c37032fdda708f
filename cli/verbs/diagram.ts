// `archipelago diagram` and `archipelago catalog`: write pictures of a stack's plan into docs/pictures, and its events and services into
// docs/catalog. They need no engine and no account.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { thisDay } from "../../infra/examine";
import { targetName } from "../../infra/targets";
import { catalogueFiles, onePlanEach, rightsFile } from "../../infra/views/catalog/files";
import { pictureFiles, pictureName } from "../../infra/views/pictures/files";
import { diagram as mermaid } from "../../infra/views/pictures/mermaid";
import { withDiagrams } from "../../infra/views/pictures/readme";
import { project } from "../places";
import { mockedRights } from "../mocked-rights";
import { builtStack, knownOf } from "../project-systems";
import { stacksIn } from "../stack-files";
import { askedStack } from "./target";

const folder = join(project, "docs", "pictures");

type Stack = Pick<ReturnType<typeof builtStack>, "plan" | "target">;

interface Run {
  /** The stack that was asked for. @default those whose files are there */
  readonly asked: string | undefined;
  readonly stackOf: (stack: string) => Stack;
}

/** Writes the catalogues of the asked stack's system, or of every system. */
export async function catalog(): Promise<number> {
  const { asked, stackOf } = runOf();
  const stacks = (asked === undefined ? stacksIn(project) : [asked]).map(stackOf);
  write(join(project, "docs", "catalog"), await cataloguesOf(stacks));
  return 0;
}

/** The catalogues of stacks: one of each system, and one page of rights for each system and target. */
export async function cataloguesOf(stacks: readonly Stack[]): Promise<ReadonlyMap<string, string>> {
  const files = onePlanEach(stacks.map(({ plan }) => plan)).flatMap((plan) => [...catalogueFiles(plan)]);
  for (const target of new Set(stacks.map((stack) => stack.target))) {
    const plans = stacks.flatMap((stack) => (stack.target === target ? [stack.plan] : []));
    for (const plan of onePlanEach(plans))
      files.push(...rightsFile(plan, targetName(target), await mockedRights(target, plan)));
  }
  return new Map(files);
}

/** Draws the asked stack, or those whose pictures are there, and the pictures in the README. */
export async function diagram(): Promise<number> {
  const run = runOf();
  for (const { plan, target } of drawn(run))
    write(folder, await pictureFiles(plan, targetName(target), await mockedRights(target, plan)));
  const page = join(project, "README.md");
  if (!existsSync(page)) return 0;
  const text = withDiagrams(readFileSync(page, "utf8"), (stack) => mermaid(run.stackOf(stack).plan));
  write(project, new Map([["README.md", text]]));
  return 0;
}

function runOf(): Run {
  const today = thisDay();
  const known = knownOf(project);
  return {
    asked: askedStack(process.env, stacksIn(project)),
    stackOf: (stack) => builtStack(project, known, stack, today),
  };
}

function drawn({ asked, stackOf }: Run): Stack[] {
  if (asked !== undefined) return [stackOf(asked)];
  return stacksIn(project)
    .map(stackOf)
    .filter(({ plan, target }) => existsSync(join(folder, `${pictureName(plan, targetName(target))}.svg`)));
}

/** Writes what has changed, and says so. */
function write(into: string, files: ReadonlyMap<string, string>): void {
  mkdirSync(into, { recursive: true });
  for (const [name, text] of files) {
    const path = join(into, name);
    const changed = !existsSync(path) || readFileSync(path, "utf8") !== text;
    if (changed) writeFileSync(path, text);
    process.stdout.write(`${path.slice(project.length + 1)}: ${changed ? "written" : "as it was"}\n`);
  }
}
