// The machine's temporary folder is shared: other runs of this project, and of others, make and remove files there at any time.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Gives the specs of a `describe` a temporary folder of their own, which programs that they start use as well. */
export function ownTemporaryFolder(): () => string {
  const before = process.env.TMPDIR;
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "archipelago-own-"));
    process.env.TMPDIR = folder;
  });
  afterEach(() => {
    if (before === undefined) Reflect.deleteProperty(process.env, "TMPDIR");
    else process.env.TMPDIR = before;
    rmSync(folder, { recursive: true, force: true });
  });
  return () => folder;
}
