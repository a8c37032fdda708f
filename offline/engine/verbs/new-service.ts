// `make new-service`: a program of its own, because what it edits lies above what the runner may import.
import { join } from "node:path";
import { root } from "../places";
import { hand } from "../process";

/** `make new-service NAME=review`: writes nothing when anything is wrong with what was asked. */
export function newService(): Promise<number> {
  const program = join(root, "infra", "new-service", "main.ts");
  return hand({ file: process.execPath, args: ["-r", join(root, "start.cjs"), program, "write"], cwd: root });
}
