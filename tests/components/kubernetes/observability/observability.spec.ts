import * as kubernetes from "@pulumi/kubernetes";
import { expect } from "chai";
import type { Signal } from "../../../../components/kubernetes/kit";
import { Observability, type ObservabilityArgs } from "../../../../components/kubernetes/observability";
import { InvalidInput } from "../../../../components/kit";
import { deploy, outputOf } from "../../../../offline/providers/mocks";
import { childrenOf } from "../../aws/database/support";

const TYPE = "archipelago:kubernetes:Observability";
const memory: Signal = {
  ...{ of: "order-db", role: "memory", title: "memory", unit: "percentunit" },
  expression: (namespace) => `memory{namespace="${namespace}"}`,
  alertAt: { description: "It is almost full.", comparison: ">", threshold: 0.9, for: "10m", severity: "warning" },
};
const { alertAt: _, ...plain } = memory;
const cpu: Signal = { ...plain, role: "cpu", title: "CPU" };
const standard: ObservabilityArgs = {
  placement: { namespace: "shop-dev", labels: { "app.kubernetes.io/part-of": "shop" } },
  monitoring: { namespace: "monitoring", labels: { release: "prometheus" } },
  title: "shop in dev",
  sections: [
    { title: "order", signals: [memory, cpu] },
    { title: "quiet", signals: [] },
  ],
};
const deployed = (args: Partial<ObservabilityArgs> = {}) =>
  deploy(() => {
    const provider = new kubernetes.Provider("cluster", { context: "spec" });
    return new Observability("shop", { ...standard, ...args }, { provider });
  });

describe("kubernetes Observability", () => {
  it("creates a rule for each signal with a threshold, and a dashboard of all", async () => {
    const built = await deployed();
    expect(childrenOf(built, built.one(TYPE))).to.deep.equal(["ConfigMap shop-dashboard", "PrometheusRule shop"]);
    const rules = built.one("kubernetes:monitoring.coreos.com/v1:PrometheusRule").inputs;
    expect(rules.metadata).to.deep.equal({
      ...{ name: "shop", namespace: "shop-dev" },
      labels: { "app.kubernetes.io/part-of": "shop", release: "prometheus" },
    });
    expect(rules.spec).to.deep.equal({
      groups: [
        {
          name: "order",
          rules: [
            {
              alert: "OrderDbMemory",
              expr: 'memory{namespace="shop-dev"} > 0.9',
              for: "10m",
              labels: { severity: "warning", namespace: "shop-dev", thing: "order-db" },
              annotations: { summary: "order-db in shop-dev: It is almost full.", value: "{{ $value }}" },
            },
          ],
        },
      ],
    });
    const { metadata, data } = built.one("kubernetes:core/v1:ConfigMap").inputs;
    expect((metadata as { readonly labels: object }).labels).to.include({ grafana_dashboard: "1" });
    const dashboard = JSON.parse((data as Readonly<Record<string, string>>)["shop.json"] ?? "") as {
      readonly uid: string;
      readonly panels: readonly { readonly title: string }[];
    };
    expect(dashboard.panels.map(({ title }) => title)).to.deep.equal(["order", "order-db: memory", "order-db: CPU"]);
    expect(await outputOf(built.result.dashboardUid)).to.equal(dashboard.uid);
    expect(dashboard.uid.length).to.be.at.most(40);
  });

  it("refuses sections of one name and a title that is too long, both at once", async () => {
    const sections = [...standard.sections, { title: "order", signals: [] }];
    const error: unknown = await deployed({ sections, title: "x".repeat(101) }).catch((caught: unknown) => caught);
    expect(error).to.be.instanceOf(InvalidInput);
    expect((error as InvalidInput).problems.map(({ path }) => path)).to.deep.equal(["title", "sections[2].title"]);
  });

  it("hands out its children to be changed", async () => {
    const built = await deployed({ transform: { rules: { metadata: { name: "other" } } } });
    const { metadata } = built.one("kubernetes:monitoring.coreos.com/v1:PrometheusRule").inputs;
    expect(metadata).to.include({ name: "other" });
  });
});
