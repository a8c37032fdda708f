// The verbs which run the engine on a stack: up, preview, policy, refresh, down, export.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { stopCluster } from "../../offline/kubernetes/cluster";
import { cloudResources, type Deployment } from "../components-table";
import { type EngineStack, parallelOption, type Run } from "../engine-stack";
import { OfflineStack } from "../offline-stack";
import { everyRule, work } from "../places";
import {
  changeLines,
  componentLines,
  messageLines,
  outputLines,
  policyLines,
  protectedLines,
  resourceLines,
} from "../report";
import { RunRecord } from "../run-record";
import { duration, whileShowing } from "../say";
import { columnsOf, fit, paintOn } from "../screen";
import { open, type Target } from "./target";

const paint = paintOn(process.stdout);

/** The pack which runs all rules in one process. */
const packOption = ["--policy-pack", everyRule] as const;
/** Lets the pack list the exceptions that accept something. */
const acceptedOption = ["--policy-pack-config", join(everyRule, "report.json")] as const;
/** Options of a preview that judges with all rules, and lists the exceptions that accept something. */
export const allRules = [...packOption, ...acceptedOption] as const;

/** Brings the stack up and shows what is there. */
export async function up(target: Target): Promise<number> {
  const start = performance.now();
  const stack = await open(target);
  // The engine previews first, so that rules on the whole stack stop it before anything is made. Offline there is no prompt.
  const args = target.offline ? ["--yes"] : [];
  target.say(`bringing ${target.stack} up${usually(target, "half a minute to a minute")}`);
  const { run, record } = await shown(target, stack, "up", [
    ...args,
    ...parallelOption,
    "--suppress-outputs",
    ...packOption,
  ]);
  const time = duration(performance.now() - start);
  if (run.code !== 0) {
    const code = failed(target, run, record, `${target.stack} did not come up (${time})`);
    const begun = !record.isFirstPhase;
    if (begun)
      target.say("what was created stays: mend the cause and run `make up` again; docs/runbooks/recovery.md helps");
    return code;
  }
  const deployment = await stack.deployment();
  print(target, "outputs", outputLines(deployment, width(target)));
  show(target, "resources", componentLines(deployment, width(target)));
  // From nothing, the changes are the resources.
  const made = record.steps.filter(({ custom, operation }) => custom && operation === "create").length;
  if (made < cloudResources(deployment).length) showChanges(target, "changes", record);
  show(target, "policy", policyLines(run.facts, paint));
  target.say(`${target.stack} is up (${time})`);
  return 0;
}

/** Shows what `up` would change. */
export async function preview(target: Target): Promise<number> {
  const start = performance.now();
  const stack = await open(target);
  target.say(`previewing ${target.stack}${usually(target, "15 to 30 seconds")}`);
  const { run, record } = await shown(target, stack, "preview", ["--suppress-outputs", ...packOption]);
  const time = duration(performance.now() - start);
  if (run.code !== 0)
    return failed(target, run, record, `preview of ${target.stack} failed; nothing has changed (${time})`);
  showChanges(target, "changes that `up` would make", record);
  show(target, "policy", policyLines(run.facts, paint));
  target.say(`preview of ${target.stack} done (${time})`);
  return 0;
}

/** Judges what `up` would make, and shows only that. */
export async function policy(target: Target): Promise<number> {
  const start = performance.now();
  const stack = await open(target);
  target.say(`judging ${target.stack} with every pack`);
  const record = new RunRecord();
  const { run } = await watched(target, record, "policy", () =>
    stack.run("preview", allRules, { quiet: true, record }),
  );
  const time = duration(performance.now() - start);
  if (run.code !== 0) return failed(target, run, record, `policy of ${target.stack} does not hold (${time})`);
  show(target, "policy", policyLines(run.facts, paint));
  target.say(`policy of ${target.stack} holds (${time})`);
  return 0;
}

/** Takes over into the engine's state what is in the cloud now. */
export async function refresh(target: Target): Promise<number> {
  const start = performance.now();
  const stack = await open(target);
  const args = target.offline ? ["--yes", "--skip-preview"] : [];
  const known = stateSize(await stack.deployment());
  const { run, record } = await shown(target, stack, "refresh", args, known);
  const time = duration(performance.now() - start);
  if (run.code !== 0) return failed(target, run, record, `refresh of ${target.stack} failed (${time})`);
  showChanges(target, "changes found in the cloud", record);
  target.say(`refresh of ${target.stack} done (${time})`);
  return 0;
}

