// `make new-service`: what it edits lies above what the runner may import, so each step that knows the program is a program.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { differenceOf } from "../new-service/difference";
import { labelsOf } from "../new-service/labels";
import { reviewLines } from "../new-service/show";
import type { Mode, Snapshot } from "../new-service/snapshot";
import { root } from "../places";
import { collect, Explained, hand } from "../process";

/** `make new-service NAME=review`: writes nothing when anything is wrong with what was asked, then shows what comes with it. */
export async function newService(): Promise<number> {
  const wrong = await edit("check");
  if (wrong !== 0) return wrong;
  const stack = process.env.STACK === undefined || process.env.STACK === "" ? "local" : process.env.STACK;
  const folder = mkdtempSync(join(tmpdir(), "archipelago-"));
  try {
    // Taken first: a stack that can't be built as it is gets no service.
    const before = await snapshotOf(stack, join(folder, "before.json"), ["preview"]);
    const failed = await edit("write");
    if (failed !== 0) return failed;
    await drawAgain();
    const after = await snapshotOf(stack, join(folder, "after.json"), ["preview", "up"]);
    const { preview = [], up = [] } = after;
    const lines = reviewLines(stack, differenceOf(before.preview ?? [], preview, up), labelsOf(up));
    process.stdout.write(`\n${lines.join("\n")}\n`);
    return 0;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function edit(step: "check" | "write"): Promise<number> {
  return hand({ ...program("infra/new-service/main.ts", step), cwd: root });
}

/** The checked-in pictures and catalogues tell of the new service too; says which have changed. */
async function drawAgain(): Promise<void> {
  for (const step of ["diagram", "catalog"]) {
    const { code, stdout, stderr } = await collect({
      ...program("infra/pictures/main.ts", step),
      cwd: root,
      env: { ...process.env, STACK: "" },
    });
    if (code !== 0) throw new Explained(`The service is written, but make ${step} fails:\n${stdout}${stderr}`);
    for (const [, path] of stdout.matchAll(/^(.*): written$/gm)) process.stdout.write(`  ${path ?? ""}, made again\n`);
  }
}

/** The stack as the files of this moment describe it. */
async function snapshotOf(stack: string, file: string, modes: readonly Mode[]): Promise<Snapshot> {
  const { code, stdout, stderr } = await collect({
    ...program("offline/engine/new-service/snapshot.ts", stack, file, ...modes),
    cwd: root,
  });
  if (code !== 0) throw new Explained(`${stack} can't be built from the files as they are now:\n${stdout}${stderr}`);
  return JSON.parse(readFileSync(file, "utf8")) as Snapshot;
}

function program(path: string, ...args: readonly string[]) {
  return { file: process.execPath, args: ["-r", join(root, "start.cjs"), join(root, path), ...args] };
}
