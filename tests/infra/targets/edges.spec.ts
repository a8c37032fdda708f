// Who may connect to whom, on each target: one table, worked out from what the team wrote, and held against the security groups of ECS, the
// NetworkPolicies of Kubernetes, and both with the rights of IAM on EKS.
import { expect } from "chai";
import type { Service, System } from "../../../infra/model/system";
import { ecommerce } from "../../../infra/systems/ecommerce";
import { buildOnEcs } from "../../../infra/targets/ecs/ecs";
import { deploy, type Registered } from "../../../offline/providers/mocks";
import { allows, type End, policiesOf } from "../../support/kubernetes/network-policies";
import { planFor, runOf } from "../support/run";
import { builtOnEks, planOnEks } from "./eks/fixtures";
import { builtOnKubernetes, planOnKubernetes } from "./kubernetes/fixtures";

/** Things that connections lead to, each with its port. */
function portsOf({ services }: System): Readonly<Record<string, number>> {
  const all = Object.entries<Service>(services);
  return Object.fromEntries([
    ...all.flatMap(([name, { port = 8080 }]) => (port === "none" ? [] : [[name, port] as const])),
    ...all.flatMap(([name, { owns }]) => (owns?.database ? [[`${name}-db`, 5432] as const] : [])),
    ["cache", 6379],
  ]);
}

/** Workloads: services, and what prepares their databases. */
function workloadsOf({ services }: System): string[] {
  return Object.entries<Service>(services).flatMap(([name, { owns }]) => [
    name,
    ...(owns?.database?.migration ? [`${name}-migration`] : []),
  ]);
}

/** The table: `from -> to`. */
function expectedEdges({ services }: System): string[] {
  return Object.entries<Service>(services)
    .flatMap(([name, { calls = {}, owns, usesCache }]) => [
      ...Object.keys(calls).map((callee) => `${name} -> ${callee}`),
      ...(owns?.database ? [`${name} -> ${name}-db`] : []),
      ...(owns?.database?.migration ? [`${name}-migration -> ${name}-db`] : []),
      ...(usesCache ? [`${name} -> cache`] : []),
    ])
    .sort();
}

/** The pairs that are open. */
function openPairs(system: System, isOpen: (from: string, to: string, port: number) => boolean): string[] {
  return workloadsOf(system)
    .flatMap((from) =>
      Object.entries(portsOf(system)).flatMap(([to, port]) =>
        from !== to && isOpen(from, to, port) ? [`${from} -> ${to}`] : [],
      ),
    )
    .sort();
}

/** By security groups: both sides need a rule that names the other group. */
function onEcs(resources: readonly Registered[]): (from: string, to: string, port: number) => boolean {
  const groups = resources.filter(({ type }) => type === "aws:ec2/securityGroup:SecurityGroup");
  const idOf = (name: string): unknown =>
    groups.find((group) => [`${name}-tasks`, `${name}-security-group`].includes(group.name))?.outputs.id;
  const rules = (side: "Ingress" | "Egress") =>
    resources.filter(({ type }) => type.endsWith(`:SecurityGroup${side}Rule`)).map(({ outputs }) => outputs);
  const [ingress, egress] = [rules("Ingress"), rules("Egress")];
  return (from, to, port) => {
    const [own, other] = [idOf(from), idOf(to)];
    if (own === undefined || other === undefined) throw new Error(`no security group of ${from} or ${to}`);
    const between = (all: typeof ingress, at: unknown, peer: unknown): boolean =>
      all.some(
        ({ securityGroupId, referencedSecurityGroupId, fromPort }) =>
          securityGroupId === at && referencedSecurityGroupId === peer && fromPort === port,
      );
    return between(egress, own, other) && between(ingress, other, own);
  };
}

/** Labels of pods by the name of what they run. Those of databases are CloudNativePG's. */
function endsOn(resources: readonly Registered[], namespace: string): (name: string) => End {
  const templates = new Map<string, Readonly<Record<string, string>>>();
  for (const { type, name, inputs } of resources) {
    const spec = inputs.spec as Template | undefined;
    const template = type.endsWith(":CronJob") ? spec?.jobTemplate?.spec.template : spec?.template;
    // Clients of the cache reach HAProxy where there is one, and the only node otherwise: both are called after it.
    if (template && /:(?:Deployment|CronJob|StatefulSet)$/.test(type)) templates.set(name, template.metadata.labels);
  }
  return (name) => {
    const labels = name.endsWith("-db")
      ? { "cnpg.io/cluster": name, "cnpg.io/podRole": "instance" }
      : (templates.get(`${name}-proxy`) ??
        templates.get(name) ??
        [...templates].find(([key]) => key.startsWith(name))?.[1]);
    if (labels === undefined) throw new Error(`no pods of ${name}`);
    return { namespace, labels };
  };
}

