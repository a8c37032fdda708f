// Every argument of a component is reached from a description, an environment or settings, or stands here with the reason.
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect } from "chai";
import ts from "typescript";
import type * as v from "valibot";
import { Bucket } from "../../../../infra/model/kinds/bucket/description";
import { Table } from "../../../../infra/model/kinds/table/description";
import { Scaling, Schedule } from "../../../../infra/model/kinds/service/description";
import { Cors } from "../../../../infra/model/kinds/entrance/description";
import { HealthCheck, TokenCheck } from "../../../../infra/model/kinds/service/exposure";
import { shapeOf } from "../../../../infra/model/schema/values";
import { deployOne } from "../../support/one-service";

const root = resolve(__dirname, "../../../..");

/** Arguments that the target passes on as a whole, with the keys that a team writes. */
const passedOn: Readonly<Record<string, readonly string[]>> = {
  // Analytics set `expiresAfter`; a bucket of a service keeps its objects.
  ObjectStoreArgs: [...keysOf(Bucket), "placement", "protectData", "tags", "expiresAfter"],
  TableArgs: [...keysOf(Table), "placement", "protectData", "tags", "alarmTopicArn"],
  BuildSettings: [],
  ScalingSettings: keysOf(Scaling),
  ScheduleSettings: keysOf(Schedule),
  HealthCheckSettings: keysOf(HealthCheck),
  CorsSettings: keysOf(Cors),
  CapacitySettings: ["base", "onDemandWeight", "spotWeight"],
  JwtSettings: [...keysOf(TokenCheck), "issuer", "jwksEndpoint"],
  ClaimSettings: ["format", "values"],
  SubscriptionSettings: ["topic", "queue", "eventTypes"],
};

const SIZED = "the component's default; the program has no key for another value yet";
const FIFO = "the component's default: senders give a deduplication id";
const BUILD = "a pipeline builds images, so that every environment runs the same digest";

/** Why an argument is not reached. */
const unreached: Readonly<Record<string, string>> = {
  "CacheArgs.automaticFailover": "follows from the number of nodes",
  "CacheArgs.snapshotRetention": SIZED,
  "CacheArgs.snapshotWindow": SIZED,
  "CacheArgs.maintenanceWindow": SIZED,
  "ClusterArgs.containerInsights": SIZED,
  "ClusterArgs.internetFacing": "the load balancer of a system is internal",
  "ClusterArgs.accessLogRetentionInDays": SIZED,
  "DatabaseArgs.masterUsername": SIZED,
  "ServerlessDatabaseArgs.autoPauseAfter": SIZED,
  "LambdaFunctionArgs.maxEventAge": SIZED,
  "FirewallArgs.rateLimit": SIZED,
  "FirewallArgs.stageName": "ApiGateway sets it",
  "FifoQueueSettings.contentBasedDeduplication": FIFO,
  "FifoQueueSettings.highThroughput": FIFO,
  "SubscriptionSettings.raw": "consumers read the envelope, which carries the event's type and version",
  "WorkflowArgs.logExecutionData": "the execution history has it, encrypted and for 90 days",
  "MicroserviceArgs.build": BUILD,
  "MicroserviceArgs.allowPlainVariables": "the model has checked the variables by the same patterns",
  "MicroserviceArgs.egressManagedElsewhere": "the network's grant is always given",
  "BuildSettings.context": BUILD,
  "BuildSettings.dockerfile": BUILD,
  "BuildSettings.args": BUILD,
  "BuildSettings.target": BUILD,
  "BuildSettings.repositoryUrl": BUILD,
  "BuildSettings.protectImages": BUILD,
  "RoutingSettings.listener": "a stack has one listener",
  "RoutingSettings.host": "a stack has one domain",
  "JwtSettings.audienceClaim": "of the stack's identity, where it is set",
  "JwtSettings.audienceFormat": "of the stack's identity, where it is set",
  "ObjectStoreArgs.accessLogs": SIZED,
};

function keysOf(schema: v.GenericSchema): string[] {
  const shape = shapeOf(schema);
  return shape.kind === "object" ? Object.keys(shape.entries) : [];
}

/** Names of properties that the target writes anywhere: an argument of another name is not set. */
function written(): ReadonlySet<string> {
  const folders = ["aws", "ecs", "eks"].map((name) => join(root, "infra/targets", name));
  const files = folders.flatMap((folder) =>
    readdirSync(folder).flatMap((file) => (file === "index.ts" ? [] : [join(folder, file)])),
  );
  return new Set(files.flatMap((file) => propertiesOf(parsed(file))));
}

