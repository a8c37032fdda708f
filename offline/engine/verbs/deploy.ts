// The verbs which run the engine on a stack: up, preview, policy, refresh, down, export.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { atOnce } from "../at-once";
import { cloudResources } from "../components-table";
import type { EngineStack, Run } from "../engine-stack";
import { OfflineStack } from "../offline-stack";
import { root } from "../places";
import { componentLines, outputLines, policyLines, protectedLines } from "../report";
import { duration } from "../say";
import { open, type Target } from "./target";

/** Brings the stack up and shows what is there. */
export async function up(target: Target): Promise<number> {
  const start = performance.now();
  const stack = await open(target);
  // The engine previews first, so that rules on the whole stack stop it before anything is made. Offline nobody is asked.
  const args = target.offline ? ["--yes"] : [];
  const run = await stack.run("up", [...args, ...atOnce, "--suppress-outputs", ...policyPacks()]);
  const deployment = await stack.deployment();
  show(target, "outputs", outputLines(deployment));
  show(target, "resources", componentLines(deployment));
  showPolicy(target, run);
  target.say(
    `${target.stack} ${run.code === 0 ? "is up" : "did not come up"} (${duration(performance.now() - start)})`,
  );
  return run.code;
}

/** Shows what `up` would change. */
export async function preview(target: Target): Promise<number> {
  const start = performance.now();
  const stack = await open(target);
  const run = await stack.run("preview", ["--suppress-outputs", ...policyPacks()]);
  showPolicy(target, run);
  target.say(
    `preview of ${target.stack} ${run.code === 0 ? "done" : "failed"} (${duration(performance.now() - start)})`,
  );
  return run.code;
}

/** Judges what `up` would make, and shows only that. */
export async function policy(target: Target): Promise<number> {
  const start = performance.now();
  const stack = await open(target);
  target.say(`judging ${target.stack} with ${policyPacks().length === 0 ? "no pack" : "every pack"}`);
  const run = await stack.run("preview", policyPacks(), { quiet: true });
  showPolicy(target, run);
  if (run.code !== 0 && run.facts.violations.length === 0) process.stderr.write(`${run.stdout}\n${run.stderr}\n`);
  target.say(
    `policy of ${target.stack} ${run.code === 0 ? "holds" : "does not hold"} (${duration(performance.now() - start)})`,
  );
  return run.code;
}

/** Takes over into the engine's state what is in the cloud now. */
export async function refresh(target: Target): Promise<number> {
  const stack = await open(target);
  return (await stack.run("refresh", target.offline ? ["--yes", "--skip-preview"] : [])).code;
}

/** Deletes everything, and looks that nothing is left; refuses a stack that protects its data. */
export async function down(target: Target): Promise<number> {
  const start = performance.now();
  const stack = await open(target);
  const refused = protectedLines(await stack.deployment(), target.stack);
  if (refused.length > 0) {
    for (const line of refused) target.say(line);
    return 1;
  }
  const args = target.offline ? ["--yes", "--skip-preview"] : [];
  const run = await stack.run("destroy", [...args, ...atOnce]);
  const left = [...cloudResources(await stack.deployment()).map(({ urn }) => urn), ...recorded(stack)];
  for (const what of left) target.say(`left: ${what}`);
  const state = left.length === 0 ? "nothing is left" : `${left.length} resources are left`;
  target.say(`${target.stack}: ${state} (${duration(performance.now() - start)})`);
  return run.code !== 0 ? run.code : Number(left.length > 0);
}

/** Prints the engine's deployment as JSON, and nothing else, on standard output. */
export async function exportState(target: Target): Promise<number> {
  const stack = await open(target);
  process.stdout.write(await stack.export());
  return 0;
}

/** What the emulated cloud still holds of a stack: the URNs. */
function recorded(stack: EngineStack): readonly string[] {
  if (!(stack instanceof OfflineStack)) return [];
  const entries = readdirSync(stack.places.cloud, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith(".json"))
    .map((entry) => JSON.parse(readFileSync(join(entry.parentPath, entry.name), "utf8")) as { urn: string })
    .map(({ urn }) => urn)
    .filter((urn) => urn.startsWith(`urn:pulumi:${stack.stack}::`));
}

/** The pack which runs all rules in one process. */
function policyPacks(): readonly string[] {
  const pack = join(root, "policy", "all");
  return existsSync(pack) ? ["--policy-pack", pack] : [];
}

function showPolicy(target: Target, run: Run): void {
  show(target, "policy", policyLines(run.facts));
}

/** Offline, each line says so: nobody takes a table out of a log for something real. */
function show({ stack, offline }: Target, title: string, lines: readonly string[]): void {
  const prefix = offline ? "offline: " : "";
  const text = ["", `${title} of ${stack}`, ...lines].map((line) => `${prefix}${line}`.trimEnd());
  process.stdout.write(`${text.join("\n")}\n`);
}
