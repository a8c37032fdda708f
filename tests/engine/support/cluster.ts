// The cluster that all Kubernetes specs of a run share: started by the first, gone after the last. Each spec keeps to namespaces of its own.
import { Api } from "../../../offline/kubernetes/api";
import { ensureCluster } from "../../../offline/kubernetes/cluster";
import { stopCluster } from "../../../offline/kubernetes/cluster";
import { missingParts } from "../../../offline/kubernetes/parts";
import { userCache } from "../../../cli/places";
import { join } from "node:path";
import { Workspace } from "./stacks";

export interface SharedCluster {
  readonly workspace: Workspace;
  readonly api: Api;
}

let shared: Promise<SharedCluster> | undefined;

/** Gives the specs of a `describe` the cluster; skips them where its parts are not built. `make test` builds them first. */
export function useCluster(): () => SharedCluster {
  let cluster: SharedCluster | undefined;
  before("start Kubernetes", async function () {
    this.timeout(300_000);
    if (missingParts(userCache()).length > 0) this.skip();
    cluster = await (shared ??= start());
  });
  return () => {
    if (cluster === undefined) throw new Error("the cluster is there within tests only");
    return cluster;
  };
}

async function start(): Promise<SharedCluster> {
  const workspace = new Workspace();
  const folder = await ensureCluster({
    folder: join(workspace.folder, "kubernetes"),
    cache: userCache(),
    environment: process.env,
    say: () => undefined,
    user: process.pid,
    // A run that is killed leaves the cluster no longer than that.
    warmSeconds: 5,
  });
  return { workspace, api: new Api(folder.access()) };
}

after("stop Kubernetes", async function () {
  this.timeout(60_000);
  if (shared === undefined) return;
  const { workspace } = await shared;
  await stopCluster(join(workspace.folder, "kubernetes"));
  workspace.remove();
});
