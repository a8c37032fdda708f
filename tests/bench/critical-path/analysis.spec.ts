import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { criticalPath, type CriticalPath } from "./analysis";
import { orderings } from "./orderings";
import { pathLines } from "./report";
import { simulate } from "./simulate";
import { type Declared, nameOf, stepsOf } from "./steps";
import { deploy } from "../../../offline/providers/mocks";

/** Seconds that a queue and a key take (offline/aws/services/sqs.ts, kms.ts). */
const QUEUE = 26;
const KEY = 22;

async function pathOf(program: () => unknown): Promise<CriticalPath> {
  return criticalPath((await deploy(program)).resources);
}

/** Why one resource is needed before another, by their names. */
function whyOf({ steps, why }: CriticalPath, name: string, before: string): string | undefined {
  const [step, on] = [name, before].map((wanted) => steps.find((each) => nameOf(each) === wanted));
  if (!step || !on) throw new Error(`${name} or ${before} was not registered`);
  return why(step, on);
}

const trust = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "ecs-tasks.amazonaws.com" } }],
});

describe("critical path: what the cloud needs", () => {
  it("is a value that only a creation gives, also in the midst of a text", async () => {
    const path = await pathOf(() => {
      const topic = new aws.sns.Topic("events");
      const queue = new aws.sqs.Queue("orders", {});
      new aws.sns.TopicSubscription("to-orders", { protocol: "sqs", topic: topic.arn, endpoint: queue.arn });
      new aws.ssm.Parameter("hint", { type: "String", value: pulumi.interpolate`send to ${queue.url} please` });
    });
    expect(whyOf(path, "to-orders", "events")).to.equal("value");
    expect(whyOf(path, "hint", "orders")).to.equal("value");
    expect(whyOf(path, "hint", "events")).to.equal(undefined);
  });

  it("is no value that was known before, by whichever way it came", async () => {
    const path = await pathOf(() => {
      const queue = new aws.sqs.Queue("orders", { name: "orders-2024a" });
      new aws.ssm.Parameter("hint", { type: "String", value: pulumi.interpolate`send to ${queue.name} please` });
      const zone = new aws.ssm.Parameter("zone", { type: "String", value: "eu-central-1a" });
      new aws.ssm.Parameter("copy", { type: "String", value: pulumi.interpolate`in ${zone.value}` });
    });
    expect(whyOf(path, "hint", "orders")).to.equal(undefined);
    expect(whyOf(path, "copy", "zone")).to.equal(undefined);
  });

  it("is a value's giver, not who hands it on", async () => {
    const path = await pathOf(() => {
      const queue = new aws.sqs.Queue("orders", {});
      const first = new aws.ssm.Parameter("first", { type: "String", value: queue.arn });
      new aws.ssm.Parameter("second", { type: "String", value: pulumi.interpolate`copied: ${first.value}` });
    });
    expect(whyOf(path, "second", "orders")).to.equal("value");
    expect(whyOf(path, "second", "first")).to.equal(undefined);
    expect(path.needless.map(({ step, on, by }) => [nameOf(step), nameOf(on), by])).to.deep.equal([
      ["second", "first", ["value"]],
    ]);
    expect([path.declared.seconds, path.needed.seconds]).to.deep.equal([QUEUE + 2, QUEUE + 1]);
  });

  it("is told apart where it is a generated name only, a reference, or a piece of an identifier", async () => {
    const path = await pathOf(() => {
      const role = new aws.iam.Role("task", { assumeRolePolicy: trust });
      new aws.ssm.Parameter("hint", { type: "String", value: pulumi.interpolate`as ${role.name}` });
      const key = new aws.kms.Key("key", {});
      new aws.ssm.Parameter("short", {
        type: "String",
        value: key.keyId.apply((id) => `orders-${id.replaceAll("-", "").slice(-9)}`),
      });
      const user = new aws.elasticache.User("user", {
        userId: "orders",
        userName: "orders",
        engine: "redis",
        accessString: "on ~* +@all",
        authenticationMode: { type: "iam" },
      });
      new aws.elasticache.UserGroup("users", { engine: "redis", userGroupId: "all", userIds: [user.userId] });
    });
    expect(whyOf(path, "hint", "task")).to.equal("generated name");
    expect(whyOf(path, "short", "key")).to.equal("piece of an identifier");
    expect(whyOf(path, "users", "user")).to.equal("reference");
  });

  it("is a documented order, where the program declares it", async () => {
    const statement = { Effect: "Allow", Action: "s3:ListAllMyBuckets", Resource: "*" };
    const policy = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
    const containers = JSON.stringify([{ name: "web", image: "nginx:1.27", memory: 128, essential: true }]);
    const path = await pathOf(() => {
      const role = new aws.iam.Role("task", { assumeRolePolicy: trust });
      const rights = new aws.iam.RolePolicy("rights", { role: role.name, policy });
      const other = new aws.iam.RolePolicy("other", { role: role.name, policy });
      const task = new aws.ecs.TaskDefinition("web", { family: "web", containerDefinitions: containers });
      const declared = { desiredCount: 0, taskDefinition: task.arn };
      new aws.ecs.Service("site", declared, { dependsOn: [rights] });
      new aws.ssm.Parameter("hint", { type: "String", value: "x" }, { dependsOn: [other] });
    });
    expect(whyOf(path, "site", "rights")).to.equal(
      orderings.find(({ before }) => before.includes("rolePolicy:"))?.reason,
    );
    expect(whyOf(path, "site", "other")).to.equal(undefined);
    expect(whyOf(path, "hint", "other")).to.equal(undefined);
  });

  it("is read from an exported deployment as well: made-up names, providers and what exists elsewhere", () => {
    const urn = (name: string): string => `urn:pulumi:s::p::aws:sqs/queue:Queue::${name}`;
    const provider = "urn:pulumi:s::p::pulumi:providers:aws::aws";
    const queue = (name: string, more: Partial<Declared>): Declared => ({
      ...{ urn: urn(name), type: "aws:sqs/queue:Queue", custom: true, id: `https://sqs/1a/${name}` },
      ...{ provider: `${provider}::0b1c`, inputs: {}, outputs: {}, ...more },
    });
    const stack: readonly Declared[] = [
      { urn: provider, type: "pulumi:providers:aws", custom: true, id: "0b1c" },
      queue("one", { inputs: { name: "one-0a1b2c3", __defaults: ["name"] }, outputs: { name: "one-0a1b2c3" } }),
      queue("two", {
        inputs: { tags: { after: "one-0a1b2c3" } },
        dependencies: [urn("one"), urn("elsewhere")],
        propertyDependencies: { tags: [urn("one")] },
      }),
    ];
    const steps = stepsOf(stack);
    expect(steps.map(({ seconds }) => seconds)).to.deep.equal([0, QUEUE, QUEUE]);
    expect(steps[2]?.waits.map(({ on, by }) => [nameOf(on), by])).to.deep.equal([
      ["one", "tags"],
      ["aws", "provider"],
    ]);
    expect(whyOf(criticalPath(stack), "two", "one")).to.equal("generated name");
  });

  it("has its orders once each, every one with a page of AWS's documentation", () => {
    const pairs = orderings.map(({ before, after }) => `${before} ${after}`);
    expect(new Set(pairs).size).to.equal(pairs.length);
    for (const { reason, documentation } of orderings) {
      expect(reason).to.match(/^[a-z].{20,}[^.]$/);
      expect(documentation).to.match(/^https:\/\/docs\.aws\.amazon\.com\/\S+\.html$/);
    }
  });

  it("is shown with times, reasons and what is needless", async () => {
    const path = await pathOf(() => {
      const address = new aws.ec2.Eip("address", {});
      const queue = new aws.sqs.Queue("orders", {}, { dependsOn: [address] });
      new aws.sqs.Queue("others", { tags: { after: queue.arn } });
    });
    expect(pathLines(path).map((line) => line.replace(/ {2,}/g, "  "))).to.deep.equal([
      "declared  type  waits for the one above because of a  takes  done at",
      "--------  -------------------  ------------------------------------  -----  -------",
      "address  aws:ec2/eip:Eip  0:01  0:01",
      "orders  aws:sqs/queue:Queue  needless  0:26  0:27",
      "others  aws:sqs/queue:Queue  value  0:26  0:53",
      "",
      "needed  type  waits for the one above because of a  takes  done at",
      "------  -------------------  ------------------------------------  -----  -------",
      "orders  aws:sqs/queue:Queue  0:26  0:26",
      "others  aws:sqs/queue:Queue  value  0:26  0:52",
      "needless: orders waits for address (dependsOn)",
    ]);
  });
});

