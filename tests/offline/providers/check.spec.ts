import { expect } from "chai";
import { secret, UNKNOWN, type Values } from "../../../offline/providers/core/values";
import { provider, shown, subject } from "./support";

const aws = provider();
const failures = (type: string, inputs: Values): string[] =>
  aws.check(subject(type), inputs).failures.map(({ property, reason }) => `${property}: ${reason}`);

const ROLE = "arn:aws:iam::111122223333:role/worker";

describe("offline providers: check", () => {
  it("accepts what fits, with unknown and secret values anywhere", () => {
    expect(
      failures("aws:lb/listener:Listener", {
        loadBalancerArn: UNKNOWN,
        port: UNKNOWN,
        defaultActions: [{ type: "forward", targetGroupArn: secret(UNKNOWN) }, UNKNOWN],
        tags: UNKNOWN,
      }),
    ).to.deep.equal([]);
  });

  it("refuses unknown properties and names the nearest", () => {
    expect(failures("aws:sqs/queue:Queue", { visibilityTimeoutSecond: 3, zebra: true })).to.deep.equal([
      'visibilityTimeoutSecond: unknown property "visibilityTimeoutSecond"; did you mean "visibilityTimeoutSeconds"?',
      'zebra: unknown property "zebra"',
    ]);
  });

  it("refuses missing required properties, nested ones too", () => {
    expect(
      failures("aws:lb/listener:Listener", { loadBalancerArn: "arn", defaultActions: [{ order: 1 }] }),
    ).to.deep.equal(['defaultActions[0].type: missing required property "type"']);
    expect(failures("aws:lb/listener:Listener", {})).to.deep.equal([
      'defaultActions: missing required property "defaultActions"',
      'loadBalancerArn: missing required property "loadBalancerArn"',
    ]);
  });

  it("refuses wrong types with the path of the property", () => {
    expect(
      failures("aws:sqs/queue:Queue", {
        delaySeconds: "soon",
        fifoQueue: "maybe",
        tags: { a: ["b"] },
        name: { x: "y" },
      }),
    ).to.deep.equal([
      'delaySeconds: expected a number, got a string ("soon")',
      'fifoQueue: expected a boolean, got a string ("maybe")',
      'tags["a"]: expected a string, got a list',
      "name: expected a string, got an object",
    ]);
    expect(
      failures("aws:ecs/service:Service", { networkConfiguration: { subnets: "subnet-1", assignPublicIP: true } }),
    ).to.deep.equal([
      'networkConfiguration.subnets: expected a list of a string, got a string ("subnet-1")',
      'networkConfiguration.assignPublicIP: unknown property "assignPublicIP"; did you mean "assignPublicIp"?',
    ]);
  });

  it("takes what Terraform's types convert: numbers and booleans as text, and text as numbers and booleans", () => {
    expect(failures("aws:sqs/queue:Queue", { delaySeconds: "30", fifoQueue: "true", name: 5 })).to.deep.equal([]);
  });

  it("takes an archive only where one is wanted", () => {
    const archive = { "4dabf18193072939515e22adb298388d": "0def7320c3a5731c473e5ecbe6d01bc7", path: "x.zip" };
    const [worker, handler] = [{ role: ROLE, runtime: "nodejs20.x" }, "index.handler"];
    expect(failures("aws:lambda/function:Function", { ...worker, code: archive, handler })).to.deep.equal([]);
    expect(failures("aws:lambda/function:Function", { ...worker, code: "x.zip", handler: archive })).to.deep.equal([
      'code: expected an archive, got a string ("x.zip")',
      "handler: expected a string, got an archive",
    ]);
  });

  it("turns documents that are given as objects into text, and knows none of it while a part is unknown", () => {
    const policy = (Resource: string): Values => ({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "sqs:*", Resource }],
    });
    const checked = (assumeRolePolicy: Values) =>
      aws.check(subject("aws:iam/role:Role"), { assumeRolePolicy }).inputs.assumeRolePolicy;
    expect(checked(policy("*"))).to.equal(JSON.stringify(policy("*")));
    expect(checked(policy(UNKNOWN))).to.equal(UNKNOWN);
  });

  it("accepts Kubernetes kinds that the SDK does not declare", () => {
    const kubernetes = provider("kubernetes");
    const checked = kubernetes.check(subject("kubernetes:rabbitmq.com/v1beta1:RabbitmqCluster"), {
      spec: { replicas: 3 },
    });
    expect(checked.failures).to.deep.equal([]);
  });
});

describe("offline providers: generated names", () => {
  const named = (type: string, property: string, inputs: Values = {}, name = "order"): string =>
    shown(aws.check(subject(type, name), inputs).inputs[property]);

  it("appends seven hexadecimal digits to the logical name, in the property that each service has for it", () => {
    expect(named("aws:sqs/queue:Queue", "name")).to.match(/^order-[0-9a-f]{7}$/);
    expect(named("aws:s3/bucket:Bucket", "bucket", {}, "Images")).to.match(/^images-[0-9a-f]{7}$/);
    expect(named("aws:rds/instance:Instance", "identifier", {}, "orderDb")).to.match(/^orderdb-[0-9a-f]{7}$/);
    expect(named("aws:rds/cluster:Cluster", "clusterIdentifier")).to.match(/^order-[0-9a-f]{7}$/);
    expect(named("aws:elasticache/replicationGroup:ReplicationGroup", "replicationGroupId")).to.match(
      /^order-[0-9a-f]{7}$/,
    );
    expect(named("aws:kms/alias:Alias", "name")).to.match(/^alias\/order-[0-9a-f]{7}$/);
  });

  it("keeps the limits and the suffix of FIFO queues and topics", () => {
    expect(named("aws:sqs/queue:Queue", "name", { fifoQueue: true }, "q".repeat(90))).to.match(
      /^q{67}-[0-9a-f]{7}\.fifo$/,
    );
    expect(named("aws:sns/topic:Topic", "name", { fifoTopic: true })).to.match(/^order-[0-9a-f]{7}\.fifo$/);
    expect(named("aws:lb/targetGroup:TargetGroup", "name", {}, "t".repeat(40))).to.match(/^t{24}-[0-9a-f]{7}$/);
  });

  it("leaves names alone that are given, prefixed, or none of the resource's", () => {
    expect(named("aws:sqs/queue:Queue", "name", { name: "mine" })).to.equal("mine");
    expect(named("aws:sqs/queue:Queue", "name", { namePrefix: "mine-" })).to.equal("undefined");
    expect(named("aws:ec2/vpc:Vpc", "name")).to.equal("undefined");
  });

  it("keeps a generated name over updates and makes another for a replacement", () => {
    const queue = subject("aws:sqs/queue:Queue");
    const first = aws.check(queue, {}, {}, "seed 1").inputs;
    expect(first.__defaults).to.deep.equal(["name"]);
    expect(aws.check(queue, { delaySeconds: 1 }, first, "seed 2").inputs.name).to.equal(first.name);
    expect(aws.check(queue, {}, {}, "seed 2").inputs.name).not.to.equal(first.name);
  });
});
