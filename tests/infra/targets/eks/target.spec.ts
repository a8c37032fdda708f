import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import yaml from "js-yaml";
import type { Service, System } from "../../../../infra/model/system";
import { systems } from "../../../../infra/systems";
import { ecommerce } from "../../../../infra/systems/ecommerce";
import { buildOnEcs } from "../../../../infra/targets/ecs/ecs";
import { deploy, type Registered } from "../../../../offline/providers/mocks";
import { violationsIn } from "../../../policy/support/judged";
import { planFor, runOf } from "../../support/run";
import { builtOnEks, planOnEks, problemsOnEks } from "./fixtures";

/** Rules that the stack eks-local has exceptions of. */
function acceptedRules(): ReadonlySet<string> {
  const file = yaml.load(readFileSync(join(__dirname, "../../../../policy-exceptions.yaml"), "utf8"));
  const { exceptions } = file as { readonly exceptions: readonly { readonly rule: string; readonly stack?: string }[] };
  const ours = exceptions.filter(({ stack = "*" }) => new RegExp(`^${stack.replaceAll("*", ".*")}$`).test("eks-local"));
  return new Set(ours.map(({ rule }) => rule));
}

/** The shop with something of a service changed. */
function shop(service: keyof typeof ecommerce.services, change: Partial<Service>): Record<string, System> {
  const services: Readonly<Record<string, Service>> = ecommerce.services;
  return {
    ecommerce: { ...ecommerce, services: { ...services, [service]: { ...services[service], ...change } as Service } },
  };
}

interface Document {
  readonly Statement: readonly {
    readonly Action: string | readonly string[];
    readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
    readonly Principal?: unknown;
  }[];
}
const documentOf = ({ outputs }: Registered, key: string): Document => JSON.parse(String(outputs[key])) as Document;
const actionsOf = (policy: Registered | undefined): string[] =>
  policy === undefined
    ? []
    : documentOf(policy, "policy")
        .Statement.flatMap(({ Action: action }) => [action].flat())
        .sort();

