// `main.ts check|write`, with what was asked for in NAME, CONTEXT, SYSTEM and STACK: says what is wrong, or writes and says what.
import { join, relative } from "node:path";
import { InvalidInput } from "../../components/kit/problems";
import { makeEdits } from "./edits";
import { propose, type Proposal } from "./new-service";

const root = join(__dirname, "../..");

async function main(write: boolean): Promise<void> {
  const { NAME = "", CONTEXT = "", SYSTEM = "", STACK = "" } = process.env;
  const proposal = await propose(root, { name: NAME, context: CONTEXT, system: SYSTEM, stack: STACK || "local" });
  if (!write) return;
  makeEdits(proposal.edits);
  process.stdout.write(`${written(proposal).join("\n")}\n`);
}

/** What was written, a file a line. */
export function written({ system, addition, edits, uncommitted }: Proposal): string[] {
  const joined = addition.context ? `the new context ${addition.context.name}` : `context ${addition.service.context}`;
  const lines = edits.map(({ file, before, after }): [string, string] => [
    relative(root, file),
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
  process.stderr.write(`${error instanceof InvalidInput ? error.message : text}\n`);
  process.exitCode = 1;
});
