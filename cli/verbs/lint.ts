// Format, lint and types: what is checked about the code without running it.
import { join } from "node:path";
import { root } from "../places";
import { collect } from "../process";
import { duration, sayer } from "../say";

/** A check, and what it found when it did not hold. */
export interface CheckResult {
  readonly name: string;
  readonly passed: boolean;
  readonly output: string;
  readonly milliseconds: number;
}

const checks: readonly { readonly name: string; readonly args: readonly string[] }[] = [
  { name: "format", args: ["node_modules/prettier/bin/prettier.cjs", "--check", "--log-level", "warn", "."] },
  { name: "lint", args: ["node_modules/eslint/bin/eslint.js", "--max-warnings", "0", "."] },
  { name: "types", args: ["node_modules/typescript/bin/tsc", "--project", "."] },
];

/** Runs the checks, one after the other. */
export async function check(): Promise<readonly CheckResult[]> {
  const results: CheckResult[] = [];
  for (const { name, args } of checks) {
    const start = performance.now();
    const [script = "", ...rest] = args;
    const { code, stdout, stderr } = await collect({
      file: process.execPath,
      args: [join(root, script), ...rest],
      cwd: root,
    });
    const output = `${stdout}${stderr}`.trim();
    results.push({ name, passed: code === 0, output, milliseconds: performance.now() - start });
  }
  return results;
}

/** Says what the checks found. */
export function sayChecks(results: readonly CheckResult[]): void {
  const say = sayer(false);
  for (const { name, passed, output, milliseconds } of results) {
    say(`${name}: ${passed ? "ok" : "failed"} (${duration(milliseconds)})`);
    if (!passed) process.stdout.write(`${output}\n`);
  }
}

/** `make lint`. */
export async function lint(): Promise<number> {
  const results = await check();
  sayChecks(results);
  return Number(results.some(({ passed }) => !passed));
}
