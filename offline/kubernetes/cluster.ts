// The local cluster as its callers see it: there when it is needed, used again while it is warm, gone when it is stopped.
import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { buildPart, type BuildPlace } from "../go-build";
import { ClusterFolder, type Running } from "./cluster-folder";
import { locked } from "./lock";
import { controlPlane, etcd, kwok } from "./parts";
import { type Identity, identityOf, isAlive, memoryOf } from "./processes";

/** Seconds that a cluster stays when no process needs it any more. */
export const WARM_SECONDS = 30 * 60;
const pollMilliseconds = 100;
const stopMilliseconds = 60_000;

export interface ClusterOptions extends BuildPlace {
  /** Folder of the cluster: `.archipelago/kubernetes`. */
  readonly folder: string;
  /** Process that needs the cluster. */
  readonly user: number;
  /** @default WARM_SECONDS */
  readonly warmSeconds?: number;
}

/**
 * Builds what is missing, starts the cluster unless it runs, and waits until it is ready.
 *
 * @returns the folder, whose kubeconfig leads to the cluster
 * @throws NotBuilt when a part can't be built; Error with the last lines of a program that has failed
 */
export async function ensureCluster(options: ClusterOptions): Promise<ClusterFolder> {
  const { say } = options;
  const folder = new ClusterFolder(options.folder);
  const user = identityOf(options.user);
  if (user !== undefined) folder.addUser(user);
  for (const part of [etcd, controlPlane, kwok]) await buildPart(part, options);
  const waiting = ({ pid }: Identity): void => {
    say(`process ${pid} is starting the cluster; waiting for it`);
  };
  await locked(folder.lock, () => startUnlessReady(folder, options), waiting);
  return folder;
}

async function startUnlessReady(folder: ClusterFolder, options: ClusterOptions): Promise<void> {
  const { say, cache, warmSeconds = WARM_SECONDS } = options;
  if (folder.running()?.readyAfter !== undefined) return;
  await stopRunning(folder);
  say("starting Kubernetes on this machine: about 15 s");
  const log = folder.file("log", "supervisor.log");
  await folder.prepare();
  const output = openSync(log, "w", 0o600);
  const preload = join(__dirname, "..", "..", "cli", "preload.cjs");
  const main = ["-r", preload, join(__dirname, `supervisor${extname(__filename)}`)];
  const args = [...main, folder.path, cache, String(warmSeconds)];
  // In a session of its own: Ctrl-C on the terminal ends the run that started it, and not the cluster.
  const child = spawn(process.execPath, args, { detached: true, stdio: ["ignore", output, output] });
  closeSync(output);
  const over = (): boolean => child.exitCode !== null || child.signalCode !== null || child.pid === undefined;
  child.once("error", () => undefined);
  child.unref();
  for (;;) {
    const running = folder.running();
    if (running?.readyAfter !== undefined && running.supervisor.pid === child.pid) {
      say(`Kubernetes is ready (${(running.readyAfter / 1000).toFixed(1)} s)`);
      return;
    }
    if (over()) throw new Error(`Kubernetes could not be started here:\n${readFileSync(log, "utf8").trim()}`);
    await pause(pollMilliseconds);
  }
}

/** Stops the cluster and waits until its programs have ended. Its data stays. */
export async function stopCluster(path: string): Promise<boolean> {
  const folder = new ClusterFolder(path);
  const ran = folder.running() !== undefined;
  await stopRunning(folder);
  return ran;
}

async function stopRunning(folder: ClusterFolder): Promise<void> {
  const running = folder.running();
  const processes = running === undefined ? folder.leftovers() : [running.supervisor];
  for (const { pid } of processes.filter(isAlive)) process.kill(pid, "SIGTERM");
  const until = performance.now() + stopMilliseconds;
  while (processes.some(isAlive) && performance.now() < until) await pause(pollMilliseconds);
  for (const each of [...processes, ...Object.values(running?.programs ?? {})].filter(isAlive))
    process.kill(each.pid, "SIGKILL");
}

/** What a person wants to know of a cluster that runs. */
export interface ClusterStatus {
  readonly running: Running;
  /** Resident bytes of its programs and the supervisor. */
  readonly memory: number;
}

/** The state of the cluster; undefined when none runs. */
export function clusterStatus(path: string): ClusterStatus | undefined {
  const running = new ClusterFolder(path).running();
  if (running === undefined) return undefined;
  const all = [running.supervisor, ...Object.values(running.programs)];
  return { running, memory: all.reduce((sum, { pid }) => sum + memoryOf(pid), 0) };
}
