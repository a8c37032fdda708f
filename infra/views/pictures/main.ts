// `make diagram` and `make catalog`: write what a stack's plan looks like into docs/pictures, and what it says into
// docs/catalog. They need no engine and no account.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { InvalidInput } from "../../../components/kit/problems";
import { catalogueFiles, onePlanEach } from "../catalog/files";
import { stacksIn } from "../../check/stack-files";
import type { Plan } from "../../model/plan";
import { thisDay } from "../../today";
import { pictureFiles, pictureName } from "./files";
import { diagram } from "./mermaid";
import { withDiagrams } from "./readme";
import { planOfStack } from "./stacks";

const root = join(__dirname, "../../..");
const folder = join(root, "docs", "pictures");

interface Run {
  /** The stack that was asked for; empty: those whose files are there. */
  readonly asked: string;
  readonly planOf: (stack: string) => Plan;
}

/** The asked stack's system, or every system. */
function writeCatalogues({ asked, planOf }: Run): void {
  const plans = asked === "" ? onePlanEach(stacksIn(root).map(planOf)) : [planOf(asked)];
  for (const plan of plans) write(join(root, "docs", "catalog"), catalogueFiles(plan));
}

async function drawDiagrams(run: Run): Promise<void> {
  for (const plan of plansOf(run, (plan) => `${pictureName(plan)}.svg`)) write(folder, await pictureFiles(plan));
  const page = readFileSync(join(root, "README.md"), "utf8");
  write(root, new Map([["README.md", withDiagrams(page, (stack) => diagram(run.planOf(stack)))]]));
}

function plansOf({ asked, planOf }: Run, fileOf: (plan: Plan) => string): Plan[] {
  if (asked !== "") return [planOf(asked)];
  return stacksIn(root)
    .map(planOf)
    .filter((plan) => existsSync(join(folder, fileOf(plan))));
}

/** Writes what has changed, and says so. */
function write(into: string, files: ReadonlyMap<string, string>): void {
  mkdirSync(into, { recursive: true });
  for (const [name, text] of files) {
    const path = join(into, name);
    const changed = !existsSync(path) || readFileSync(path, "utf8") !== text;
    if (changed) writeFileSync(path, text);
    process.stdout.write(`${path.slice(root.length + 1)}: ${changed ? "written" : "as it was"}\n`);
  }
}

async function main(verb: string): Promise<number> {
  const asked = process.env.STACK ?? "";
  const stacks = stacksIn(root);
  if (asked !== "" && !stacks.includes(asked)) {
    process.stderr.write(`There is no stack "${asked}": STACK is one of ${stacks.join(", ")}.\n`);
    return 1;
  }
  const today = thisDay();
  const run = { asked, planOf: (stack: string) => planOfStack(root, stack, today) };
  if (verb === "catalog") writeCatalogues(run);
  else await drawDiagrams(run);
  return 0;
}

main(process.argv[2] ?? "").then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.stderr.write(`${error instanceof InvalidInput ? error.message : text}\n`);
    process.exitCode = 1;
  },
);
