// Runs of the engine with their events: what happened to which resource, and what was said about it.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { EngineStack } from "../../../cli/engine-stack";
import { factsOf, type RunFacts } from "../../../cli/event-log";
import type { OfflineStack } from "../../../cli/offline-stack";
import type { Outcome } from "../../../cli/process";

/** What the engine did with a resource. */
export interface Step {
  readonly op: string;
  readonly urn: string;
}

/** A run, and all that its event log tells. */
export interface LoggedRun extends Outcome {
  readonly facts: RunFacts;
  /** Operations that the engine finished, in order, without those on resources that stayed as they were. */
  readonly changes: readonly Step[];
  /** Resources that stayed as they were. */
  readonly same: number;
  /** What engine, host, providers and program had to say, apart from a program's plain output. */
  readonly diagnostics: readonly string[];
}

interface Event {
  readonly resOutputsEvent?: { readonly metadata: Step };
  readonly diagnosticEvent?: { readonly severity: string; readonly message: string };
}

/** Operations which change nothing. */
const idle: ReadonlySet<string> = new Set(["same", "read", "refresh"]);

/** Runs a verb that asks nothing, and reads its events. */
export async function run(stack: EngineStack, verb: string, args: readonly string[] = []): Promise<LoggedRun> {
  const unasked = verb === "preview" ? [] : ["--yes", "--skip-preview"];
  const watch = { wanted: (line: string): boolean => !line.includes('"severity":"debug"') };
  const { events, ...outcome } = await stack.watched(verb, [...unasked, "--color", "never", ...args], watch);
  return { ...outcome, ...told(events) };
}

function told(log: string): Omit<LoggedRun, keyof Outcome> {
  const events = log
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Event);
  const all = events.flatMap(({ resOutputsEvent }) =>
    resOutputsEvent === undefined ? [] : [resOutputsEvent.metadata],
  );
  // A component is told of twice: when it is registered, and when its outputs are.
  const steps = [...new Map(all.map((step) => [`${step.op} ${step.urn}`, step])).values()];
  return {
    facts: factsOf(log),
    changes: steps.filter(({ op }) => !idle.has(op)).map(({ op, urn }) => ({ op, urn })),
    same: steps.filter(({ op }) => op === "same").length,
    diagnostics: events.flatMap(({ diagnosticEvent }) =>
      diagnosticEvent === undefined || diagnosticEvent.severity === "debug"
        ? []
        : [`${diagnosticEvent.severity}: ${diagnosticEvent.message.trim()}`],
    ),
  };
}

/** Lines of a run's output that warn of something, advise something or tell of an error. */
export function alarmingLines({ stdout, stderr }: Outcome): readonly string[] {
  // Whole words only: a resource may be called order-server-errors.
  const words =
    /(?<![\w-])(?:warn|warnings?|deprecated|advisory|errors?|failed|violations?|downloading|upgrade)(?![\w-])/i;
  return `${stdout}\n${stderr}`.split("\n").filter((line) => words.test(line));
}

/** Type and name of a resource, as a person would say it. */
export function shortName(urn: string): string {
  const [, , types = "", ...name] = urn.split("::");
  return `${types.slice(types.lastIndexOf("$") + 1)} ${name.join("::")}`;
}

/** What the emulated cloud holds, names it has given away included: a file each. */
export function recorded({ places }: OfflineStack): readonly string[] {
  const entries = readdirSync(places.cloud, { recursive: true, withFileTypes: true });
  // The file of changes is of no resource: it tells other processes that there was one.
  const files = entries.filter((entry) => entry.isFile() && entry.name !== "changes");
  return files.map((entry) => join(entry.parentPath, entry.name));
}

/** What the emulated cloud holds of stacks: not what outlives its resource, such as a revision of a task definition. */
export function held(stack: OfflineStack): readonly string[] {
  return recorded(stack).filter((file) => {
    if (!file.endsWith(".json")) return true;
    const { urn } = JSON.parse(readFileSync(file, "utf8")) as { readonly urn?: string };
    return urn !== "";
  });
}

/** Runs tasks, two at a time, and returns their results in order: an engine uses most of a core. */
export async function twoAtATime<T, R>(items: readonly T[], task: (item: T) => Promise<R>): Promise<readonly R[]> {
  const results = new Map<number, R>();
  const waiting = [...items.entries()];
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      results.set(next[0], await task(next[1]));
    }
  };
  await Promise.all([worker(), worker()]);
  return items.flatMap((_, index) => {
    const result = results.get(index);
    return result === undefined ? [] : [result];
  });
}
