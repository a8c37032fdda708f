// Benchmarks: a program of their own, because what they measure lies above what the runner may import.
import { join } from "node:path";
import { root } from "../places";
import { hand } from "../process";

/** `make bench`: prints ratios, and fails when something does not work, never because it is slow. */
export function bench(): Promise<number> {
  const args = ["--expose-gc", "-r", join(root, "start.cjs"), join(root, "tests", "bench", "main.ts")];
  return hand({ file: process.execPath, args, cwd: root });
}
