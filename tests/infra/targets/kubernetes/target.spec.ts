import { expect } from "chai";
import { environments } from "../../../../infra/environments";
import type { Service, System } from "../../../../infra/model/system";
import { ecommerce } from "../../../../infra/systems/ecommerce";
import { needsOf } from "../../../../infra/targets/kubernetes/needs";
import { demandOf } from "../../../../infra/targets/kubernetes/plan";
import { messagesPerPod } from "../../../../infra/targets/kubernetes/service-args";
import { findingsOf } from "../../../support/kubernetes/rules";
import { builtOnKubernetes, planOnKubernetes, problemsOnKubernetes } from "./fixtures";

const pathsOf = (changes: Readonly<Record<string, unknown>>, known = {}): string[] =>
  problemsOnKubernetes(changes, known).map(({ path }) => path);

/** The shop with something of a service changed. */
function shop(
  service: keyof typeof ecommerce.services,
  change: Partial<Service>,
): { readonly systems: Record<string, System> } {
  const services: Readonly<Record<string, Service>> = ecommerce.services;
  const changed = { ...services, [service]: { ...services[service], ...change } as Service };
  return { systems: { ecommerce: { ...ecommerce, services: changed } } };
}

describe("the target kubernetes", function () {
  this.timeout(60_000);

  it("needs a context, a gateway for what is exposed, an issuer with a domain, and each bucket by name", () => {
    expect(pathsOf({})).to.deep.equal([]);
    expect(
      pathsOf({ context: undefined, gatewayClass: undefined, gatewayNamespace: undefined, objectStore: undefined }),
    ).to.deep.equal([
      "archipelago:context",
      "archipelago:gatewayClass",
      "archipelago:gatewayNamespace",
      "archipelago:objectStore.buckets.product-images",
    ]);
    expect(pathsOf({ domain: "shop.example.org" })).to.deep.equal(["archipelago:clusterIssuer"]);
    const buckets = { "product-image": { bucket: "images", secretName: "store" } };
    expect(pathsOf({ objectStore: { endpoint: "https://s3.example.com", buckets } })).to.deep.equal([
      "archipelago:objectStore.buckets.product-images",
      "archipelago:objectStore.buckets.product-image",
    ]);
  });

  it("refuses settings of AWS, and wrong forms of its own", () => {
    expect(
      pathsOf({ region: "eu-central-1", clusterId: "x", objectStore: { endpoint: "http://s3", buckets: {} } }),
    ).to.include.members([...["archipelago:region", "archipelago:clusterId", "archipelago:objectStore.endpoint"]]);
  });

  it("refuses what it has not, with what to do instead, and never leaves out in silence what protects a service", () => {
    const path = (service: string, rest: string): string => `ecommerce.services.${service}.${rest}`;
    const cases: readonly (readonly [path: string, change: Partial<Service>])[] = [
      ["exposes.rateLimit", { exposes: { paths: ["/a"], authentication: "by-service", rateLimit: { perMinute: 100 } } }],
      ["scaling.schedules", { scaling: { min: 1, max: 2, schedules: { night: { schedule: "rate(1 day)", min: 1, max: 1 } } } }],
      ["runtime.allowRootUser", { runtime: { allowRootUser: true } }],
      ["user", { runtime: { user: "node" } }],
    ]; // prettier-ignore
    for (const [rest, change] of cases) {
      const problems = problemsOnKubernetes({}, shop("user", change));
      expect(
        problems.map((problem) => problem.path),
        rest,
      ).to.include(path("user", rest));
      expect(problems.every(({ remedy }) => remedy.length > 0)).to.equal(true);
    }
  });

  it("refuses what it does not build together with everything else that is wrong", () => {
    const changed = shop("user", { owns: { tables: { carts: { partitionKey: "id" } } } });
    expect(pathsOf({ context: undefined, leaveOut: undefined }, changed)).to.include.members([
      ...["archipelago:context", "ecommerce.sagas.order-processing", "ecommerce.entrances.api"],
      "ecommerce.services.user.owns.tables.carts",
    ]);
    // A kind of which a service has one is refused once.
    const search = { reason: "Users are found by words", engineVersion: "2.19" } as const;
    const paths = pathsOf({}, shop("user", { owns: { search } }));
    expect(paths.filter((path) => path.includes("search"))).to.deep.equal(["ecommerce.services.user.owns.search"]);
  });

  it("builds every environment of the shop, and the pack finds nothing against it", async () => {
    for (const environment of Object.keys(environments)) {
      const plan = planOnKubernetes({ environment });
      const { resources } = await builtOnKubernetes(plan);
      const accepted = ["require-pod-secret-files", "require-deployment-replicas"];
      expect(findingsOf(resources, accepted), environment).to.deep.equal([]);
      const deployments = resources
        .filter(({ type }) => type === "kubernetes:apps/v1:Deployment")
        .map(({ name }) => name);
      expect(deployments).to.include.members(Object.keys(ecommerce.services));
    }
  });

  it("has a quota in which every service fits at its largest, within an update", () => {
    const plan = planOnKubernetes({ environment: "prod" });
    const { millicpu, memory, pods } = demandOf(plan);
    const largest = plan.services.map(({ cpu, scaling: { max } }) => Math.ceil(max * 1.25) * ((cpu * 1000) / 1024));
    expect(millicpu).to.be.at.least(Math.ceil(largest.reduce((sum, one) => sum + one)));
    expect(pods).to.be.at.least(plan.services.reduce((sum, { scaling }) => sum + Math.ceil(scaling.max * 1.25), 0));
    expect(memory).to.be.above(0);
  });

  it("asks the cluster for what the plan has, and for nothing else", () => {
    const groups = (change = {}, known = {}): string[] =>
      needsOf(planOnKubernetes(change, known)).apis.map(({ group }) => group);
    const channels = ["gateway.networking.k8s.io", "cert-manager.io", "postgresql.cnpg.io", "rabbitmq.com"];
    expect(groups()).to.deep.equal([...channels, "keda.sh", "monitoring.coreos.com", "metrics.k8s.io"]);
    // Without growth by a queue there is nothing for KEDA to do.
    expect(groups({}, shop("order", { scaling: { min: 1, max: 3, cpu: 70 } }))).to.not.include("keda.sh");
    expect(needsOf(planOnKubernetes())).to.deep.include({
      storage: true,
      gatewayClass: "offline",
      architectures: ["amd64"],
    });
  });

  it("takes the first growth of ECS's steps for messages of a pod", () => {
    const scaling = { min: 1, max: 9, scaleInCooldown: "3m", scaleOutCooldown: "1m" } as const;
    const steps = [{ from: 0, change: 0 }, { from: 10, change: 2 }, { from: 50, change: 5 }]; // prettier-ignore
    expect(messagesPerPod({ ...scaling, queue: { queue: "q", steps, cooldown: "2m" } })).to.deep.equal({
      queue: "q",
      messages: 10,
    });
    expect(messagesPerPod({ ...scaling, backlogPerTask: { queue: "q", target: 7 } })).to.deep.equal({
      queue: "q",
      messages: 7,
    });
    expect(messagesPerPod(scaling)).to.equal(undefined);
  });
});