describe("the target eks", function () {
  this.timeout(60_000);
  let resources: readonly Registered[];
  /** The same system on ECS. */
  let onEcs: readonly Registered[];
  before(async () => {
    ({ resources } = await builtOnEks(planOnEks()));
    onEcs = (await deploy(() => buildOnEcs(planFor(runOf("local", { collector: undefined }))))).resources;
  });
  const all = (type: string): Registered[] => resources.filter((one) => one.type === type);

  it("refuses what it does not build, with what to do instead", () => {
    const network = {
      vpcId: "vpc-0a1b2c3d4e5f60718",
      privateSubnetIds: ["subnet-1", "subnet-2"],
      isolatedSubnetIds: ["subnet-3", "subnet-4"],
    };
    const path = (rest: string): string => `ecommerce.services.user.${rest}`;
    const exposes = { paths: ["/a"], authentication: "jwt" } as const;
    const cases: readonly (readonly [string, Record<string, unknown>, Record<string, System>])[] = [
      ["archipelago:network", { network }, systems],
      ["archipelago:context", { kubeconfig: "~/.kube/tunnel" }, systems],
      ["archipelago:apiCidrs[0]", { apiCidrs: ["0.0.0.0/0"] }, systems],
      ["archipelago:gatewayClass", { gatewayClass: "envoy" }, systems],
      [path("exposes.authentication"), {}, shop("user", { exposes })],
      [path("architecture"), {}, shop("user", { architecture: "ARM64" })],
      [path("runtime.allowRootUser"), {}, shop("user", { runtime: { user: "root", allowRootUser: true } })],
      [
        path("jobs.report.schedule"),
        {},
        shop("user", {
          jobs: { report: { description: "Writes a report", schedule: "rate(7 hours)", command: ["a"] } },
        }),
      ],
    ];
    for (const [wanted, changes, known] of cases) {
      const found = problemsOnEks(changes, known);
      expect(
        found.map((problem) => problem.path),
        wanted,
      ).to.include(wanted);
      expect(found.every(({ remedy }) => remedy.length > 0)).to.equal(true);
    }
    expect(problemsOnEks()).to.deep.equal([]);
  });

  it("gives each service a role that only its service account of this cluster gets, with the rights that it has on ECS", () => {
    const policies = all("aws:iam/rolePolicy:RolePolicy");
    const named = (from: readonly Registered[], name: string) => from.find((one) => one.name === name);
    const associations = all("aws:eks/podIdentityAssociation:PodIdentityAssociation");
    for (const name of Object.keys(ecommerce.services)) {
      const own = actionsOf(named(policies, `ecommerce-local-${name}`));
      const there = onEcs.filter(({ type }) => type === "aws:iam/rolePolicy:RolePolicy");
      expect(own, name).to.deep.equal(actionsOf(named(there, `${name}-task-policy`)));
      const association = named(associations, `ecommerce-local-${name}`);
      expect(association?.inputs).to.deep.include({ namespace: "ecommerce-local", serviceAccount: name });
      const role = all("aws:iam/role:Role").find((one) => one.outputs.arn === association?.inputs.roleArn);
      expect(role?.name, name).to.equal(`ecommerce-local-${name}`);
      const [trust] = role ? documentOf(role, "assumeRolePolicy").Statement : [];
      expect(trust?.Action).to.deep.equal(["sts:AssumeRole", "sts:TagSession"]);
      expect(trust?.Principal).to.deep.equal({ Service: "pods.eks.amazonaws.com" });
      expect(trust?.Condition).to.deep.equal({
        StringEquals: {
          "aws:SourceAccount": "111122223333",
          "aws:RequestTag/kubernetes-namespace": "ecommerce-local",
          "aws:RequestTag/kubernetes-service-account": name,
        },
        ArnEquals: { "aws:SourceArn": "arn:aws:eks:eu-central-1:111122223333:cluster/ecommerce-local" },
      });
    }
  });

  it("reads master secrets in migrations only", () => {
    const readers = all("aws:iam/rolePolicy:RolePolicy").filter((policy) =>
      actionsOf(policy).includes("secretsmanager:GetSecretValue"),
    );
    const workloads = readers.flatMap(({ name }) => (name.startsWith("ecommerce-local-") ? [name] : []));
    expect(workloads.sort()).to.deep.equal(
      ["order", "payment", "product", "user"].map((name) => `ecommerce-local-${name}-migration`),
    );
  });

  it("leaves no load balancer to a controller: pods are registered in target groups of the stack", () => {
    const types = new Set(resources.map(({ type }) => type));
    expect([...types].filter((type) => /:(?:Ingress|Gateway|IngressClassParams)$/.test(type))).to.deep.equal([]);
    const services = all("kubernetes:core/v1:Service");
    expect(services.map(({ inputs }) => (inputs.spec as { type?: string }).type ?? "ClusterIP")).to.deep.equal(
      services.map(() => "ClusterIP"),
    );
    const groups = all("aws:lb/targetGroup:TargetGroup");
    expect(groups).to.have.lengthOf(3);
    for (const { inputs } of groups)
      expect(inputs.tags, "AmazonEKSLoadBalancingPolicy").to.include({ "eks:eks-cluster-name": "ecommerce-local" });
    const bound = all("kubernetes:eks.amazonaws.com/v1:TargetGroupBinding").map(
      ({ inputs }) => (inputs.spec as { targetGroupARN: string }).targetGroupARN,
    );
    expect(bound.sort()).to.deep.equal(groups.map(({ outputs }) => outputs.arn).sort());
    const [balancer] = all("aws:lb/loadBalancer:LoadBalancer");
    expect(balancer?.inputs.internal).to.equal(true);
  });

  it("configures the provider of the cluster by the cluster that it makes, and replaces it with that only", () => {
    const [provider] = all("pulumi:providers:kubernetes");
    const [cluster] = all("aws:eks/cluster:Cluster");
    expect(provider?.inputs.clusterIdentifier).to.equal(cluster?.outputs.endpoint);
    const kubeconfig = JSON.parse(String(provider?.inputs.kubeconfig)) as {
      readonly users: readonly { readonly user: { readonly exec: { readonly command: string } } }[];
    };
    expect(kubeconfig.users.map(({ user }) => user.exec.command)).to.deep.equal(["aws"]);
  });

  it("says that a private endpoint must be reached, and what of scaling is not used", () => {
    const plan = planOnEks({ environment: "local" });
    expect(plan.endpoints).to.include.members(["ec2", "ecr.api", "ecr.dkr", "eks", "eks-auth", "sts", "sqs", "sns"]);
    expect(planOnEks({ cidr: "172.20.0.0/16" }).serviceCidr).to.equal("10.100.0.0/16");
    expect(plan.serviceCidr).to.equal("172.20.0.0/16");
  });

  it("breaks no rule of the packs, beside those of which the stack has exceptions and those that data on AWS breaks on ECS too", async () => {
    const accepted = acceptedRules();
    const shared = new Set(await violationsIn(onEcs));
    const own = (await violationsIn(resources)).filter((message) => !shared.has(message));
    expect(own.filter((message) => !accepted.has(message.split(":")[0] ?? ""))).to.deep.equal([]);
  });
});
