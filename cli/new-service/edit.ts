// `edit check|write`, a process of its own because it loads the TypeScript compiler, with what was asked for in NAME, CONTEXT, SYSTEM and STACK: says what is wrong, or writes and says what.
import { InvalidInput } from "../../components/kit/problems";
import { project } from "../places";
import { Explained } from "../process";
import { makeEdits } from "./edits";
import { propose, written } from "./new-service";

async function main(write: boolean): Promise<void> {
  const { NAME = "", CONTEXT = "", SYSTEM = "", STACK = "" } = process.env;
  const proposal = await propose(project, { name: NAME, context: CONTEXT, system: SYSTEM, stack: STACK || "local" });
  if (!write) return;
  makeEdits(proposal.edits);
  process.stdout.write(`${written(project, proposal).join("\n")}\n`);
}

main(process.argv[2] === "write").catch((error: unknown) => {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`${error instanceof InvalidInput || error instanceof Explained ? error.message : text}\n`);
  process.exitCode = 1;
});
