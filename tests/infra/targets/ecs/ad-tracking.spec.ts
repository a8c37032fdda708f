// Streams, functions, jobs and workers from their description to what is built: the ad-tracking system, and what is refused.
import { expect } from "chai";
import { planOf } from "../../../../infra/config";
import { environments } from "../../../../infra/environments";
import type { Service, System } from "../../../../infra/model/system";
import { validateSystem } from "../../../../infra/model/validate";
import { adTracking } from "../../../../infra/systems/ad-tracking";
import { ecommerce } from "../../../../infra/systems/ecommerce";
import { buildOnEcs } from "../../../../infra/targets/ecs/ecs";
import type { AwsPlan } from "../../../../infra/targets/aws/plan";
import { deploy, type Registered } from "../../../../offline/providers/mocks";
import { type Rights, rightsOf } from "../../../support/least-privilege";
import { runOf } from "../../support/run";

async function built(stack: string, systems: Readonly<Record<string, System>>): Promise<readonly Registered[]> {
  const plan = planOf(runOf(stack), { systems, environments }) as AwsPlan;
  return (await deploy(() => buildOnEcs(plan), { region: plan.region })).resources;
}

describe("the ad-tracking system", function () {
  this.timeout(120_000);
  let resources: readonly Registered[] = [];
  let rights: Rights = {};
  before(async () => {
    resources = await built("ad-tracking-local", { "ad-tracking": adTracking });
    rights = await rightsOf(resources);
  });
  const inputsOf = (type: string, name: string) =>
    resources.find((one) => one.type.endsWith(`:${type}`) && one.name === name)?.inputs;

  it("gives each workload its own data rights and no others", () => {
    const writes = (stream: string) =>
      ["PutRecord", "PutRecords"].map((action) => `kinesis:${action} stream ${stream}-stream`);
    const tasksOf = (role: string) => (rights[role] ?? []).filter((line) => /^(?:dynamodb|kinesis):/.test(line)).sort();
    expect(tasksOf("tracking-fill-cache-task")).to.deep.equal(writes("program-changes"));
    expect(tasksOf("tracking-task")).to.deep.equal([...writes("program-changes"), ...writes("tracking-events")].sort());
    const arnOf = (name: string) => String(resources.find((one) => one.name === name)?.outputs.arn);
    const granted = (name: string) => {
      const { Statement } = JSON.parse(String(inputsOf("RolePolicy", name)?.policy)) as {
        Statement: { Action: string | string[]; Resource: unknown }[];
      };
      return Statement.filter(({ Action }) => /^(?:dynamodb|kinesis|elasticache):/.test([Action].flat()[0] ?? "")).map(
        ({ Action, Resource }) => ({ Action, Resource }),
      );
    };
    const read = ["DescribeStream", "DescribeStreamSummary", "GetRecords", "GetShardIterator", "ListShards"];
    const reads = (stream: string) => ({
      Action: read.map((action) => `kinesis:${action}`),
      Resource: arnOf(`${stream}-stream`),
    });
    const append = ["dynamodb:DescribeTable", "dynamodb:ConditionCheckItem", "dynamodb:PutItem"];
    expect(granted("tracking-store-events")).to.deep.equal([
      { Action: append, Resource: arnOf("tracking-events-table") },
      reads("tracking-events"),
    ]);
    expect(granted("tracking-update-programs")).to.deep.equal([
      {
        Action: "elasticache:Connect",
        Resource: [arnOf("cache-group"), arnOf("cache-tracking-update-programs-user")],
      },
      reads("program-changes"),
    ]);
  });

  it("puts into the VPC the function that uses the cache, and not the other", () => {
    expect(inputsOf("Function", "tracking-update-programs")).to.have.property("vpcConfig");
    expect(inputsOf("Function", "tracking-store-events")).to.not.have.property("vpcConfig");
    expect(inputsOf("SecurityGroupEgressRule", "tracking-update-programs-to-cache-6379")).to.include({
      fromPort: 6379,
    });
  });

  it("lets the function that keeps the cache up to date use its service's keys", () => {
    expect(inputsOf("User", "cache-tracking-update-programs-user")?.accessString).to.match(/^on ~tracking:\* /);
  });

  it("has a replication group of Redis 7 with failover over two zones, in every environment", () => {
    expect(inputsOf("ReplicationGroup", "cache-group")).to.deep.include({
      ...{ engineVersion: "7.0", numCacheClusters: 2, automaticFailoverEnabled: true, multiAzEnabled: true },
    });
  });

  it("reaches its streams without leaving the VPC", () => {
    const names = resources.flatMap(({ inputs }) =>
      inputs.vpcEndpointType === "Interface" ? [inputs.serviceName] : [],
    );
    expect(names).to.include("com.amazonaws.eu-central-1.kinesis-streams");
  });
});

