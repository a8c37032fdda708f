import { expect } from "chai";
import { Microservice } from "../../../../components/kubernetes/microservice";
import { deploy, outputOf } from "../../../../offline/providers/mocks";
import { allows, type End, policiesOf } from "../../../support/kubernetes/network-policies";
import { findingsOf } from "../../../support/kubernetes/rules";
import { build, inCluster, type Json, minimal, placement, specOf } from "./fixtures";

const DIGEST = `registry.example.com/shop/order@sha256:${"a".repeat(64)}`;
const gateway = {
  gatewayName: "gateway",
  listener: "https",
  dataPlane: { namespace: "envoy-gateway-system", labels: { app: "envoy" } },
};
const podOf = (deployment: Json): Json => (deployment.template as { spec: Json }).spec;
const containerOf = (deployment: Json): Json => (podOf(deployment).containers as unknown as readonly Json[])[0] ?? {};

describe("kubernetes Microservice", () => {
  it("is made of these objects, each of its name and in its namespace", async () => {
    const { resources } = await build({
      scaling: { min: 2, max: 5, cpu: 70 },
      routing: { gateway, paths: ["/api/orders"] },
    });
    const objects = resources.filter(({ type }) => type.includes("/v"));
    expect(objects.map(({ type, name }) => `${type.replace(/^kubernetes:/, "")} ${name}`).sort()).to.deep.equal([
      "apps/v1:Deployment order",
      "autoscaling/v2:HorizontalPodAutoscaler order",
      "core/v1:Service order",
      "core/v1:ServiceAccount order",
      "gateway.networking.k8s.io/v1:HTTPRoute order-route",
      "networking.k8s.io/v1:NetworkPolicy order",
      "policy/v1:PodDisruptionBudget order",
    ]);
    for (const { inputs } of objects) expect((inputs.metadata as Json).namespace).to.equal("shop-dev");
  });

  it("runs pods that the rules find nothing against, with variables and secrets of its edges", async () => {
    const built = await build({
      image: DIGEST,
      user: "20001:20002",
      grants: {
        database: {
          environment: { DB_HOST: "orders-db-rw" },
          secrets: { DB_PASSWORD: { secretName: "orders-db-app", key: "password", revision: "r1" } },
          files: {
            "/etc/archipelago/orders-db/ca.crt": { secretName: "orders-db-ca", key: "ca.crt" },
            "/etc/archipelago/orders-db/root.crt": { configMapName: "roots", key: "bundle" },
          },
          reaches: [{ to: "orders-db", port: 5432, pods: { labels: { "cnpg.io/cluster": "orders-db" } } }],
        },
      },
    });
    const deployment = specOf(built, "apps/v1:Deployment");
    // Variables are the contract of images on every platform, so these secrets are no files.
    expect(findingsOf(built.resources, ["require-pod-secret-files"])).to.deep.equal([]);
    const container = containerOf(deployment);
    expect(container.env).to.deep.equal([
      { name: "DB_HOST", value: "orders-db-rw" },
      { name: "SERVICE_NAME", value: "order" },
      { name: "SERVICE_PORT", value: "8080" },
      { name: "DB_PASSWORD", valueFrom: { secretKeyRef: { name: "orders-db-app", key: "password" } } },
    ]);
    const { securityContext, volumes } = podOf(deployment);
    expect(securityContext).to.include({ runAsUser: 20_001, runAsGroup: 20_002, fsGroup: 20_002, runAsNonRoot: true });
    expect(volumes).to.deep.equal([
      { name: "memory-1", emptyDir: { medium: "Memory", sizeLimit: "64Mi" } },
      {
        name: "files-1",
        projected: {
          defaultMode: 0o444,
          sources: [
            { secret: { name: "orders-db-ca", items: [{ key: "ca.crt", path: "ca.crt" }] } },
            { configMap: { name: "roots", items: [{ key: "bundle", path: "root.crt" }] } },
          ],
        },
      },
    ]);
    expect(container.volumeMounts).to.deep.equal([
      { name: "memory-1", mountPath: "/tmp" },
      { name: "files-1", mountPath: "/etc/archipelago/orders-db", readOnly: true },
    ]);
    const metadata = (deployment.template as { metadata: Json }).metadata;
    expect(metadata.annotations).to.deep.equal({ "archipelago/secret-revisions": "DB_PASSWORD=r1" });
  });

  it("takes sizes for requests and limits alike, and probes from the health check", async () => {
    const built = await build({
      ...{ cpu: 512, memory: "1 GiB", stopTimeout: "60s", startTime: "2m" },
      healthCheck: { path: "/ready", interval: "15s", timeout: "4s", healthyThreshold: 2, unhealthyThreshold: 5 },
      containerHealthCheck: { command: ["CMD-SHELL", "test -f /tmp/well"], interval: "20s", retries: 2 },
    });
    const deployment = specOf(built, "apps/v1:Deployment");
    const { resources, startupProbe, readinessProbe, livenessProbe, lifecycle } = containerOf(deployment);
    expect(resources).to.deep.equal({
      requests: { cpu: "500m", memory: "1024Mi", "ephemeral-storage": "256Mi" },
      limits: { cpu: "500m", memory: "1024Mi", "ephemeral-storage": "1024Mi" },
    });
    const health = { httpGet: { path: "/ready", port: "http" }, timeoutSeconds: 4 };
    expect(startupProbe).to.deep.equal({ ...health, periodSeconds: 5, failureThreshold: 24 });
    expect(readinessProbe).to.deep.equal({ ...health, periodSeconds: 15, successThreshold: 2, failureThreshold: 5 });
    const exec = { command: ["/bin/sh", "-c", "test -f /tmp/well"] };
    expect(livenessProbe).to.deep.equal({ exec, timeoutSeconds: 5, periodSeconds: 20, failureThreshold: 2 });
    // Requests are answered for 10 s after the pod has begun to stop, and for the stop timeout after that.
    expect(lifecycle).to.deep.equal({ preStop: { sleep: { seconds: 10 } } });
    expect(podOf(deployment).terminationGracePeriodSeconds).to.equal(70);
    expect(deployment.strategy).to.deep.equal({
      type: "RollingUpdate",
      rollingUpdate: { maxUnavailable: 0, maxSurge: "25%" },
    });
  });

  it("is scaled by an autoscaler on usage, by KEDA with a trigger, and by nothing when min is max", async () => {
    const behavior = {
      scaleUp: {
        stabilizationWindowSeconds: 0,
        selectPolicy: "Max",
        policies: [
          { type: "Percent", value: 100, periodSeconds: 60 },
          { type: "Pods", value: 2, periodSeconds: 60 },
        ],
      },
      scaleDown: { stabilizationWindowSeconds: 180 },
    };
    const usage = await build({ scaling: { min: 2, max: 5, cpu: 70, memory: 80 } });
    expect(specOf(usage, "autoscaling/v2:HorizontalPodAutoscaler")).to.deep.equal({
      scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "order" },
      ...{ minReplicas: 2, maxReplicas: 5, behavior },
      metrics: [
        { type: "Resource", resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 70 } } },
        { type: "Resource", resource: { name: "memory", target: { type: "Utilization", averageUtilization: 80 } } },
      ],
    });
    const metadata = { queueName: "orders", mode: "QueueLength", value: "10" };
    const triggers = [{ type: "rabbitmq", metadata, authenticationName: "messaging-scaler" }];
    const queue = await build({ scaling: { min: 2, max: 5, cpu: 70, triggers } });
    expect(specOf(queue, "keda.sh/v1alpha1:ScaledObject")).to.deep.equal({
      scaleTargetRef: { name: "order" },
      ...{ minReplicaCount: 2, maxReplicaCount: 5, pollingInterval: 15 },
      advanced: { horizontalPodAutoscalerConfig: { behavior } },
      triggers: [
        { type: "cpu", metricType: "Utilization", metadata: { value: "70" } },
        { type: "rabbitmq", metadata, authenticationRef: { name: "messaging-scaler" } },
      ],
    });
    const replicas = async (scaling: typeof minimal.scaling): Promise<unknown[]> => {
      const { resources, one } = await build({ scaling });
      const scalers = resources.filter(({ type }) => /Autoscaler|ScaledObject/.test(type));
      return [scalers.length, one("kubernetes:apps/v1:Deployment").options];
    };
    expect(await replicas({ min: 3, max: 3, cpu: 70, triggers })).to.deep.equal([0, {}]);
    expect(await replicas({ min: 1, max: 3 })).to.deep.equal([0, {}]);
    expect(await replicas({ min: 1, max: 3, cpu: 50 })).to.deep.equal([1, { ignoreChanges: ["spec.replicas"] }]);
  });

  it("has a budget that lets a node be drained, even that of a single pod", async () => {
    expect(specOf(await build({ scaling: { min: 1, max: 1 } }), "policy/v1:PodDisruptionBudget")).to.deep.include({
      maxUnavailable: 1,
      unhealthyPodEvictionPolicy: "AlwaysAllow",
    });
  });

  it("is routed by exact paths and prefixes, with its own limit of time", async () => {
    const built = await build({
      routing: { gateway, paths: ["/api/orders", "/api/orders/*", "/*"], responseTime: "90s" },
    });
    expect(specOf(built, "gateway.networking.k8s.io/v1:HTTPRoute")).to.deep.equal({
      parentRefs: [{ name: "gateway", sectionName: "https" }],
      rules: [
        {
          matches: [
            { path: { type: "Exact", value: "/api/orders" } },
            { path: { type: "PathPrefix", value: "/api/orders" } },
            { path: { type: "PathPrefix", value: "/" } },
          ],
          backendRefs: [{ name: "order", port: 8080 }],
          timeouts: { request: "90s" },
        },
      ],
    });
  });

  it("connects to what its grants say and to nothing else, and lets in its callers and the gateway", async () => {
    const { resources, result } = await deploy(() => {
      const opts = inCluster();
      const user = new Microservice("user", { ...minimal, port: 9090 }, opts);
      const order = new Microservice(
        "order",
        {
          ...minimal,
          routing: { gateway, paths: ["/*"] },
          grants: { user: user.grantCall(), internet: { reaches: [{ to: "internet", port: 443, cidr: "0.0.0.0/0" }] } },
        },
        opts,
      );
      return { order, url: user.url };
    });
    expect(await outputOf(result.url ?? "")).to.equal("http://user.shop-dev:9090");
    const denyAll = { namespace: "shop-dev", spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] } };
    const policies = [...policiesOf(resources), denyAll];
    const pod = (name: string): End => ({
      namespace: "shop-dev",
      labels: { "app.kubernetes.io/name": name, "app.kubernetes.io/component": "service" },
    });
    const envoy: End = { namespace: "envoy-gateway-system", labels: { app: "envoy" } };
    const dns: End = { namespace: "kube-system", labels: { "k8s-app": "kube-dns" } };
    const ask = (from: End, to: End, port: number, protocol?: string): boolean =>
      allows(policies, from, to, port, protocol);
    expect(ask(pod("order"), pod("user"), 9090)).to.equal(true);
    expect(ask(pod("user"), pod("order"), 8080), "the other way").to.equal(false);
    expect(ask(pod("order"), pod("user"), 8080), "another port").to.equal(false);
    expect(ask(pod("other"), pod("user"), 9090), "another service").to.equal(false);
    expect(ask(envoy, pod("order"), 8080)).to.equal(true);
    expect(ask(envoy, pod("user"), 9090)).to.equal(false);
    expect(ask({ ...envoy, namespace: "shop-dev" }, pod("order"), 8080), "labels alone").to.equal(false);
    expect(ask(pod("order"), dns, 53, "UDP")).to.equal(true);
    expect(ask(pod("order"), { address: "93.184.216.34" }, 443)).to.equal(true);
    expect(ask(pod("user"), { address: "93.184.216.34" }, 443)).to.equal(false);
    for (const address of ["10.1.2.3", "169.254.169.254", "172.20.0.1", "192.168.0.1", "100.64.0.9"])
      expect(ask(pod("order"), { address }, 443), address).to.equal(false);
  });

  it("starts pods only behind its policies, and after what its grants name", async () => {
    const { one, ofType } = await build();
    const deployment = one("kubernetes:apps/v1:Deployment");
    const policies = ofType("kubernetes:networking.k8s.io/v1:NetworkPolicy").map(({ urn }) => urn);
    expect(deployment.dependencies).to.include.members([...policies, one("kubernetes:core/v1:ServiceAccount").urn]);
  });

  it("of a worker has no Service, no port and no drain, and refuses a call", async () => {
    const built = await build({ port: "none", containerHealthCheck: { command: ["CMD", "/app/well"] } });
    expect(built.ofType("kubernetes:core/v1:Service")).to.deep.equal([]);
    const deployment = specOf(built, "apps/v1:Deployment");
    expect(containerOf(deployment)).to.include.keys("readinessProbe", "livenessProbe");
    expect(containerOf(deployment)).to.not.include.keys("ports", "startupProbe", "lifecycle");
    expect(podOf(deployment).terminationGracePeriodSeconds).to.equal(30);
    expect(() => built.result.grantCall()).to.throw('port: "none"');
    expect(placement.namespace).to.equal("shop-dev");
  });
});
