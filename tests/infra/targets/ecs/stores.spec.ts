// Stores beside the database, from their description to what is built of them, judged by every rule.
import { expect } from "chai";
import { join } from "node:path";
import { environments } from "../../../../infra/environments";
import type { Service, System } from "../../../../infra/model/system";
import { validateSystem } from "../../../../infra/model/validate";
import { ecommerce } from "../../../../infra/systems/ecommerce";
import { buildOnEcs } from "../../../../infra/targets/ecs/ecs";
import { needsOf } from "../../../../infra/targets/ecs/limits";
import { deploy, type Registered } from "../../../../offline/providers/mocks";
import { Exceptions, readExceptions } from "../../../../policy/rules/exceptions";
import type { Finding, Resource } from "../../../../policy/rules/rule";
import { rightsOf } from "../../../support/least-privilege";
import { awsPlanOf as planOf } from "../../support/aws";
import { type EnvironmentName, runOf } from "../../support/run";
import { violations } from "../../support/violations";

const reason = "Articles differ in their fields";
const code = { entry: "infra/functions/orders/summaries.ts" };
/** Stores of the notification service, with a function and a job that use them. */
const owner: Partial<Service> = {
  owns: {
    documents: { reason },
    analytics: { reason, queryLimit: "1 GiB" },
    search: { reason: "Articles are found by their words" },
  },
  functions: {
    index: {
      description: "Copies articles into the index",
      code,
      uses: { documents: true, search: true, analytics: true },
    },
  },
  jobs: {
    hourly: { description: "Copies articles", schedule: "rate(1 hour)", function: "index" },
    report: {
      description: "Counts articles",
      schedule: "rate(1 day)",
      command: ["node", "report.js"],
      uses: { documents: true },
    },
  },
};

function shop(changes: Partial<Service>): System {
  const { notification, ...others } = ecommerce.services;
  return { ...ecommerce, services: { ...others, notification: { ...notification, ...changes } } };
}

async function built(stack: EnvironmentName = "local", changes = owner) {
  const plan = planOf(runOf(stack), { systems: { ecommerce: shop(changes) }, environments });
  return { plan, ...(await deploy(() => buildOnEcs(plan), { region: plan.region })) };
}
const named = (resources: readonly Registered[], name: string): Registered | undefined =>
  resources.find((resource) => resource.name === name);
const rightsFor = async (resources: readonly Registered[], role: string): Promise<string[]> =>
  ((await rightsOf(resources))[role] ?? []).filter((line) => line.includes("notification-"));

/** Findings of a search domain in a stack for development, which policy-exceptions.yaml accepts. */
const ACCEPTED = [
  "require-search-domain-nodes: notification-search-domain: clusterConfig.instanceCount is 1",
  "require-search-domain-zones: notification-search-domain: clusterConfig.zoneAwarenessEnabled is false",
  "require-search-domain-masters: notification-search-domain: clusterConfig.dedicatedMasterEnabled is false",
];