/**
 * On EKS, calls by NetworkPolicies. All pods share a security group and all stores share subnets, so a store is reached by three things together:
 * a NetworkPolicy to its subnets, a rule of its group for pods, and a right of IAM to sign in to this one.
 */
function onEks(
  resources: readonly Registered[],
  namespace: string,
): (from: string, to: string, port: number) => boolean {
  const policies = policiesOf(resources);
  const end = endsOn(resources, namespace);
  const rules = resources.filter(({ type }) => type === "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule");
  return (from, to, port) => {
    if (to !== "cache" && !to.endsWith("-db")) return allows(policies, end(from), end(to), port);
    const open = rules.some(({ name }) => name === `${namespace}-at-${to}-${port}`);
    return (
      open && allows(policies, end(from), { address: "10.3.12.10" }, port) && signsIn(resources, namespace, from, to)
    );
  };
}

function signsIn(resources: readonly Registered[], namespace: string, from: string, to: string): boolean {
  const policy = resources.find(({ type, name }) => type.endsWith(":RolePolicy") && name === `${namespace}-${from}`);
  const text = String(policy?.outputs.policy);
  if (to === "cache") return text.includes("elasticache:Connect");
  const server = resources.find(
    ({ type, name }) => /rds\/(?:instance:Instance|cluster:Cluster)$/.test(type) && name.startsWith(to),
  );
  const { resourceId, clusterResourceId, masterUserSecrets } = server?.outputs ?? {};
  const [secret] = masterUserSecrets as readonly { readonly secretArn: string }[];
  return text.includes(String(resourceId ?? clusterResourceId)) || text.includes(secret?.secretArn ?? "none");
}

interface Template {
  readonly template?: { readonly metadata: { readonly labels: Readonly<Record<string, string>> } };
  readonly jobTemplate?: { readonly spec: Template };
}

describe("edges of the e-commerce platform are the only connections", function () {
  this.timeout(60_000);
  const expected = expectedEdges(ecommerce);

  it("on ECS, by security groups", async () => {
    const { resources } = await deploy(() => buildOnEcs(planFor(runOf("local"))));
    expect(openPairs(ecommerce, onEcs(resources))).to.deep.equal(expected);
  });

  it("on Kubernetes, by NetworkPolicies", async () => {
    const plan = planOnKubernetes();
    const { resources } = await builtOnKubernetes(plan);
    const policies = policiesOf(resources);
    const end = endsOn(resources, plan.namespace);
    const pairs = openPairs(ecommerce, (from, to, port) => allows(policies, end(from), end(to), port));
    expect(pairs).to.deep.equal(expected);
  });

  it("on EKS, by NetworkPolicies, security groups and IAM", async () => {
    const plan = planOnEks();
    const { resources } = await builtOnEks(plan);
    expect(openPairs(ecommerce, onEks(resources, plan.namespace))).to.deep.equal(expected);
  });

  it("on Kubernetes nobody else of the namespace reaches them, and they reach nothing else in the cluster", async () => {
    const plan = planOnKubernetes();
    const { resources } = await builtOnKubernetes(plan);
    const policies = policiesOf(resources);
    const end = endsOn(resources, plan.namespace);
    const stranger: End = { namespace: plan.namespace, labels: { app: "stranger" } };
    const outside: End = { namespace: "other", labels: { app: "stranger" } };
    const open = Object.entries(portsOf(ecommerce)).flatMap(([name, port]) => [
      ...[stranger, outside].flatMap((from) => (allows(policies, from, end(name), port) ? [`in: ${name}`] : [])),
      ...[stranger, outside].flatMap((to) => (allows(policies, end(name), to, 8080) ? [`out: ${name}`] : [])),
    ]);
    expect(open).to.deep.equal([]);
    // The broker takes each service that has a queue or a topic: what it may do there is a matter of its user.
    const broker: End = {
      namespace: plan.namespace,
      labels: { "app.kubernetes.io/name": "messaging", "app.kubernetes.io/component": "rabbitmq" },
    };
    const users = Object.entries<Service>(ecommerce.services).flatMap(([name, { publishes, consumes, sendsTo }]) =>
      publishes || consumes || sendsTo ? [name] : [],
    );
    const connected = workloadsOf(ecommerce).filter((name) => allows(policies, end(name), broker, 5671));
    expect(connected.sort()).to.deep.equal(users.sort());
    const internet = workloadsOf(ecommerce).filter((name) =>
      allows(policies, end(name), { address: "93.184.216.34" }, 443),
    );
    const declared = Object.entries<Service>(ecommerce.services).flatMap(([name, { internetEgress, owns }]) =>
      // The bucket's endpoint has no range of its own here.
      internetEgress || owns?.buckets ? [name] : [],
    );
    expect(internet.sort()).to.deep.equal(declared.sort());
  });
});
