// Real servers on free ports of the loopback interface: RabbitMQ and Redis from Debian's archive, PostgreSQL from there or from the machine.
import { type ChildProcess, spawn } from "node:child_process";
import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { collect } from "../../../cli/process";
import { debianPackages } from "./debian";

const ERLANG =
  "base asn1 crypto public-key mnesia runtime-tools ssl eldap ftp tftp inets os-mon parsetools syntax-tools tools xmerl";
const RABBITMQ = ["rabbitmq-server", ...ERLANG.split(" ").map((name) => `erlang-${name}`)];
const CACHE = [
  "redis-server",
  "redis-tools",
  "libjemalloc2",
  "liblzf1",
  "haproxy",
  "liblua5.3-0",
  "libopentracing1",
  "libopentracing-c-wrapper0",
];
const READY = 60_000;

/** A running server. */
export interface Server {
  readonly port: number;
  readonly stop: () => void;
}

/** Starts RabbitMQ with its management API on `port`; or says what is missing. Users may sign in from this machine only. */
export async function startRabbitmq(): Promise<Server | string> {
  const packages = await debianPackages(RABBITMQ);
  if ("missing" in packages) return packages.missing;
  const { folder: root } = packages;
  const [amqp, port, mapper, distribution] = [await freePort(), await freePort(), await freePort(), await freePort()];
  const { folder, run, end } = workplace();
  const erlang = join(root, "usr/lib/erlang");
  const bin = join(erlang, only(erlang, /^erts-/), "bin");
  const server = join(root, "usr/lib/rabbitmq/lib", only(join(root, "usr/lib/rabbitmq/lib"), /^rabbitmq_server-/));
  // Debian's own `erl` has the folder that it is installed in written into it.
  const start = `#!/bin/sh\nROOTDIR='${erlang}' BINDIR='${bin}' EMU=beam PROGNAME=erl exec '${bin}/erlexec' "$@"\n`;
  writeFileSync(join(folder, "erl"), start.replace(" exec", "; export ROOTDIR BINDIR EMU PROGNAME; exec"), {
    mode: 0o755,
  });
  writeFileSync(join(folder, "plugins"), "[rabbitmq_management].\n");
  const settings = [
    `listeners.tcp.1 = 127.0.0.1:${amqp}`,
    "management.tcp.ip = 127.0.0.1",
    `management.tcp.port = ${port}`,
    "distribution.listener.interface = 127.0.0.1",
  ];
  writeFileSync(join(folder, "rabbitmq.conf"), `${settings.join("\n")}\n`);
  const env = {
    PATH: `${folder}:${join(server, "sbin")}:${process.env.PATH ?? ""}`,
    HOME: folder,
    ERL_EPMD_ADDRESS: "127.0.0.1",
    ERL_EPMD_PORT: String(mapper),
    RABBITMQ_DIST_PORT: String(distribution),
    RABBITMQ_HOME: server,
    RABBITMQ_NODENAME: "spec@localhost",
    RABBITMQ_CONFIG_FILE: join(folder, "rabbitmq.conf"),
    RABBITMQ_CONF_ENV_FILE: join(folder, "none"),
    RABBITMQ_ENABLED_PLUGINS_FILE: join(folder, "plugins"),
    RABBITMQ_PLUGINS_DIR: join(server, "plugins"),
    RABBITMQ_MNESIA_BASE: join(folder, "data"),
    RABBITMQ_LOG_BASE: join(folder, "log"),
  };
  // Erlang would start the port mapper as a daemon, which nobody ends.
  run(join(bin, "epmd"), ["-port", String(mapper), "-address", "127.0.0.1"], env);
  run(join(server, "sbin", "rabbitmq-server"), [], env);
  await until(async () => (await fetch(`http://127.0.0.1:${port}/api/overview`)).status === 401, end);
  return { port, stop: end };
}

/** Programs of a cache by the names that the component's scripts use, and a folder for what they write. */
export interface CachePrograms {
  readonly folder: string;
  /** Starts a program, in a group of its own. */
  readonly run: (file: string, args: readonly string[], env?: NodeJS.ProcessEnv) => ChildProcess;
  /** The environment in which the programs run. */
  readonly env: NodeJS.ProcessEnv;
  readonly ports: () => Promise<number>;
  /** Ends everything. */
  readonly stop: () => void;
}