/** Deletes everything, and looks that nothing is left; refuses a stack that protects its data. */
export async function down(target: Target): Promise<number> {
  const start = performance.now();
  const stack = await open(target);
  const before = await stack.deployment();
  const refused = protectedLines(before, target.stack, target.offline);
  if (refused.length > 0) {
    for (const line of refused) target.say(line);
    return 1;
  }
  const args = target.offline ? ["--yes", "--skip-preview"] : [];
  const count = cloudResources(before).length;
  target.say(`deleting ${count} resources of ${target.stack}${usually(target, "half a minute to a minute")}`);
  const { run, record } = await shown(target, stack, "destroy", [...args, ...parallelOption], stateSize(before));
  // Resources in Pulumi's state are also in the record of the emulated cloud.
  const left = new Set([...cloudResources(await stack.deployment()).map(({ urn }) => urn), ...recorded(stack)]);
  // Resources with `retainOnDelete`, such as the role that all APIs of an account and region log by.
  for (const { urn, type, retainOnDelete } of cloudResources(before))
    if (retainOnDelete === true && left.delete(urn))
      target.say(`kept on purpose: ${urn.split("::").slice(3).join("::")} (${type})`);
  for (const what of left) target.say(`left: ${what}`);
  const state =
    left.size === 0 ? "nothing is left" : `${left.size} ${left.size === 1 ? "resource is" : "resources are"} left`;
  const end = `${target.stack}: ${state} (${duration(performance.now() - start)})`;
  if (run.code !== 0) {
    target.say("docs/runbooks/removal.md says what holds resources, and how to free them");
    return failed(target, run, record, end);
  }
  target.say(end);
  if (target.offline && (await stopCluster(join(work, "kubernetes"))))
    target.say("stopped Kubernetes; the next run that needs it starts it again");
  if (target.offline) target.say("the stack's empty state stays in .archipelago: `make clean` removes it");
  else target.say("AWS keeps some things for a while, and makes some again: docs/runbooks/removal.md");
  return Number(left.size > 0);
}

/** A run with the record of its events. */
interface ShownRun {
  readonly run: Run;
  readonly record: RunRecord;
}

/** Runs a verb and shows how far it is. A run for an account may ask questions, so there the engine has the terminal. */
async function shown(
  target: Target,
  stack: EngineStack,
  verb: string,
  args: readonly string[],
  known = 0,
): Promise<ShownRun> {
  const record = new RunRecord(known);
  if (!target.offline && process.stdout.isTTY) return { run: await stack.run(verb, args, { record }), record };
  return watched(target, record, verb, () => stack.run(verb, args, { quiet: true, record }));
}

async function watched(
  { offline }: Target,
  record: RunRecord,
  verb: string,
  work: () => Promise<Run>,
): Promise<ShownRun> {
  const prefix = offline ? "offline: " : "";
  const name = verb === "destroy" ? "down" : verb;
  const title = (): string => (verb === "up" && record.isFirstPhase ? "up, its preview" : name);
  const run = await whileShowing((elapsed) => `${prefix}${title()}: ${record.progress} (${elapsed})`, work);
  return { run, record };
}

/** Shows why a run failed, and nothing that was not looked at to its end. */
function failed(target: Target, run: Run, record: RunRecord, end: string): number {
  if (run.facts.violations.length > 0)
    show(target, "policy violations", policyLines(run.facts, paint).slice(2 * run.facts.packs.length));
  const messages = messageLines(record, paint);
  if (messages.length > 0) show(target, "errors", messages);
  // The engine itself could not begin: it has said so without an event.
  else if (run.facts.violations.length === 0) process.stderr.write(`${run.stdout}\n${run.stderr}\n`);
  target.say(end);
  return run.code;
}

/** Prints the engine's deployment as JSON, and nothing else, on standard output. */
export async function exportState(target: Target): Promise<number> {
  const stack = await open(target);
  process.stdout.write(await stack.export());
  return 0;
}

/** How long an offline run of a system such as the one that ships usually takes; docs/durations.md has the figures for AWS. */
function usually({ offline }: Target, time: string): string {
  return offline ? `, which usually takes ${time}` : "";
}

/** How many resources the engine goes through: components and providers too. */
function stateSize({ deployment }: Deployment): number {
  return deployment.resources?.length ?? 0;
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

/** The changes by component, then one by one as far as they can be read. */
function showChanges(target: Target, title: string, record: RunRecord): void {
  show(target, title, changeLines(record));
  const lines = resourceLines(record, paint);
  if (lines.length > 0) show(target, "changed resources", lines);
}

/** Columns for a line of a table, after its prefix; undefined in a pipe. */
function width({ offline }: Target): number | undefined {
  const columns = columnsOf(process.stdout);
  return columns === undefined ? undefined : columns - (offline ? "offline: ".length : 0);
}

/** Shows lines, those that are too long for the terminal in parts. */
function show(target: Target, title: string, lines: readonly string[]): void {
  print(
    target,
    title,
    lines.flatMap((line) => fit(line, width(target))),
  );
}

/** Shows lines as they are, so that a command can be copied. Offline, each line says so, so that a table in a log is not mistaken for a real stack. */
function print(target: Target, title: string, lines: readonly string[]): void {
  const prefix = target.offline ? "offline: " : "";
  const text = ["", paint("bold", `${title} of ${target.stack}`), ...lines].map((line) => `${prefix}${line}`.trimEnd());
  process.stdout.write(`${text.join("\n")}\n`);
}
