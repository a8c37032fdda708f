// Alerts and dashboard of a stack on Kubernetes, from the description on.
import { expect } from "chai";
import type { Service, System } from "../../../../infra/model/system";
import { ecommerce } from "../../../../infra/systems/ecommerce";
import { demandOf } from "../../../../infra/targets/kubernetes/plan";
import { needsOf } from "../../../../infra/targets/kubernetes/needs";
import type { Registered } from "../../../../offline/providers/mocks";
import { allows, policiesOf } from "../../../support/kubernetes/network-policies";
import { findingsOf } from "../../../support/kubernetes/rules";
import { builtOnKubernetes, planOnKubernetes, problemsOnKubernetes } from "./fixtures";

const monitoring = { namespace: "monitoring", labels: { release: "kube-prometheus-stack" } };
const report = { description: "Writes the report", schedule: "rate(1 day)", command: ["node", "report.js"] };
const services: Readonly<Record<string, Service>> = ecommerce.services;
const system = {
  ...ecommerce,
  services: { ...services, order: { ...services.order, jobs: { report } } as Service },
} as System;
const planned = (change: Readonly<Record<string, unknown>> = { monitoring }) =>
  planOnKubernetes(change, { systems: { ecommerce: system } });

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly for: string;
  readonly labels: Readonly<Record<string, string>>;
}
interface Objects {
  readonly groups: readonly { readonly name: string; readonly rules: readonly Rule[] }[];
}
interface Panel {
  readonly title: string;
  readonly type: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly targets?: readonly { readonly expr: string }[];
}

const ofKind = (resources: readonly Registered[], kind: string) =>
  resources.filter(({ type }) => type.endsWith(`:${kind}`));
const rulesOf = (resources: readonly Registered[]): Objects =>
  ofKind(resources, "PrometheusRule")[0]?.inputs.spec as Objects;
const panelsOf = (resources: readonly Registered[]): readonly Panel[] => {
  const map = resources.find(({ name }) => name === "ecommerce-dashboard")?.inputs.data as Readonly<
    Record<string, string>
  >;
  return (JSON.parse(map["ecommerce.json"] ?? "") as { readonly panels: readonly Panel[] }).panels;
};

