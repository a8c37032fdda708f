// What the component Cache renders, on real servers: three nodes of Redis with Sentinels, started by its scripts, and HAProxy before them.
import type { ChildProcess } from "node:child_process";
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { connect } from "node:tls";
import { expect } from "chai";
import { collect } from "../../../cli/process";
import { routeConfig, serverConfig } from "../../../components/kubernetes/cache/config";
import { INTERNAL_USERS, type InternalUser, userFile } from "../../../components/kubernetes/cache/users";
import { type CachePrograms, cachePrograms, until } from "../support/stores";
import { root } from "../support/stacks";

const HOSTS = ["127.0.0.1", "127.0.0.2", "127.0.0.3"];
const SERVICES = { order: "order-password", product: "product-password" };
const INTERNAL = Object.fromEntries(Object.keys(INTERNAL_USERS).map((user) => [user, `${user}-password`])) as Record<
  InternalUser,
  string
>;

describe("kubernetes: the cache on real servers", function () {
  this.timeout(180_000);
  let programs: CachePrograms;
  let isRunning = false;
  let ports: { readonly node: number; readonly sentinel: number; readonly route: number };
  const running = new Map<string, readonly ChildProcess[]>();

  before(async function () {
    const found = await cachePrograms();
    if (typeof found === "string") {
      console.log(`    not run, for want of ${found}`);
      this.skip();
    }
    programs = found;
    isRunning = true;
    ports = { node: await found.ports(), sentinel: await found.ports(), route: await found.ports() };
    mkdirSync(at("tls"));
    mkdirSync(at("secrets"));
    for (const [user, password] of Object.entries(INTERNAL)) writeFileSync(at("secrets", user), password);
    await certify();
    for (const host of HOSTS) {
      prepare(host);
      await start(host);
    }
    const address = { bind: "127.0.0.1", port: ports.route, nodePort: ports.node, healthPort: await found.ports() };
    writeFileSync(at("haproxy.cfg"), routeConfig(HOSTS, at("tls"), address));
    found.run(at("haproxy"), ["-W", "-db", "-f", at("haproxy.cfg")], { HEALTH_PASSWORD: INTERNAL._health });
    await until(async () => (await order("SET", "order:0", "first")) === "OK");
  });

  after(() => {
    if (isRunning) programs.stop();
  });

  const at = (...path: readonly string[]): string => join(programs.folder, ...path);

  /** A certificate that is its own authority. HAProxy compares names, of which these are some. */
  async function certify(): Promise<void> {
    const names = HOSTS.map((host) => `DNS:${host},IP:${host}`).join(",");
    const args = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=cache"];
    const to = ["-addext", `subjectAltName=${names}`, "-keyout", at("tls", "tls.key"), "-out", at("tls", "tls.crt")];
    const { code, stderr } = await collect({ file: "openssl", args: [...args, ...to] });
    expect(code, stderr).to.equal(0);
  }

  /** What Kubernetes mounts into a node. */
  function prepare(host: string): void {
    const folders = {
      config: at(host, "config"),
      users: at(host),
      secrets: at("secrets"),
      tls: at("tls"),
      run: at(host),
      data: at(host, "data"),
    };
    mkdirSync(folders.config, { recursive: true });
    mkdirSync(folders.data);
    mkdirSync(at(host, "sentinel"));
    copyFileSync(at("tls", "tls.crt"), at("tls", "ca.crt"));
    const config = serverConfig({ memory: 64, nodes: 3 }, folders, { bind: host, port: ports.node });
    writeFileSync(at(host, "config", "valkey.conf"), config);
    writeFileSync(at(host, "users.acl"), userFile(SERVICES, INTERNAL));
    for (const script of ["server.sh", "primary.sh", "sentinel.sh", "stop.sh"])
      copyFileSync(join(root, "components/kubernetes/cache", script), at(host, "config", script));
  }

  const environmentOf = (host: string, run: string) => ({
    ...programs.env,
    SELF: host,
    BIND: host,
    PEERS: HOSTS.join(" "),
    PORT: String(ports.node),
    SENTINEL_PORT: String(ports.sentinel),
    CONFIG: at(host, "config"),
    TLS: at("tls"),
    RUN: run,
    WATCH_SECONDS: "1",
    SECRETS: at("secrets"),
  });

  /** Starts a node and its Sentinel as its pod does, and waits until it is ready. */
  async function start(host: string): Promise<void> {
    // Like the kubelet, this starts again what ends.
    const kubelet = "while :; do sh $0; sleep 0.2; done";
    const script = (name: string, run: string) =>
      programs.run("sh", ["-c", kubelet, at(host, "config", name)], environmentOf(host, run));
    running.set(host, [script("server.sh", at(host)), script("sentinel.sh", at(host, "sentinel"))]);
    await until(async () => (await cli(host, "_health", INTERNAL._health, "PING")) === "PONG");
  }

  async function ask(host: string, port: number, user: string, password: string, command: readonly string[]) {
    const address = ["--tls", "--cacert", at("tls", "ca.crt"), "-h", host, "-p", String(port), "--user", user];
    const env = { ...programs.env, REDISCLI_AUTH: password };
    const args = [...address, "--no-auth-warning", ...command];
    const { stdout, stderr } = await collect({ file: at("valkey-cli"), args, env, timeout: 5000 });
    return `${stdout}${stderr}`.trim();
  }
  const cli = (host: string, user: string, password: string, ...command: readonly string[]) =>
    ask(host, ports.node, user, password, command);
  /** A command of a service, through HAProxy. */
  const through = (user: keyof typeof SERVICES, ...command: readonly string[]) =>
    ask("127.0.0.1", ports.route, user, SERVICES[user], command);
  const order = (...command: readonly string[]) => through("order", ...command);
  const roleOf = async (host: string) => (await cli(host, "_health", INTERNAL._health, "ROLE")).split("\n")[0];
  async function primary(): Promise<string | undefined> {
    for (const host of HOSTS) if ((await roleOf(host)) === "master") return host;
    return undefined;
  }

  it("holds each service to its own keys and channels", async () => {
    expect(await order("SET", "order:1", "mine", "EX", "600")).to.equal("OK");
    expect(await through("product", "SET", "product:1", "its own")).to.equal("OK");
    expect(await order("GET", "order:1")).to.equal("mine");
    expect(await order("EVAL", "return redis.call('get', KEYS[1])", "1", "order:1")).to.equal("mine");
    const refused = [
      ["GET", "product:1"],
      ["SET", "product:1", "stolen"],
      ["GET", "orders"],
      ["EVAL", "return redis.call('get', KEYS[1])", "1", "product:1"],
      ["PUBLISH", "product:news", "x"],
      ["SCAN", "0"],
      ["KEYS", "*"],
      ["FLUSHALL"],
      ["CONFIG", "GET", "*"],
      ["ACL", "LIST"],
    ];
    for (const command of refused)
      expect(await order(...command), command.join(" ")).to.match(/NOPERM|No permissions/i);
    expect(await ask("127.0.0.1", ports.route, "order", "wrong", ["GET", "order:1"])).to.match(/WRONGPASS|NOAUTH/);
    expect(await ask("127.0.0.1", ports.route, "default", "", ["GET", "order:1"])).to.match(/WRONGPASS|NOAUTH/);
    expect(await cli(HOSTS[0] ?? "", "_health", INTERNAL._health, "GET", "order:1")).to.match(/NOPERM|No permissions/i);
  });

  it("makes a replica the primary when that is lost, and clients reach it at the same address", async () => {
    expect(await primary()).to.equal("127.0.0.1");
    // Sentinels look for replicas every ten seconds.
    const known = async (host: string) =>
      ask(host, ports.sentinel, "default", INTERNAL._sentinel, ["SENTINEL", "REPLICAS", "primary"]);
    for (const host of HOSTS.slice(1))
      await until(async () => ((await known(host)).match(/^ip$/gm)?.length ?? 0) === 2);
    for (const { pid } of running.get("127.0.0.1") ?? []) if (pid !== undefined) process.kill(-pid, "SIGKILL");
    await until(async () => (await order("SET", "order:2", "after")) === "OK");
    expect(await primary()).to.be.oneOf(["127.0.0.2", "127.0.0.3"]);
    expect(await order("GET", "order:1")).to.equal("mine");
  });

  it("takes a lost node back as a replica", async () => {
    await start("127.0.0.1");
    expect(await roleOf("127.0.0.1")).to.equal("slave");
    await until(async () => /^connected$/m.test(await cli("127.0.0.1", "_health", INTERNAL._health, "ROLE")));
  });

  it("hands over before a primary ends", async () => {
    const before = (await primary()) ?? "";
    const env = environmentOf(before, at(before));
    expect(
      (await collect({ file: "sh", args: [at(before, "config", "stop.sh")], env, timeout: 60_000 })).code,
    ).to.equal(0);
    expect(await roleOf(before)).to.equal("slave");
    await until(async () => (await order("GET", "order:2")) === "after");
  });

  it("ends a node that follows a host that is not the primary, and none whose primary no Sentinel names", async () => {
    const following = (host: string, known: string) => {
      prepare(host);
      writeFileSync(at(host, "config", "primary.sh"), `[ "$1" = first ] && echo 127.0.0.9 || echo "${known}"\n`);
      return programs.run("sh", [at(host, "config", "server.sh")], environmentOf(host, at(host)));
    };
    const unsure = following("127.0.0.5", "");
    const astray = following("127.0.0.4", "127.0.0.1");
    await until(() => Promise.resolve(astray.exitCode !== null));
    expect([unsure.exitCode, unsure.signalCode]).to.deep.equal([null, null]);
  });

  it("shows a renewed certificate without a restart", async () => {
    const shown = () =>
      new Promise<string>((resolve, reject) => {
        const socket = connect({ host: "127.0.0.1", port: ports.node, rejectUnauthorized: false }, () => {
          resolve(socket.getPeerCertificate().fingerprint256);
          socket.destroy();
        });
        socket.on("error", reject);
      });
    const before = await shown();
    await certify();
    await until(async () => (await shown()) !== before);
  });
});
