// The process that holds one cluster: `supervisor <folder> <cache> <seconds>`. It starts the programs, waits until the cluster is ready, and ends them
// when it is told to, when one of them ends, or when nobody has needed the cluster for so many seconds. When it is killed, the guards end them.
import { readFileSync, writeFileSync } from "node:fs";
import type { ChildProcess } from "node:child_process";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { partFolder } from "../go-build";
import { Api, hasCondition, type KubernetesObject } from "./api";
import { ClusterFolder } from "./cluster-folder";
import { type Program, type Programs, programsOf } from "./control-plane";
import { baseObjects, kwokConfiguration } from "./nodes";
import { kwok } from "./parts";
import { type Identity, identityOf, startGuarded } from "./processes";

const NODES = 3;
const pollMilliseconds = 100;
/** A machine under load takes several times the usual 15 s. */
const readyMilliseconds = 240_000;
const stopMilliseconds = 20_000;
const idlePollMilliseconds = 1000;

class Supervisor {
  readonly #children = new Map<string, ChildProcess>();
  #ending: string | undefined;

  constructor(
    private readonly folder: ClusterFolder,
    private readonly cache: string,
  ) {}

  /** Why the cluster has to end; undefined while it may stay. */
  get ending(): string | undefined {
    return this.#ending;
  }

  end(why: string): void {
    this.#ending ??= why;
  }

  /** Starts what the others need first. */
  async start(): Promise<void> {
    const begun = performance.now();
    const ports = await this.folder.prepare();
    const programs = programsOf(this.cache, this.folder, ports);
    const kustomize = join(partFolder(this.cache, kwok), "kustomize");
    writeFileSync(this.folder.file("kwok.yaml"), kwokConfiguration(kustomize));
    this.#record();
    this.#launch("etcd", programs.etcd);
    this.#launch("kube-apiserver", programs["kube-apiserver"]);
    const api = await this.#waitFor("the API server", () => this.#answering());
    this.folder.writeKubeconfig("kubeconfig", "admin");
    this.folder.writeKubeconfig("controller-manager.kubeconfig", "system:kube-controller-manager");
    this.folder.writeKubeconfig("scheduler.kubeconfig", "system:kube-scheduler");
    await this.#launchRest(programs, api, baseObjects(kustomize, NODES, ports.metrics));
    this.#record(performance.now() - begun);
  }

  async #launchRest(programs: Programs, api: Api, objects: readonly KubernetesObject[]): Promise<void> {
    this.#launch("kube-controller-manager", programs["kube-controller-manager"]);
    this.#launch("kube-scheduler", programs["kube-scheduler"]);
    for (const object of objects) await this.#apply(api, object);
    this.#launch("kwok", programs.kwok);
    this.#launch("metrics-server", programs["metrics-server"]);
    await this.#waitFor("the default service account", async () => {
      const { status } = await api.call("GET", "/api/v1/namespaces/default/serviceaccounts/default");
      return status === 200 ? true : undefined;
    });
    await this.#waitFor("the nodes", async () => {
      const { body } = await api.call("GET", "/api/v1/nodes");
      const { items } = body as { readonly items: readonly unknown[] };
      return items.length === NODES && items.every((item) => hasCondition(item, "Ready")) ? true : undefined;
    });
  }

  /** Ends the programs in the reverse order: those that write first, the store last. */
  async stop(): Promise<void> {
    for (const [, child] of [...this.#children].reverse()) {
      const over = new Promise((resolve) => child.once("close", resolve));
      if (child.exitCode !== null || child.signalCode !== null) continue;
      child.stdin?.end();
      await Promise.race([over, pause(stopMilliseconds)]);
    }
  }

  #launch(name: string, { file, args }: Program): void {
    const log = this.folder.file("log", `${name}.log`);
    const child = startGuarded({ file, args, log, pidFile: this.folder.file("pids", name), cwd: this.folder.path });
    this.#children.set(name, child);
    child.once("error", (error) => {
      this.end(`${name} could not be started: ${error.message}`);
    });
    child.once("close", (code) => {
      this.end(`${name} ended with status ${code ?? "none"}:\n${lastLines(log)}`);
    });
    // A pipe whose other end has gone is no reason to end without ending the others.
    child.stdin?.on("error", () => undefined);
  }

  async #answering(): Promise<Api | undefined> {
    try {
      const api = new Api(this.folder.access());
      return (await api.call("GET", "/readyz")).status === 200 ? api : undefined;
    } catch {
      return undefined;
    }
  }

  /** Applies an object; what the API server still installs at its start may be refused for a moment. */
  async #apply(api: Api, object: KubernetesObject): Promise<void> {
    const { kind, metadata } = object;
    await this.#waitFor(`${kind} ${metadata.name}`, async () => {
      const { status } = await api.apply(object);
      if (status >= 300) return undefined;
      if (object.status === undefined) return true;
      const path = `${await api.path(object)}/status?fieldManager=archipelago&force=true`;
      const answer = await api.call("PATCH", path, object, "application/apply-patch+yaml");
      return answer.status < 300 ? true : undefined;
    });
  }

  async #waitFor<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
    const until = performance.now() + readyMilliseconds;
    while (performance.now() < until) {
      if (this.#ending !== undefined) throw new Error(this.#ending);
      const found = await look();
      if (found !== undefined) return found;
      await pause(pollMilliseconds);
    }
    throw new Error(`${what}: not there after ${readyMilliseconds / 1000} s`);
  }

  #record(readyAfter?: number): void {
    const programs = [...this.#children.keys()].flatMap((name): [string, Identity][] => {
      const identity = identityOf(Number(readFileSync(this.folder.file("pids", name), "utf8")));
      return identity === undefined ? [] : [[name, identity]];
    });
    const supervisor = identityOf(process.pid);
    if (supervisor === undefined) throw new Error("this process can't be seen");
    const ready = readyAfter === undefined ? {} : { readyAfter: Math.round(readyAfter) };
    this.folder.writeRunning({ supervisor, programs: Object.fromEntries(programs), ...ready });
  }
}

function lastLines(file: string): string {
  return readFileSync(file, "utf8").trimEnd().split("\n").slice(-8).join("\n");
}

async function main([path = "", cache = "", seconds = "0"]: readonly string[]): Promise<void> {
  const folder = new ClusterFolder(path);
  const supervisor = new Supervisor(folder, cache);
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const)
    process.on(signal, () => {
      supervisor.end(signal);
    });
  try {
    await supervisor.start();
    let needed = performance.now();
    while (supervisor.ending === undefined && performance.now() - needed < 1000 * Number(seconds)) {
      if (folder.hasUser()) needed = performance.now();
      // `make clean` removes the folder, and the end of a spec does.
      if (!folder.isThere) supervisor.end("the folder is gone");
      await pause(idlePollMilliseconds);
    }
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  } finally {
    await supervisor.stop();
  }
}

void main(process.argv.slice(2));