describe("a worker without a port", function () {
  this.timeout(120_000);

  it("is not in the mesh as a server, lets nobody in, and scales on its backlog", async () => {
    const { notification, ...others } = ecommerce.services;
    const scaling = { min: 1, max: 5, backlogPerTask: { queue: "notification-queue", target: 100 } };
    const worker = { ...notification, port: "none", scaling } as Service;
    const resources = await built("local", {
      ecommerce: { ...ecommerce, services: { ...others, notification: worker } },
    });
    const service = resources.find(({ type, name }) => type.endsWith(":Service") && name === "notification");
    expect(service?.inputs.serviceConnectConfiguration).to.not.have.property("services");
    const inward = resources.filter(
      ({ type, inputs, name }) =>
        type.endsWith("SecurityGroupIngressRule") &&
        name.startsWith("notification-") &&
        inputs.securityGroupId === resources.find((one) => one.name === "notification-tasks")?.outputs.id,
    );
    expect(inward).to.deep.equal([]);
    expect(resources.some(({ name }) => name === "notification-backlog")).to.equal(true);
  });
});

describe("descriptions of streams, functions and jobs that can't be built", () => {
  const [[, tracking] = []] = Object.entries<Service>(adTracking.services);
  const problemsOf = (changes: Partial<Service>, system: Partial<System> = {}) =>
    validateSystem({ ...adTracking, ...system, services: { tracking: { ...tracking, ...changes } } }).map(
      ({ path }) => path,
    );
  const functionWith = (changes: object) => ({
    functions: { ...tracking?.functions, extra: { description: "X", code: { entry: "a.ts" }, ...changes } },
  });
  const at = "services.tracking.functions.extra";

  it("are none as it ships", () => {
    expect(problemsOf({})).to.deep.equal([]);
  });

  it("name what does not exist", () => {
    const on = { streams: { "tracking-event": {} }, queues: { work: {} }, tables: { events: {} } };
    const uses = {
      tables: { event: "reads" },
      buckets: ["b"],
      publishes: ["t"],
      sendsTo: ["q"],
      writesTo: ["s"],
      database: true,
    };
    expect(problemsOf(functionWith({ on, uses }))).to.have.members([
      `${at}.on.streams.tracking-event`,
      `${at}.on.queues.work`,
      `${at}.on.tables.events`,
      ...["tables.event", "buckets[0]", "publishes[0]", "sendsTo[0]", "writesTo[0]", "database"].map(
        (key) => `${at}.uses.${key}`,
      ),
    ]);
  });

  it("have functions that nothing calls, streams that nobody writes or reads, and queues that hide messages too briefly", () => {
    expect(problemsOf(functionWith({}))).to.deep.equal([at]);
    const streams = { ...adTracking.streams, lonely: { description: "Nobody's" } };
    expect(problemsOf({}, { streams })).to.deep.equal(["streams.lonely", "streams.lonely"]);
    const consumes = { work: { handlingTime: "1s" } } as const;
    const on = { queues: { work: { concurrency: 20 } } };
    expect(problemsOf({ consumes, sendsTo: ["work"], ...functionWith({ on }) })).to.have.members([
      `${at}.on.queues.work`,
      `${at}.on.queues.work.concurrency`,
    ]);
  });

  it("have jobs with wrong times, with nothing to run or with two things", () => {
    const job = { description: "X", schedule: "rate(1 day)" };
    const jobs = {
      never: { ...job, schedule: "daily", timezone: "Berlin", command: ["x"] },
      nothing: job,
      both: { ...job, command: ["x"], function: "store-event" },
    };
    expect(problemsOf({ jobs })).to.have.members([
      "services.tracking.jobs.never.schedule",
      "services.tracking.jobs.never.timezone",
      "services.tracking.jobs.nothing",
      "services.tracking.jobs.both",
      "services.tracking.jobs.both.function",
    ]);
  });

  it("are workers with routes, or that others call", () => {
    expect(problemsOf({ port: "none" })).to.deep.equal(["services.tracking.port"]);
  });
});
