import { expect } from "chai";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { userCache } from "../../../cli/places";
import { Api, type KubernetesObject } from "../../../offline/kubernetes/api";
import { clusterStatus, ensureCluster, stopCluster } from "../../../offline/kubernetes/cluster";
import type { ClusterFolder } from "../../../offline/kubernetes/cluster-folder";
import { missingParts } from "../../../offline/kubernetes/parts";
import { type Identity, isAlive } from "../../../offline/kubernetes/processes";

const map: KubernetesObject = {
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name: "kept", namespace: "default" },
  data: { a: "1" },
};

describe("kubernetes: a cluster of one folder", function () {
  this.timeout(300_000);
  let path = "";
  before(function () {
    if (missingParts(userCache()).length > 0) this.skip();
  });
  beforeEach(() => (path = mkdtempSync(join(tmpdir(), "archipelago cluster-"))));
  afterEach(async () => {
    await stopCluster(join(path, "kubernetes"));
    rmSync(path, { recursive: true, force: true });
  });

  const start = (user = process.pid, warmSeconds = 60): Promise<ClusterFolder> =>
    ensureCluster({
      folder: join(path, "kubernetes"),
      cache: userCache(),
      environment: process.env,
      say: () => undefined,
      user,
      warmSeconds,
    });
  const processes = (): readonly Identity[] => {
    const { running } = clusterStatus(join(path, "kubernetes")) ?? {};
    return running === undefined ? [] : [running.supervisor, ...Object.values(running.programs)];
  };
  const allEnd = async (all: readonly Identity[]): Promise<readonly Identity[]> => {
    const until = performance.now() + 60_000;
    while (all.some(isAlive) && performance.now() < until) await pause(100);
    return all.filter(isAlive);
  };

  it("is used again while it is warm, keeps its objects and its address when it is stopped, and leaves no process", async () => {
    const folder = await start();
    expect((await new Api(folder.access()).apply(map)).status).to.equal(201);
    const [first, port] = [processes(), folder.access().port];
    expect(first).to.have.lengthOf(7);
    await start();
    expect(processes()).to.deep.equal(first);
    expect(await stopCluster(folder.path)).to.equal(true);
    expect(first.filter(isAlive)).to.deep.equal([]);
    await start();
    expect(folder.access().port).to.equal(port);
    const api = new Api(folder.access());
    expect((await api.call("GET", await api.path(map))).status).to.equal(200);
  });

  it("ends by itself when its supervisor is killed, and starts again", async () => {
    await start();
    const all = processes();
    process.kill(all[0]?.pid ?? 0, "SIGKILL");
    expect(await allEnd(all)).to.deep.equal([]);
    expect(clusterStatus(join(path, "kubernetes"))).to.equal(undefined);
    await start();
    expect(processes()).to.have.lengthOf(7);
  });

  it("ends when the process that needed it is killed, and when its folder is removed", async () => {
    const user = spawn("/bin/sleep", ["600"], { stdio: "ignore" });
    await start(user.pid, 1);
    const all = processes();
    user.kill("SIGKILL");
    expect(await allEnd(all)).to.deep.equal([]);
    await start();
    const others = processes();
    rmSync(join(path, "kubernetes"), { recursive: true, force: true, maxRetries: 5 });
    expect(await allEnd(others)).to.deep.equal([]);
  });
});
