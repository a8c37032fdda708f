import * as kubernetes from "@pulumi/kubernetes";
import { expect } from "chai";
import { Collector, type CollectorArgs } from "../../../../components/kubernetes/observability";
import { validateCollector } from "../../../../components/kubernetes/observability/validate-collector";
import { deploy, outputOf } from "../../../../offline/providers/mocks";
import { allows, type End, policiesOf } from "../../../support/kubernetes/network-policies";
import { findingsOf } from "../../../support/kubernetes/rules";
import { childrenOf } from "../../aws/database/support";

const TYPE = "archipelago:kubernetes:Collector";
const standard: CollectorArgs = {
  placement: { namespace: "shop-dev" },
  image: `registry.example.com/otel@sha256:${"a".repeat(64)}`,
  otlpEndpoint: "https://otlp.example.com",
  stack: "shop-dev",
};
const deployed = (args: Partial<CollectorArgs> = {}) =>
  deploy(() => {
    const provider = new kubernetes.Provider("cluster", { context: "spec" });
    return new Collector("collector", { ...standard, ...args }, { provider });
  });
const collector: End = {
  namespace: "shop-dev",
  labels: { "app.kubernetes.io/name": "collector", "app.kubernetes.io/component": "collector" },
};

describe("kubernetes Collector", () => {
  it("creates exactly these children, and the pack finds nothing against them", async () => {
    const built = await deployed();
    expect(childrenOf(built, built.one(TYPE))).to.deep.equal([
      ...["ConfigMap collector", "Deployment collector", "NetworkPolicy collector", "PodDisruptionBudget collector"],
      ...["Service collector", "ServiceAccount collector"],
    ]);
    expect(findingsOf(built.resources)).to.deep.equal([]);
    expect(await outputOf(built.result.endpoint)).to.equal("http://collector.shop-dev.svc:4318");
  });

  it("sends what it gets to its destination, with the header from a Secret", async () => {
    const built = await deployed({ authorization: { secretName: "otlp", key: "token" } });
    const { data } = built.one("kubernetes:core/v1:ConfigMap").inputs as {
      readonly data: Readonly<Record<string, string>>;
    };
    const configuration = JSON.parse(data["config.json"] ?? "") as Readonly<
      Record<string, Readonly<Record<string, unknown>>>
    >;
    expect(configuration.exporters).to.deep.equal({
      otlphttp: { endpoint: "https://otlp.example.com", headers: { Authorization: "${env:OTLP_AUTHORIZATION}" } },
    });
    const { spec } = built.one("kubernetes:apps/v1:Deployment").inputs as {
      readonly spec: {
        readonly template: { readonly spec: { readonly containers: readonly [{ readonly env: unknown }] } };
      };
    };
    expect(spec.template.spec.containers[0].env).to.deep.equal([
      { name: "OTLP_AUTHORIZATION", valueFrom: { secretKeyRef: { name: "otlp", key: "token" } } },
    ]);
  });

  it("reaches its destination alone: the internet, a range, or the pods of a namespace", async () => {
    const tempo: End = { namespace: "monitoring", labels: { app: "tempo" } };
    const reached = async (args: Partial<CollectorArgs>) => {
      const policies = policiesOf((await deployed(args)).resources);
      return [
        allows(policies, collector, { address: "93.184.216.34" }, 443),
        allows(policies, collector, { address: "10.40.1.1" }, 443),
        allows(policies, collector, tempo, 4318),
      ];
    };
    expect(await reached({})).to.deep.equal([true, false, false]);
    expect(await reached({ cidr: "10.40.0.0/16" })).to.deep.equal([false, true, false]);
    const inCluster = { otlpEndpoint: "http://tempo.monitoring.svc:4318", namespace: "monitoring" };
    expect(await reached(inCluster)).to.deep.equal([false, false, true]);
  });

  it("starts new pods when its configuration changes", async () => {
    const templateOf = async (args: Partial<CollectorArgs>) =>
      ((await deployed(args)).one("kubernetes:apps/v1:Deployment").inputs.spec as { readonly template: object })
        .template;
    expect(await templateOf({})).to.deep.equal(await templateOf({}));
    expect(await templateOf({ stack: "shop-prod" })).to.not.deep.equal(await templateOf({}));
  });

  it("refuses what would fail later, all of it at once", () => {
    const wrong = { image: "otel", otlpEndpoint: "http://otlp.example.com", replicas: 0, memory: "64 MiB" } as const;
    expect(validateCollector("Collector", { ...standard, ...wrong }).map(({ path }) => path)).to.deep.equal([
      ...["name", "image", "otlpEndpoint", "replicas", "memory"],
    ]);
    const both = { namespace: "monitoring", cidr: "10.0.0.0/8" };
    expect(validateCollector("collector", { ...standard, ...both }).map(({ path }) => path)).to.deep.equal(["cidr"]);
    expect(validateCollector("collector", standard)).to.deep.equal([]);
  });
});
