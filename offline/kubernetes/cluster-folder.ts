// The files of one cluster: keys and tokens made here, ports, the kubeconfig, what runs. Nothing of the user's own ~/.kube is read or written.
import { generateKeyPairSync, randomBytes, randomInt } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import type { ApiAccess } from "./api";
import { type Identity, isAlive } from "./processes";

/** Users with a token of their own, and the groups that they are in. */
const USERS = {
  admin: "system:masters",
  "system:kube-controller-manager": "",
  "system:kube-scheduler": "",
} as const;
export type User = keyof typeof USERS;

/** Programs that listen, each on a port of its own. */
const LISTENERS = ["apiserver", "etcd", "etcdPeer", "kubelet", "metrics"] as const;
export type Ports = Readonly<Record<(typeof LISTENERS)[number], number>>;

/** What runs in a cluster's folder. */
export interface Running {
  readonly supervisor: Identity;
  /** The programs, by name. */
  readonly programs: Readonly<Record<string, Identity>>;
  /** Milliseconds from start to ready; absent until it is ready. */
  readonly readyAfter?: number;
}

export class ClusterFolder {
  constructor(readonly path: string) {}

  file(...names: readonly string[]): string {
    return join(this.path, ...names);
  }

  get kubeconfig(): string {
    return this.file("kubeconfig");
  }

  /** Folder in which the API server makes its serving certificate and the authority's. */
  get serving(): string {
    return this.file("serving");
  }

  get authority(): string {
    return this.file("serving", "apiserver.crt");
  }

  get lock(): string {
    return `${this.path}.lock`;
  }

  /** Makes what is made once: keys, tokens, ports. Ports of the last run stay while they are free, so that kubeconfigs stay true. */
  async prepare(): Promise<Ports> {
    for (const name of ["serving", "log", "pids", "users"])
      mkdirSync(this.file(name), { recursive: true, mode: 0o700 });
    if (!existsSync(this.file("service-account.pub"))) {
      const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
      this.#write("service-account.key", privateKey.export({ type: "pkcs8", format: "pem" }));
      this.#write("service-account.pub", publicKey.export({ type: "spki", format: "pem" }));
    }
    if (!existsSync(this.file("tokens.csv"))) {
      const lines = Object.entries(USERS).map(
        ([user, group]) => `${randomBytes(24).toString("hex")},${user},${user},${group}`,
      );
      this.#write("tokens.csv", `${lines.join("\n")}\n`);
    }
    const last = this.#readJson("ports.json") as Partial<Ports> | undefined;
    const ports = await freePorts(last ?? {});
    this.#write("ports.json", JSON.stringify(ports));
    return ports;
  }

  token(user: User): string {
    const line = readFileSync(this.file("tokens.csv"), "utf8")
      .split("\n")
      .find((each) => each.split(",")[1] === user);
    return line?.split(",")[0] ?? "";
  }

  /** How the API server is reached as a user. */
  access(user: User = "admin"): ApiAccess {
    const port = (this.#readJson("ports.json") as Ports | undefined)?.apiserver ?? 0;
    return { port, token: this.token(user), authority: readFileSync(this.authority, "utf8") };
  }

  /** Writes a kubeconfig; JSON is YAML. */
  writeKubeconfig(file: string, user: User): void {
    const { port, token, authority } = this.access(user);
    const data = Buffer.from(authority).toString("base64");
    const cluster = { server: `https://127.0.0.1:${port}`, "certificate-authority-data": data };
    const config = {
      apiVersion: "v1",
      kind: "Config",
      clusters: [{ name: "archipelago", cluster }],
      users: [{ name: user, user: { token } }],
      contexts: [{ name: "archipelago", context: { cluster: "archipelago", user, namespace: "default" } }],
      "current-context": "archipelago",
    };
    this.#write(file, JSON.stringify(config, undefined, 2));
  }

  get isThere(): boolean {
    return existsSync(this.file("running.json"));
  }

  /** What runs here, unless its supervisor has ended. */
  running(): Running | undefined {
    const running = this.#readJson("running.json") as Running | undefined;
    return running !== undefined && isAlive(running.supervisor) ? running : undefined;
  }

  writeRunning(running: Running): void {
    this.#write("running.json", JSON.stringify(running));
  }

  /** Programs that a supervisor has left which was killed together with the guards. */
  leftovers(): readonly Identity[] {
    const running = this.#readJson("running.json") as Running | undefined;
    if (running === undefined || isAlive(running.supervisor)) return [];
    return Object.values(running.programs).filter(isAlive);
  }

  /** A process that needs the cluster. The cluster stays while one of them lives, and a while longer. */
  addUser(user: Identity): void {
    mkdirSync(this.file("users"), { recursive: true, mode: 0o700 });
    this.#write(join("users", String(user.pid)), JSON.stringify(user));
  }

  /** Whether a process that needs the cluster lives; forgets those that have ended. */
  hasUser(): boolean {
    const users = existsSync(this.file("users")) ? readdirSync(this.file("users")) : [];
    const living = users.filter((name) => {
      const user = this.#readJson(join("users", name)) as Identity | undefined;
      if (user !== undefined && isAlive(user)) return true;
      if (!name.endsWith(".new")) rmSync(this.file("users", name), { force: true });
      return false;
    });
    return living.length > 0;
  }

  /** Written under another name first: a reader sees the whole or nothing. */
  #write(name: string, text: string | Buffer): void {
    writeFileSync(this.file(`${name}.new`), text, { mode: 0o600 });
    renameSync(this.file(`${name}.new`), this.file(name));
  }

  #readJson(name: string): unknown {
    try {
      return JSON.parse(readFileSync(this.file(name), "utf8"));
    } catch {
      return undefined;
    }
  }
}

/** Below the ports that systems give to outgoing connections: 32768 and up on Linux, 49152 and up elsewhere. */
const FIRST_PORT = 20_000;
const LAST_PORT = 32_000;

/** Ports that are free now, those of the last run where they are. All are held until all are found, so that none is given twice. */
async function freePorts(last: Partial<Ports>): Promise<Ports> {
  const held: { readonly name: string; readonly port: number; readonly free: () => Promise<void> }[] = [];
  for (const name of LISTENERS) held.push({ name, ...(await holdFree(last[name])) });
  await Promise.all(held.map(({ free }) => free()));
  return Object.fromEntries(held.map(({ name, port }) => [name, port])) as Ports;
}

async function holdFree(wanted: number | undefined): ReturnType<typeof hold> {
  try {
    return await hold(wanted ?? randomInt(FIRST_PORT, LAST_PORT));
  } catch {
    return holdFree(undefined);
  }
}

function hold(wanted: number): Promise<{ readonly port: number; readonly free: () => Promise<void> }> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(wanted, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      const free = (): Promise<void> =>
        new Promise((done) => {
          server.close(() => {
            done();
          });
        });
      resolve({ port, free });
    });
  });
}