function propertiesOf(node: ts.Node): string[] {
  const own = ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node) ? [node.name.getText()] : [];
  const below: string[] = [];
  node.forEachChild((child) => void below.push(...propertiesOf(child)));
  return [...own, ...below];
}

function parsed(path: string): ts.SourceFile {
  return ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.ES2022, true);
}

/** `<interface>.<argument>` of every component, without transforms. */
function argumentsOf(): { readonly owner: string; readonly name: string }[] {
  const components = join(root, "components/aws");
  const files = readdirSync(components).flatMap((folder) =>
    readdirSync(join(components, folder))
      .filter((file) => /^args.*\.ts$/.test(file))
      .map((file) => join(components, folder, file)),
  );
  return files.flatMap((file) =>
    parsed(file)
      .statements.filter(ts.isInterfaceDeclaration)
      .filter(({ name }) => /(Args|Settings)$/.test(name.text))
      .flatMap(({ name: owner, members }) =>
        members.flatMap(({ name }) => (name ? [{ owner: owner.text, name: name.getText() }] : [])),
      )
      .filter(({ name }) => name !== "transform"),
  );
}

describe("arguments of components", () => {
  it("are reached from what a team writes, or stand in the table with a reason", () => {
    const target = written();
    const left = argumentsOf().filter(({ owner, name }) => !(passedOn[owner] ?? [...target]).includes(name));
    expect(left.map(({ owner, name }) => `${owner}.${name}`).sort()).to.deep.equal(Object.keys(unreached).sort());
  });
});

describe("what a description says beyond the usual", function () {
  this.timeout(30_000);

  it("reaches the scaling of a service", async () => {
    const { ofType, one } = await deployOne({
      exposes: { paths: ["/orders"], authentication: "by-service", slowStart: "1m", healthCheck: { matcher: "204" } },
      consumes: { work: { delay: "10s", retention: "7d" } },
      sendsTo: ["work"],
      scaling: {
        min: 1,
        max: 2,
        requestsPerTarget: 500,
        backlogPerTask: { queue: "work", target: 20 },
        schedules: { night: { schedule: "cron(0 22 * * ? *)", timezone: "Europe/Berlin", min: 1, max: 1 } },
      },
    });
    const policies = ofType("aws:appautoscaling/policy:Policy").map(({ name }) => name);
    expect(policies).to.have.members(["order-requests", "order-backlog"]);
    expect(one("aws:appautoscaling/scheduledAction:ScheduledAction").inputs).to.deep.include({
      schedule: "cron(0 22 * * ? *)",
      timezone: "Europe/Berlin",
      scalableTargetAction: { minCapacity: 1, maxCapacity: 1 },
    });
    const targetGroup = one("aws:lb/targetGroup:TargetGroup").inputs;
    expect(targetGroup.slowStart).to.equal(60);
    expect(targetGroup.healthCheck).to.include({ matcher: "204", healthyThreshold: 2 });
    const queue = one("aws:sqs/queue:Queue", "messaging-work").inputs;
    expect([queue.delaySeconds, queue.messageRetentionSeconds]).to.deep.equal([10, 604_800]);
  });

  it("is refused where it can't work", async () => {
    const found = await deployOne({
      exposes: { paths: ["/orders"], slowStart: "1m", balancing: "least_outstanding_requests" },
      scaling: { min: 1, max: 2, schedules: { night: { schedule: "at night", min: 2, max: 1 } } },
    }).then(
      () => "nothing",
      (error: unknown) => String(error),
    );
    expect(found).to.contain("services.order.scaling.schedules.night.schedule");
    const later = await deployOne({
      exposes: { paths: ["/orders"], slowStart: "1m", balancing: "least_outstanding_requests" },
      scaling: {
        min: 1,
        max: 2,
        backlogPerTask: { queue: "work", target: 1 },
        schedules: { night: { schedule: "rate(1 day)", min: 2, max: 1 } },
      },
    }).then(
      () => "nothing",
      (error: unknown) => String(error),
    );
    for (const path of ["exposes.slowStart", "scaling.backlogPerTask.queue", "scaling.schedules.night.max"]) {
      expect(later).to.contain(`services.order.${path}`);
    }
    const unrouted = await deployOne({ scaling: { min: 1, max: 2, requestsPerTarget: 10 } }).catch(String);
    expect(unrouted).to.contain("services.order.scaling.requestsPerTarget");
  });
});