describe("stores beside the database", function () {
  this.timeout(120_000);
  let local: Awaited<ReturnType<typeof built>>;
  before(async () => {
    local = await built();
  });

  it("are accepted, with all that uses them", () => {
    expect(validateSystem(shop(owner))).to.deep.equal([]);
  });

  it("can be used by functions and jobs of their own service only", () => {
    const { functions, jobs } = owner;
    expect(
      validateSystem(shop({ ...(functions && { functions }), ...(jobs && { jobs }) })).map(({ path }) => path),
    ).to.deep.equal([
      "services.notification.functions.index.uses.search",
      "services.notification.functions.index.uses.documents",
      "services.notification.functions.index.uses.analytics",
      "services.notification.jobs.report.uses.documents",
    ]);
  });

  it("give each workload the right to assume the store's role, and the secret to the function that makes the user", async () => {
    const { resources } = local;
    const documents = "sts:AssumeRole role notification-documents-access";
    const search = "sts:AssumeRole role notification-search-access";
    expect((await rightsFor(resources, "notification-task")).filter((line) => line.startsWith("sts:"))).to.have.members(
      [documents, search],
    );
    const functions = await rightsOf(resources, { functions: true });
    expect(functions["notification-index-role"] ?? functions["notification-index"]).to.include.members([
      documents,
      search,
    ]);
    const secret = "secretsmanager:GetSecretValue master-secret notification-documents-cluster";
    const readers = Object.entries({ ...(await rightsOf(resources)), ...functions }).flatMap(([role, lines]) =>
      lines.includes(secret) ? [role] : [],
    );
    expect(readers).to.deep.equal(["notification-documents-users"]);
  });

  it("let their owner and its function query the tables, and nobody else", async () => {
    const { resources } = local;
    const all = { ...(await rightsOf(resources)), ...(await rightsOf(resources, { functions: true })) };
    const rights = (role: string) =>
      (all[role] ?? [])
        .filter((line) => /^(?:athena|glue):/.test(line))
        .map((line) => line.replace("notification-analytics-", ""));
    const expected = [
      "athena:GetQueryExecution workgroup workgroup",
      "athena:GetQueryResults workgroup workgroup",
      "athena:GetWorkGroup workgroup workgroup",
      "athena:StartQueryExecution workgroup workgroup",
      "athena:StopQueryExecution workgroup workgroup",
      ...["CreateTable", "DeleteTable", "GetDatabase", "GetTable", "GetTables", "UpdateTable"].map(
        (action) => `glue:${action} catalog database`,
      ),
    ];
    const holders = Object.keys(all).filter((role) => rights(role).length > 0);
    expect(holders).to.have.members(["notification-task", "notification-index"]);
    for (const role of holders) expect(rights(role), role).to.include.members(expected);
  });

  it("put functions that use them into the VPC, with a way to them and to the service that hands out sessions", () => {
    const { resources, plan } = local;
    expect(named(resources, "notification-index")?.type).to.match(/LambdaFunction/);
    const vpc = resources.find(
      ({ type, name }) => type === "aws:lambda/function:Function" && name === "notification-index",
    );
    expect(vpc?.inputs.vpcConfig).to.not.equal(undefined);
    expect(plan.endpoints).to.include.members(["sts", "secretsmanager"]);
    for (const workload of ["notification", "notification-index", "notification-report"])
      expect(named(resources, `${workload}-to-notification-documents-27017`), workload).to.not.equal(undefined);
  });

  it("let the service start after its user is made", () => {
    const { resources } = local;
    const service = resources.find(
      ({ type, name }) => type === "aws:ecs/service:Service" && name.startsWith("notification"),
    );
    const call = named(resources, "notification-documents-users");
    expect(call).to.not.equal(undefined);
    const calls = resources.filter(
      ({ type, name }) => type.endsWith(":Invocation") && name === "notification-documents-users",
    );
    expect(service?.dependencies).to.include(calls[0]?.urn);
  });

  it("are protected, and stand in several zones, where the environment's databases are", async () => {
    const { resources } = await built("prod");
    const instances = (all: readonly Registered[]) =>
      all.filter(({ type }) => type === "aws:docdb/clusterInstance:ClusterInstance");
    expect(instances(resources)).to.have.length(2);
    expect(named(resources, "notification-documents-cluster")?.options.protect).to.equal(true);
    expect(instances(local.resources)).to.have.length(1);
    expect(named(local.resources, "notification-documents-cluster")?.options.protect).to.equal(undefined);
  });

  it("are counted as they are built", async () => {
    const { resources, plan } = await built("prod");
    const count = (type: string) => resources.filter((one) => one.type === type).length;
    const needed = new Map(needsOf(plan).map(({ quota, count: needs, what }) => [`${quota} ${what}`, needs]));
    const own = resources.find(
      ({ type, name }) => type === "aws:ec2/securityGroup:SecurityGroup" && name === "notification-tasks",
    );
    const out = resources.filter(
      ({ type, inputs }) => type.endsWith("SecurityGroupEgressRule") && inputs.securityGroupId === own?.outputs.id,
    ).length;
    expect(needed.get("rulesPerSecurityGroup outbound rules of the security group of notification")).to.equal(out);
    for (const [quota, type] of [
      ["securityGroups", "aws:ec2/securityGroup:SecurityGroup"],
      ["roles", "aws:iam/role:Role"],
    ] as const) {
      const [, counted = 0] = [...needed].find(([key]) => key.startsWith(quota)) ?? [];
      expect(counted, quota).to.be.within(count(type), count(type) + 8);
    }
  });

  for (const [stack, accepted] of [
    ["local", ACCEPTED],
    ["dev", ACCEPTED],
    ["prod", []],
  ] as const)
    it(`break no rule in ${stack} without an exception in policy-exceptions.yaml`, async () => {
      const resources = stack === "local" ? local.resources : (await built(stack)).resources;
      const ours = resources.filter(({ name }) => name.startsWith("notification-"));
      const found = await violations(ours);
      expect(found).to.deep.equal(accepted);
      // The last day of each exception is for the packs to judge.
      const exceptions = new Exceptions(
        readExceptions(join(__dirname, "../../../..", "policy-exceptions.yaml")),
        "2026-11-29",
      );
      const refused = found.filter((line) => {
        const [rule = "", name = "", finding = ""] = line.split(": ");
        const type = "aws:opensearch/domain:Domain";
        const resource = { name, type, urn: `urn:pulumi:${stack}::archipelago::${type}::${name}` };
        const [path = ""] = finding.split(" ");
        return !exceptions.accepts(rule, resource as Resource, { path } as Finding);
      });
      expect(refused).to.deep.equal([]);
      expect(exceptions.faults).to.deep.equal([]);
    });
});
