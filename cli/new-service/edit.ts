// `edit check|write`, a process of its own because it loads the TypeScript compiler, with what was asked for in NAME, CONTEXT, SYSTEM and STACK: says what is wrong, or writes and says what.
import { relative } from "node:path";
import { InvalidInput } from "../../components/kit/problems";
import { project } from "../places";
import { Explained } from "../process";
import { makeEdits } from "./edits";
import { propose, type Proposal } from "./new-service";

async function main(write: boolean): Promise<void> {
  const { NAME = "", CONTEXT = "", SYSTEM = "", STACK = "" } = process.env;
  const proposal = await propose(project, { name: NAME, context: CONTEXT, system: SYSTEM, stack: STACK || "local" });
  if (!write) return;
  makeEdits(proposal.edits);
  process.stdout.write(`${written(proposal).join("\n")}\n`);
}

/** What was written, a file a line. */
export function written({ system, addition, edits, uncommitted }: Proposal): string[] {
  const joined = addition.context ? `the new context ${addition.context.name}` : `context ${addition.service.context}`;
  const lines = edits.map(({ file, before, after }): [string, string] => [
    relative(project, file),
    before === undefined ? "new" : `${after.split("\n").length - before.split("\n").length} more lines`,
  ]);
  const width = Math.max(...lines.map(([path]) => path.length));
  return [
    `${addition.name} is described in ${system}, in ${joined}`,
    ...lines.map(([path, what]) => `  ${path.padEnd(width)}  ${what.replace(/^1 more lines$/, "1 more line")}`),
    ...uncommitted.map((file) => `  ${file} already held changes that are not committed: git diff shows both`),
  ];
}

main(process.argv[2] === "write").catch((error: unknown) => {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`${error instanceof InvalidInput || error instanceof Explained ? error.message : text}\n`);
  process.exitCode = 1;
});
