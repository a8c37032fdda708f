// Runs an operation with a fault: its process is killed, interrupted, doubled or denied room on the disk at a chosen moment.
import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { OfflineStack } from "../../cli/offline-stack";
import { openEventLog } from "../../cli/event-log";
import type { Outcome } from "../../cli/process";
import { known } from "./inventory";
import type { RunPlan } from "./plan";

/** What a faulted operation did. */
export interface Injected extends Outcome {
  /** Whether the harness's own fault happened: an operation may be over before its moment. What providers did is in their log. */
  readonly happened: boolean;
  /** What broke that no recovery may excuse. */
  readonly problems: readonly string[];
  /** What a second engine printed. */
  readonly second: string;
}

/** The engine's arguments for a verb that asks nothing. */
function engineArguments(stack: OfflineStack, verb: "up" | "destroy"): readonly string[] {
  const config = ["--config-file", stack.setup.configFile ?? ""];
  return [verb, ...config, "--stack", stack.stack, "--yes", "--skip-preview", "--non-interactive", "--color", "never"];
}

/** Exit status of what SIGKILL ended, as a shell tells it. */
const killed = 137;
/** How long a full disk is looked at before the person gives up, in milliseconds: the engine retries each write for minutes. */
const patience = (resources: number): number => 6_000 + 40 * resources;

/**
 * Brings a fault over an operation.
 * @param resources how many the operation is about to handle: the moment is a part of these
 */
export async function inject(stack: OfflineStack, plan: RunPlan, resources: number): Promise<Injected> {
  let done = 0;
  const log = openEventLog((line) => {
    done += Number(line.includes('"resOutputsEvent"'));
  });
  try {
    return await broken(stack, plan, resources, { path: log.path, done: () => done });
  } finally {
    await log.close();
  }
}

/** What an engine has told of itself so far. */
interface Progress {
  /** The path for `--event-log`. */
  readonly path: string;
  /** How many resources are done. */
  done(): number;
}

async function broken(stack: OfflineStack, plan: RunPlan, resources: number, events: Progress): Promise<Injected> {
  const { fault } = plan;
  const due = Math.max(1, Math.floor(resources * plan.moment));
  const args = engineArguments(stack, plan.verb === "down" ? "destroy" : "up");
  const more = faultEnvironment(plan.setting);
  if (fault === "disk full") stack.state.room = fullAt(stack, plan.moment, resources);
  const engine = start(stack, [...args, "--event-log", events.path], more);
  if (fault === "two at once") return twoAtOnce(stack, engine, args);
  if (fault === "engine killed" || fault === "ctrl-c") {
    const happened = await reached(events, due, engine);
    if (happened) engine.signal(fault === "ctrl-c" ? "SIGINT" : "SIGKILL");
    const ended = await engine.ended;
    return { ...ended, happened: happened && (await stopped(stack, plan, ended)), problems: [], second: "" };
  }
  if (fault === "disk full") return diskFull(stack, engine, resources);
  return { ...(await engine.ended), happened: false, problems: [], second: "" };
}

/** An engine that ends well in spite of a signal was not stopped: that proves nothing. */
async function stopped(stack: OfflineStack, { verb }: RunPlan, { code }: Outcome): Promise<boolean> {
  // Interrupted, `destroy` ends with 0 and says that everything is deleted, whatever is left.
  return code !== 0 || (verb === "down" && (await known(stack)).length > 0);
}

/** The environment in which providers fail as a setting wants it. */
export function faultEnvironment(setting: string): NodeJS.ProcessEnv {
  return setting === "" ? {} : { ARCHIPELAGO_FAULTS: setting };
}

/** The engine prints what the server of the state answers. */
const noRoom = /no space left/i;

async function diskFull({ state }: OfflineStack, engine: Running, resources: number): Promise<Injected> {
  const timer = setTimeout(() => {
    engine.signal("SIGKILL");
  }, patience(resources));
  const ended = await engine.ended;
  clearTimeout(timer);
  // Somebody makes room before the recovery.
  state.room = Infinity;
  const happened = ended.code !== 0 && (ended.code === killed || noRoom.test(ended.stdout + ended.stderr));
  return { ...ended, happened, problems: [], second: "" };
}

async function twoAtOnce(stack: OfflineStack, engine: Running, args: readonly string[]): Promise<Injected> {
  // From the moment of its lock on, the first is alone.
  while (!engine.over() && !locked(stack)) await wait(5);
  const happened = !engine.over();
  const second = await start(stack, args, {}).ended;
  const first = await engine.ended;
  const printed = second.stdout + second.stderr;
  const refused = second.code !== 0 && printed.includes("locked");
  const problems = [
    ...(refused || !happened ? [] : [`the second engine was not refused: it ended with ${second.code}`]),
    ...(first.code === 0 ? [] : [`the first engine ended with ${first.code} because of the second`]),
  ];
  return { ...first, happened, problems, second: printed };
}

/** State and journal may grow to this many bytes: less than the state has now, or soon will. */
function fullAt(stack: OfflineStack, moment: number, resources: number): number {
  const file = stateFile(stack);
  const now = existsSync(file) ? statSync(file).size : 0;
  return Math.max(8192, Math.floor(Math.max(now, resources * 2400) * moment * 0.9));
}

/** The file that holds a stack's state. */
export function stateFile({ stack, places }: OfflineStack): string {
  return `${places.state}/.pulumi/stacks/${projectOf(places.init)}/${stack}.json`;
}

/** Whether an engine has the stack, or was killed while it had. */
export function locked({ places }: OfflineStack): boolean {
  const folder = join(places.state, ".pulumi", "locks");
  if (!existsSync(folder)) return false;
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).some((name) => name.endsWith(".json"));
}

/** The project's name, as the stack was made with. */
export function projectOf(init: string): string {
  return /^name: (\S+)/m.exec(readFileSync(`${init}/Pulumi.yaml`, "utf8"))?.[1] ?? "";
}

interface Running {
  readonly ended: Promise<Outcome>;
  over(): boolean;
  signal(signal: "SIGINT" | "SIGKILL"): void;
}

/** Starts an engine in a process group of its own, as a shell gives to a command. */
function start({ setup }: OfflineStack, args: readonly string[], more: NodeJS.ProcessEnv): Running {
  const child = spawn(setup.cli, args, {
    cwd: setup.project,
    env: { ...setup.environment, PULUMI_DEBUG_COMMANDS: "true", ...more },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  const texts = { stdout: "", stderr: "" };
  child.stdout.on("data", (data: Buffer) => (texts.stdout += data.toString("utf8")));
  child.stderr.on("data", (data: Buffer) => (texts.stderr += data.toString("utf8")));
  let over = false;
  const ended = new Promise<Outcome>((resolve) => {
    child.once("close", (code) => {
      over = true;
      resolve({ code: code ?? killed, ...texts });
    });
  });
  const signal = (name: "SIGINT" | "SIGKILL"): void => {
    if (over || child.pid === undefined) return;
    // A kill meets the engine alone, as the kernel's does; Ctrl-C meets everything in the foreground.
    process.kill(name === "SIGINT" ? -child.pid : child.pid, name);
  };
  return { ended, over: () => over, signal };
}

/** Waits until so many resources are done; false when the engine ended before. */
async function reached(events: Progress, resources: number, engine: Running): Promise<boolean> {
  while (!engine.over()) {
    if (events.done() >= resources) return true;
    await wait(20);
  }
  return false;
}
