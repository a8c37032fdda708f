// `archipelago policy` with FORMAT: judges one stack, or every one, and prints nothing but a report on standard output.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { packageFolder } from "../places";
import type { StackResult } from "../policy-report/stack-result";
import { RunRecord } from "../run-record";
import { duration, sayer, whileShowing } from "../say";
import { allRules } from "./deploy";
import { open, stacksOf, type Target, targetOf } from "./target";

/**
 * Reads FORMAT, STACK and OFFLINE; without STACK every stack is judged, offline.
 *
 * @returns 0, or 1 where a mandatory rule is broken or a stack could not be judged
 */
export async function policyReport(environment: NodeJS.ProcessEnv): Promise<0 | 1> {
  // The rules are loaded for their descriptions: no other verb needs them.
  const load = createRequire(__filename);
  const { writerOf } = load("../policy-report/report") as typeof import("../policy-report/report");
  const { resultOf } = load("../policy-report/stack-result") as typeof import("../policy-report/stack-result");
  const write = writerOf(environment.FORMAT ?? "");
  const start = performance.now();
  const asked = environment.STACK ?? "";
  const targets = asked === "" ? stacksOf().map((STACK) => targetOf({ STACK, OFFLINE: "1" })) : [targetOf(environment)];
  const results: StackResult[] = [];
  for (const [index, target] of targets.entries()) {
    target.say(`judging ${target.stack} with every pack (${index + 1} of ${targets.length})`);
    const { record, code, facts } = await judged(target);
    results.push(resultOf(target.stack, facts, record, code !== 0));
  }
  const { version } = JSON.parse(readFileSync(join(packageFolder, "package.json"), "utf8")) as { version: string };
  process.stdout.write(write(results, version));
  const broken = results.filter(
    ({ findings, failures }) => failures.length > 0 || findings.some(({ level }) => level === "mandatory"),
  );
  const end = broken.length === 0 ? "every rule holds" : `not so: ${broken.map(({ stack }) => stack).join(", ")}`;
  sayer(targets.every(({ offline }) => offline))(`policy: ${end} (${duration(performance.now() - start)})`);
  return broken.length === 0 ? 0 : 1;
}

async function judged(target: Target) {
  const stack = await open(target);
  const record = new RunRecord();
  const title = (elapsed: string): string => `policy of ${target.stack}: ${record.progress} (${elapsed})`;
  const run = await whileShowing(title, () => stack.run("preview", allRules, { quiet: true, record }));
  return { record, ...run };
}