describe("critical path: simulated time", () => {
  const queues = (count: number) => () => {
    for (let index = 0; index < count; index++) new aws.sqs.Queue(`queue-${index}`, {});
  };

  it("passes for chains, and not for what happens at once", async () => {
    expect((await simulate(queues(5))).seconds).to.equal(QUEUE);
    const chain = await simulate(() => {
      const key = new aws.kms.Key("key", {});
      const queue = new aws.sqs.Queue("orders", { kmsMasterKeyId: key.arn });
      new aws.sqs.Queue("others", { tags: { after: queue.arn } });
    });
    expect(chain.seconds).to.equal(KEY + 2 * QUEUE);
    expect(chain.resources.map(({ name }) => name)).to.deep.equal(["key", "orders", "others"]);
  });

  it("passes while something waits for room", async () => {
    const times = await Promise.all([1, 2, 4, 5].map((atOnce) => simulate(queues(5), { atOnce })));
    expect(times.map(({ seconds }) => seconds)).to.deep.equal([5, 3, 2, 1].map((rounds) => rounds * QUEUE));
  });

  it("passes while the program holds something back that it declares nowhere", async () => {
    const held = async (): Promise<void> => {
      const key = new aws.kms.Key("key", {});
      await (key.arn as unknown as { promise(): Promise<string> }).promise();
      new aws.sqs.Queue("orders", {});
    };
    const { seconds, resources } = await simulate(held);
    expect([seconds, criticalPath(resources).declared.seconds]).to.deep.equal([KEY + QUEUE, QUEUE]);
  });

  it("stands still for what the cloud refuses", async () => {
    const refused = await simulate(() => new aws.sqs.Queue("orders", { visibilityTimeoutSeconds: 99_999 })).then(
      () => "nothing was refused",
      (error: unknown) => String(error),
    );
    expect(refused).to.contain("visibilityTimeoutSeconds");
  });
});
