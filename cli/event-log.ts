// The engine's event log: the pipe that it is read from, and what it says of policy. It is never kept, because its debug messages show
// generated passwords in plain text.
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, constants, mkdtempSync, openSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** An event log that is being written. */
export interface EventLog {
  /** The path for `--event-log`. */
  readonly path: string;
  /** Reads what is left, when the engine has ended, and removes the pipe. */
  close(): Promise<void>;
}

// When we are killed, the first reader ends with the next line that it can't hand on. The engine must not wait for a reader then.
const reader = "cat || cat > /dev/null";

/** Opens a pipe for an event log, and hands on each line of it. */
export function openEventLog(onLine: (line: string) => void): EventLog {
  const folder = mkdtempSync(join(tmpdir(), "archipelago-events-"));
  const path = join(folder, "pipe");
  execFileSync("mkfifo", ["-m", "600", path]);
  // While this process holds the pipe open, no written data is lost and opening either end does not block.
  const hold = openSync(path, constants.O_RDWR | constants.O_NONBLOCK);
  // A process of its own: reading a pipe without a writer would block one of Node's threads. A group of its own: Ctrl-C is not for it,
  // since the engine writes events until it ends.
  // It gets the pipe open: one that first had to open it could be too late.
  const end = openSync(path, constants.O_RDONLY);
  const process = spawn("/bin/sh", ["-c", reader], { stdio: [end, "pipe", "ignore"], detached: true });
  closeSync(end);
  const { stdout } = process;
  if (stdout === null) throw new Error("the reader of the event log has no output");
  const lines = createInterface({ input: stdout, crlfDelay: Infinity });
  lines.on("line", onLine);
  const over = once(lines, "close");
  return {
    path,
    close: async () => {
      closeSync(hold);
      await over;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A rule that was broken. */
export interface Violation {
  readonly pack: string;
  readonly rule: string;
  readonly level: string;
  /** Name and type of the resource; empty for a rule on the whole stack. */
  readonly resource: string;
  /** Empty for a rule on the whole stack that names no resource. */
  readonly urn: string;
  readonly message: string;
}

/** Result of a policy pack. */
export interface PackResult {
  readonly pack: string;
  readonly version: string;
  /** Names of the rules that ran. */
  readonly rules: readonly string[];
  /** Resources judged. */
  readonly resources: number;
}

/** The facts of a run. */
export interface RunFacts {
  readonly packs: readonly PackResult[];
  readonly violations: readonly Violation[];
  /** Exceptions that accept something, where the packs list them. */
  readonly accepted?: readonly string[];
  /** Values that are not known before the deployment, where the packs list them, each with the rules that judge it later. */
  readonly unjudged?: readonly string[];
}

interface Summary {
  readonly resourceUrn?: string;
  readonly policyPackName: string;
  readonly policyPackVersion: string;
  readonly passed?: readonly string[];
  readonly failed?: readonly string[];
}

interface PolicyEvent {
  readonly resourceUrn?: string;
  readonly message: string;
  readonly policyName: string;
  readonly policyPackName: string;
  readonly enforcementLevel: string;
}

interface Event {
  readonly policyEvent?: PolicyEvent;
  readonly policyAnalyzeSummaryEvent?: Summary;
  readonly policyAnalyzeStackSummaryEvent?: Summary;
}

/** The policy whose messages are accepted findings (policy/rules/exception-policies.ts). */
const ACCEPTED = "list-accepted-exceptions";
/** The policy whose messages are values that no rule could check (policy/rules/unjudged.ts). */
const UNJUDGED = "list-unjudged-values";

/** Whether a line of an event log is about policy. Most other lines repeat what the engine displays. */
export const isOfPolicy = (line: string): boolean => line.includes('"policy');

/** Counts what the lines of an event log say. */
export function factsOf(log: string): RunFacts {
  const packs = new Map<string, { version: string; rules: Set<string>; resources: Set<string> }>();
  const violations = new Map<string, Violation>();
  const accepted = new Set<string>();
  const unjudged = new Set<string>();
  for (const line of log.split("\n").filter(isOfPolicy)) {
    const event = JSON.parse(line) as Event;
    const summary = event.policyAnalyzeSummaryEvent ?? event.policyAnalyzeStackSummaryEvent;
    if (summary !== undefined) {
      const { policyPackName: name, policyPackVersion: version } = summary;
      const pack = packs.get(name) ?? { version, rules: new Set(), resources: new Set() };
      for (const rule of [...(summary.passed ?? []), ...(summary.failed ?? [])]) pack.rules.add(rule);
      if (summary.resourceUrn !== undefined) pack.resources.add(summary.resourceUrn);
      packs.set(name, pack);
    }
    if (event.policyEvent !== undefined) {
      const violation = violationOf(event.policyEvent);
      // An update with a preview before it reports twice.
      const last = violation.message.split("\n").at(-1) ?? "";
      if (violation.rule === ACCEPTED) accepted.add(last);
      else if (violation.rule === UNJUDGED) unjudged.add(last);
      else violations.set(JSON.stringify(violation), violation);
    }
  }
  return {
    packs: [...packs].map(([pack, { version, rules, resources }]) => ({
      pack,
      version,
      rules: [...rules].sort(),
      resources: resources.size,
    })),
    violations: [...violations.values()],
    ...(accepted.size > 0 && { accepted: [...accepted].sort() }),
    ...(unjudged.size > 0 && { unjudged: [...unjudged].sort() }),
  };
}

function violationOf(event: PolicyEvent): Violation {
  const [, , types = "", name = ""] = event.resourceUrn?.split("::") ?? [];
  const resource = event.resourceUrn === undefined ? "" : `${name} (${types.slice(types.lastIndexOf("$") + 1)})`;
  return {
    pack: event.policyPackName,
    rule: event.policyName,
    level: event.enforcementLevel,
    resource,
    urn: event.resourceUrn ?? "",
    message: event.message.trim(),
  };
}