describe("observability on Kubernetes", function () {
  this.timeout(60_000);
  let resources: readonly Registered[];
  before(async () => {
    ({ resources } = await builtOnKubernetes(planned()));
  });

  it("is made only where the settings name a Prometheus, and then its API is looked for", async () => {
    const api = { group: "monitoring.coreos.com", version: "v1" };
    const asked = (change: object) => needsOf(planned({ ...change })).apis.filter(({ group }) => group === api.group);
    expect(asked({ monitoring: undefined })).to.deep.equal([]);
    expect(asked({ monitoring }).map(({ group, version }) => ({ group, version }))).to.deep.equal([api]);
    const without = (await builtOnKubernetes(planned({ monitoring: undefined }))).resources;
    const kinds = ["PrometheusRule", "PodMonitor", "ServiceMonitor"];
    expect(kinds.map((kind) => ofKind(without, kind).length)).to.deep.equal([0, 0, 0]);
    expect(kinds.map((kind) => ofKind(resources, kind).length)).to.deep.equal([1, 4, 1]);
    expect(problemsOnKubernetes({ monitoring: { namespace: "Monitoring" } }).map(({ path }) => path)).to.deep.equal([
      "archipelago:monitoring.namespace",
    ]);
  });

  it("has an alert for each thing, in the group of its service", () => {
    const { groups } = rulesOf(resources);
    const alerts = Object.fromEntries(groups.map(({ name, rules }) => [name, rules.map(({ alert }) => alert)]));
    expect(Object.keys(alerts)).to.deep.equal([...planned().services.map(({ name }) => name), "shared"]);
    expect(alerts.order).to.include.members(["OrderAvailable", "OrderMemory", "OrderRestarts", "OrderScaling"]);
    expect(alerts.order).to.include.members([
      "OrderDbInstances",
      "OrderDbConnections",
      "OrderDbLag",
      "OrderDbVolume",
      "OrderReportFailed",
    ]);
    expect(alerts.shared).to.include.members([
      "CacheNodes",
      "MessagingNodes",
      "MessagingAlarms",
      "PaymentProcessingQueueDeadLetters",
    ]);
  });

  it("names only things of the namespace, each by a name that it has", () => {
    const queues = planned().nodes.filter(({ kind }) => kind === "queue");
    const named = new Set([...resources, ...queues].map(({ name }) => name));
    for (const { rules } of rulesOf(resources).groups) {
      for (const { expr, labels, for: lasts } of rules) {
        const selectors = [...expr.matchAll(/\{([^}]*)\}/g)].map(([, inner = ""]) => inner);
        expect(selectors.length, expr).to.be.above(0);
        for (const selector of selectors) expect(selector, expr).to.include('namespace="ecommerce-local"');
        expect(lasts).to.match(/^\d+[smh]$/);
        const { thing = "" } = labels;
        expect(named.has(thing), thing).to.equal(true);
      }
    }
    const [deployment] = [...(rulesOf(resources).groups[0]?.rules[0]?.expr ?? "").matchAll(/deployment="([a-z-]+)"/g)];
    expect(ofKind(resources, "Deployment").map(({ name }) => name)).to.include(deployment?.[1]);
  });

  it("shows every signal once, on panels that do not overlap, and the same each time", async () => {
    const panels = panelsOf(resources);
    const shown = panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));
    expect(new Set(shown).size).to.equal(shown.length);
    for (const { rules } of rulesOf(resources).groups)
      for (const { expr } of rules) expect(shown).to.include(expr.replace(/ (?:>=?|<) [\d.]+$/, ""));
    const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, cell) => `${x + (cell % w)} ${y + Math.floor(cell / w)}`),
    );
    expect(new Set(cells).size).to.equal(cells.length);
    expect(panelsOf((await builtOnKubernetes(planned())).resources)).to.deep.equal(panels);
  });

  it("lets Prometheus in at the metrics of databases and of the broker, and nowhere else", () => {
    const policies = policiesOf(resources);
    const prometheus = { namespace: "monitoring", labels: { "app.kubernetes.io/name": "prometheus" } };
    const open = (labels: Record<string, string>, port: number) =>
      allows(policies, prometheus, { namespace: "ecommerce-local", labels }, port);
    const database = { "cnpg.io/cluster": "order-db", "cnpg.io/podRole": "instance" };
    const broker = { "app.kubernetes.io/name": "messaging", "app.kubernetes.io/component": "rabbitmq" };
    expect([open(database, 9187), open(database, 5432), open(broker, 15_691), open(broker, 5671)]).to.deep.equal([
      ...[true, false, true, false],
    ]);
    const monitors = [
      ...ofKind(resources, "PodMonitor"),
      ...ofKind(resources, "ServiceMonitor"),
      ...ofKind(resources, "PrometheusRule"),
    ];
    for (const { inputs } of monitors)
      expect((inputs.metadata as { readonly labels: object }).labels).to.include(monitoring.labels);
    const accepted = ["require-pod-secret-files", "require-pod-image-digest", "require-deployment-replicas"];
    expect(findingsOf(resources, accepted)).to.deep.equal([]);
  });

  it("sends traces and metrics of each service to a collector, which alone has the way out", async () => {
    const collector = { image: "registry.example.com/otel:1.0.0", otlpEndpoint: "https://otlp.example.com" };
    const without = planned();
    const plan = planned({ collector });
    const built = (await builtOnKubernetes(plan)).resources;
    const deployments = ofKind(built, "Deployment");
    expect(deployments.map(({ name }) => name)).to.include("collector");
    const policies = policiesOf(built);
    const labels = { "app.kubernetes.io/name": "collector", "app.kubernetes.io/component": "collector" };
    const to = { namespace: plan.namespace, labels };
    for (const { name } of plan.services) {
      const { spec } = deployments.find((one) => one.name === name)?.inputs as unknown as Deployed;
      const variables = new Map(
        spec.template.spec.containers[0].env.map((variable) => [variable.name, variable.value]),
      );
      expect(variables.get("OTEL_EXPORTER_OTLP_ENDPOINT"), name).to.equal("http://collector.ecommerce-local.svc:4318");
      expect(variables.get("OTEL_TRACES_SAMPLER_ARG"), name).to.equal("0.1");
      expect(allows(policies, { namespace: plan.namespace, labels: spec.template.metadata.labels }, to, 4318)).to.equal(
        true,
      );
    }
    expect(allows(policies, { namespace: plan.namespace, labels: { app: "stranger" } }, to, 4318)).to.equal(false);
    expect(demandOf(plan).pods - demandOf(without).pods).to.equal(3);
    const http = problemsOnKubernetes({ collector: { ...collector, otlpEndpoint: "http://otlp.example.com" } });
    expect(http.map(({ path }) => path)).to.deep.equal(["archipelago:collector.otlpEndpoint"]);
  });
});

interface Deployed {
  readonly spec: {
    readonly template: {
      readonly metadata: { readonly labels: Readonly<Record<string, string>> };
      readonly spec: {
        readonly containers: readonly [{ readonly env: readonly { readonly name: string; readonly value?: string }[] }];
      };
    };
  };
}
