import { expect } from "chai";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { OfflineStack } from "../../../cli/offline-stack";
import { FAIL_ANNOTATION } from "../../../offline/kubernetes/nodes";
import { useCluster } from "../support/cluster";
import { type LoggedRun, run } from "../support/runs";
import { root } from "../support/stacks";

/** A shop: a namespace with a quota and the strictest pod security, and a workload that configuration changes. */
const program = `
const pulumi = require("@pulumi/pulumi");
const k8s = require("@pulumi/kubernetes");
const { name, parts, container = {}, annotations = {}, replicas = 2 } = new pulumi.Config().requireObject("shop");
const space = new k8s.core.v1.Namespace("shop", {
  metadata: { name, labels: { "pod-security.kubernetes.io/enforce": "restricted" } },
});
const metadata = (own) => ({ name: own, namespace: space.metadata.name });
new k8s.core.v1.ResourceQuota("quota", { metadata: metadata("quota"), spec: { hard: { "requests.cpu": "2", pods: "8" } } });
const labels = { app: "api" };
const pod = {
  metadata: { labels, annotations },
  spec: {
    securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: "RuntimeDefault" } },
    containers: [{
      name: "api", image: "registry.example/api:1", ports: [{ containerPort: 8080 }],
      securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
      resources: { requests: { cpu: "100m", memory: "64Mi" } },
      ...container,
    }],
  },
};
if (parts.includes("deployment")) {
  const api = new k8s.apps.v1.Deployment("api", {
    metadata: { ...metadata("api"), annotations: { "pulumi.com/timeoutSeconds": "20" } },
    spec: { replicas, selector: { matchLabels: labels }, template: pod },
  }, { ignoreChanges: parts.includes("scaler") ? ["spec.replicas"] : [] });
  if (parts.includes("scaler")) new k8s.autoscaling.v2.HorizontalPodAutoscaler("api", { metadata: metadata("api"), spec: {
    minReplicas: 2, maxReplicas: 4, scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: api.metadata.name },
    metrics: [{ type: "Resource", resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 50 } } }],
  } });
}
if (parts.includes("pod")) new k8s.core.v1.Pod("one", { metadata: { ...metadata("one"), labels }, spec: pod.spec });
exports.name = space.metadata.name;
`;

interface Shop {
  readonly name: string;
  readonly parts: readonly string[];
  readonly container?: object;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly replicas?: number;
}

interface Scaled {
  readonly status?: { readonly availableReplicas?: number };
}

const errors = ({ diagnostics }: LoggedRun): string =>
  diagnostics.filter((line) => line.startsWith("error: ")).join("\n");

describe("kubernetes: a workload on the real control plane, by the real provider", function () {
  this.timeout(300_000);
  const cluster = useCluster();
  let project = "";

  before(() => {
    project = mkdtempSync(join(tmpdir(), "archipelago shop-"));
    writeFileSync(
      join(project, "Pulumi.yaml"),
      "name: shop\nruntime: { name: nodejs, options: { typescript: false } }\nmain: main.cjs\n",
    );
    writeFileSync(join(project, "package.json"), '{ "name": "shop", "version": "0.1.0" }');
    writeFileSync(join(project, "main.cjs"), program);
    symlinkSync(join(root, "node_modules"), join(project, "node_modules"));
  });
  after(() => {
    if (project !== "") rmSync(project, { recursive: true });
  });

  const open = (shop: Shop): Promise<OfflineStack> =>
    cluster().workspace.openProject(project, shop.name, { "shop:shop": JSON.stringify(shop) });
  const available = async (namespace: string): Promise<number> => {
    const { body } = await cluster().api.call("GET", `/apis/apps/v1/namespaces/${namespace}/deployments/api`);
    return (body as Scaled).status?.availableReplicas ?? 0;
  };
  const succeed = async (stack: OfflineStack, verb: string): Promise<void> => {
    const { code, diagnostics } = await run(stack, verb);
    expect({ code, said: code === 0 ? [] : diagnostics }, verb).to.deep.equal({ code: 0, said: [] });
  };

  it("comes up with its autoscaler, which scales it by its usage; changes in place, and goes", async () => {
    const shop: Shop = {
      name: "scaled",
      parts: ["deployment", "scaler"],
      annotations: { "kwok.x-k8s.io/usage-cpu": "90m" },
    };
    const stack = await open(shop);
    await succeed(stack, "preview");
    await succeed(stack, "up");
    expect(await available("scaled")).to.be.at.least(2);
    // 90m of 100m against a target of 50 %: from two to four.
    const until = performance.now() + 150_000;
    while ((await available("scaled")) < 4 && performance.now() < until) await pause(1000);
    expect(await available("scaled")).to.equal(4);
    await succeed(await open({ ...shop, container: { image: "registry.example/api:2" } }), "up");
    expect(await available("scaled"), "the update leaves the number of replicas to the autoscaler").to.equal(4);
    await succeed(await open(shop), "destroy");
    expect((await cluster().api.call("GET", "/api/v1/namespaces/scaled")).status).to.equal(404);
  });

  it("is refused by the schema, the admission, pod security and the quota, in the server's own words", async () => {
    await succeed(await open({ name: "wrong", parts: [] }), "up");
    const both = ["preview", "up"];
    const wrong: Readonly<Record<string, readonly [parts: string, container: object, said: RegExp, verbs: readonly string[]]>> = {
      schema: ["deployment", { ports: [{ containerPort: "http" }] }, /expected numeric .*, got string|containerPort.*(?:integer|int32)/, both],
      validation: ["deployment", { ports: [{ containerPort: 70_000 }] }, /containerPort: Invalid value: 70000: must be between 1 and 65535/, both],
      // What the server forbids, the provider lets pass at preview: it takes the dry run itself for forbidden.
      "pod security": ["pod", { securityContext: { privileged: true } }, /violates PodSecurity "restricted:latest": privileged/, ["up"]],
      quota: ["pod", { resources: { requests: { cpu: "3", memory: "1Gi" } } }, /exceeded quota: quota, requested: requests\.cpu=3, used: requests\.cpu=0, limited: requests\.cpu=2/, ["up"]],
    }; // prettier-ignore
    for (const [judge, [part, container, said, verbs]] of Object.entries(wrong)) {
      const stack = await open({ name: "wrong", parts: [part], container });
      for (const verb of verbs) {
        const attempt = await run(stack, verb);
        expect(attempt.code, `${judge}, ${verb}`).not.to.equal(0);
        expect(errors(attempt), `${judge}, ${verb}`).to.match(said);
      }
    }
    await succeed(await open({ name: "wrong", parts: [] }), "destroy");
  });

  it("fails when its image can't be pulled, and comes up once it can", async () => {
    const broken: Shop = { name: "broken", parts: ["deployment"], annotations: { [FAIL_ANNOTATION]: "image" } };
    const attempt = await run(await open(broken), "up");
    expect(attempt.code).not.to.equal(0);
    expect(errors(attempt)).to.contain("ImagePullBackOff");
    await succeed(await open({ ...broken, annotations: {} }), "up");
    expect(await available("broken")).to.equal(2);
    await succeed(await open(broken), "destroy");
  });
});