/** Redis under the names of Valkey, and HAProxy; or says what is missing. */
export async function cachePrograms(): Promise<CachePrograms | string> {
  const packages = await debianPackages(CACHE);
  if ("missing" in packages) return packages.missing;
  const { folder: root } = packages;
  const { folder, run, end } = workplace();
  const programs = { "valkey-server": "bin/redis-server", "valkey-cli": "bin/redis-cli", haproxy: "sbin/haproxy" };
  for (const [name, file] of Object.entries(programs)) symlinkSync(join(root, "usr", file), join(folder, name));
  const libraries = ["x86_64-linux-gnu", "aarch64-linux-gnu"].map((kind) => join(root, "usr/lib", kind)).join(":");
  const env = { PATH: `${folder}:${process.env.PATH ?? ""}`, LD_LIBRARY_PATH: libraries };
  const start = (file: string, args: readonly string[], more: NodeJS.ProcessEnv = {}) =>
    run(file, args, { ...env, ...more });
  return { folder, run: start, env, ports: freePort, stop: end };
}

/** Where Debian puts the programs of PostgreSQL. */
function postgresPrograms(): string | undefined {
  const base = "/usr/lib/postgresql";
  const versions = existsSync(base) ? readdirSync(base).sort() : [];
  const found = versions.map((version) => join(base, version, "bin")).filter((bin) => existsSync(join(bin, "initdb")));
  return found.at(-1);
}

/** A PostgreSQL, and a statement of a user with what it answers. */
export interface PostgresServer extends Server {
  readonly sql: (user: string, password: string, database: string, statement: string) => Promise<string>;
}

/** Starts PostgreSQL, with `postgres` as its superuser; or says what is missing. */
export async function startPostgres(): Promise<PostgresServer | string> {
  const bin = postgresPrograms();
  if (bin === undefined) return "postgresql (Debian: apt-get install postgresql)";
  const port = await freePort();
  const { folder, run, end } = workplace();
  // PostgreSQL refuses to run as root.
  const account = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
  const [data, password] = [join(folder, "data"), join(folder, "password")];
  mkdirSync(data, { mode: 0o700 });
  writeFileSync(password, "spec\n", { mode: 0o600 });
  if (account.uid !== undefined) for (const path of [folder, data, password]) chownSync(path, account.uid, account.gid);
  const env = { PATH: `${bin}:${process.env.PATH ?? ""}`, HOME: folder, LC_ALL: "C" };
  const make = ["-D", data, "-U", "postgres", "-A", "scram-sha-256", "--pwfile", password, "-N"];
  const made = run(join(bin, "initdb"), make, env, account);
  await new Promise((resolve) => made.once("close", resolve));
  const listen = [
    "-D",
    data,
    "-p",
    String(port),
    "-c",
    "listen_addresses=127.0.0.1",
    "-c",
    "unix_socket_directories=",
    "-c",
    "fsync=off",
  ];
  run(join(bin, "postgres"), listen, env, account);
  const sql = async (user: string, password: string, database: string, statement: string): Promise<string> => {
    const address = ["-h", "127.0.0.1", "-p", String(port), "-U", user, "-d", database];
    const args = [...address, "-v", "ON_ERROR_STOP=1", "-qAtc", statement];
    const { stdout, stderr } = await collect({ file: join(bin, "psql"), args, env: { ...env, PGPASSWORD: password } });
    return `${stdout}${stderr}`.trim();
  };
  await until(async () => (await sql("postgres", "spec", "postgres", "SELECT 1")) === "1", end);
  return { port, stop: end, sql };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A folder, and processes in it that end with it. */
function workplace() {
  const folder = mkdtempSync(join(tmpdir(), "archipelago-store-"));
  const children: ChildProcess[] = [];
  const run = (file: string, args: readonly string[], env: NodeJS.ProcessEnv, account = {}): ChildProcess => {
    // A group of their own: a shell that starts a server ends with it.
    const child = spawn(file, args, {
      cwd: folder,
      env,
      stdio: ["pipe", "ignore", "ignore"],
      detached: true,
      ...account,
    });
    children.push(child);
    return child;
  };
  const end = (): void => {
    for (const { pid } of children.reverse()) {
      try {
        if (pid !== undefined) process.kill(-pid, "SIGKILL");
      } catch {
        // It has ended by itself.
      }
    }
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  };
  return { folder, run, end };
}

/** Waits until a server answers; ends it when it does not. */
export async function until(answers: () => Promise<boolean>, end: () => void = () => undefined): Promise<void> {
  const deadline = performance.now() + READY;
  while (performance.now() < deadline) {
    if (await answers().catch(() => false)) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  end();
  throw new Error(`a server does not answer after ${READY / 1000} s`);
}

function only(folder: string, pattern: RegExp): string {
  const found = readdirSync(folder).find((name) => pattern.test(name));
  if (found === undefined) throw new Error(`nothing in ${folder} matches ${String(pattern)}`);
  return found;
}
