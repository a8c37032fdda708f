// `make drift`: shows on the local stack, in a scratch folder, how drift is found and repaired.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { walk, walkLines } from "./example";
import { openOffline } from "../../cli/offline-stack";
import { sayer } from "../../cli/say";
import { runProof } from "../support/proof";

/** `make drift`: status 1 unless exactly three drifts are found, and none after the repair. */
async function drift(): Promise<number> {
  const say = sayer(true);
  const work = mkdtempSync(join(tmpdir(), "archipelago-drift-"));
  try {
    const result = await walk(await openOffline({ stack: "local", work, say }), say);
    process.stdout.write(`${walkLines(result).join("\n")}\n`);
    return Number(result.found.length !== 3 || result.left.length > 0);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

runProof(drift);
