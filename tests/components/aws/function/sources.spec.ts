// What calls a function: streams, queues, changes of tables; and a function inside a VPC.
import { join, resolve } from "node:path";
import * as aws from "@pulumi/aws";
import { expect } from "chai";
import { LambdaFunction, type LambdaFunctionArgs, needsVpc } from "../../../../components/aws/function";
import { Stream } from "../../../../components/aws/stream";
import { Table } from "../../../../components/aws/table";
import { deploy, type Deployment } from "../../../../offline/providers/mocks";
import { allows, placement } from "../database/support";

const code = { entry: join(resolve(__dirname, "../../../golden"), "handler.ts") };
const base = { placement, description: "Stores events", code } satisfies LambdaFunctionArgs;
const MAPPING = "aws:lambda/eventSourceMapping:EventSourceMapping";

const streaming = (more: Partial<LambdaFunctionArgs> = {}, source: object = {}) =>
  deploy(() => {
    const stream = new Stream("events", { placement });
    const sources = { events: { streamArn: stream.streamArn, grant: stream.grantConsume(), ...source } };
    return new LambdaFunction("store", { ...base, sources, ...more });
  });

function rightsOf(deployment: Deployment<unknown>): never[] {
  const policy = deployment.resources.find(({ name, type }) => name === "store" && type.endsWith(":RolePolicy"));
  return (JSON.parse(String(policy?.inputs.policy)) as { Statement: never[] }).Statement;
}

describe("sources of a function", () => {
  it("are read so that one bad record is found, kept and passed over", async () => {
    const deployment = await streaming();
    const { functionName, ...inputs } = deployment.one(MAPPING).inputs;
    expect(functionName).to.equal(deployment.one("aws:lambda/function:Function").outputs.arn);
    expect(inputs).to.deep.equal({
      batchSize: 100,
      functionResponseTypes: ["ReportBatchItemFailures"],
      eventSourceArn: deployment.one("aws:kinesis/stream:Stream").outputs.arn,
      startingPosition: "TRIM_HORIZON",
      bisectBatchOnFunctionError: true,
      maximumRetryAttempts: 10,
      maximumRecordAgeInSeconds: 86_400,
      parallelizationFactor: 1,
      destinationConfig: { onFailure: { destinationArn: deployment.one("aws:sqs/queue:Queue").outputs.arn } },
    });
  });

  it("take settings of their own", async () => {
    const filter = [{ data: { valid: [true] } }];
    const source = { batchSize: 10, window: "5s", filter, from: "newest", retries: 2, maxAge: "1h", parallel: 4 };
    const { inputs } = (await streaming({}, source)).one(MAPPING);
    expect(inputs).to.deep.include({
      batchSize: 10,
      maximumBatchingWindowInSeconds: 5,
      filterCriteria: { filters: [{ pattern: '{"data":{"valid":[true]}}' }] },
      startingPosition: "LATEST",
      maximumRetryAttempts: 2,
      maximumRecordAgeInSeconds: 3600,
      parallelizationFactor: 4,
    });
  });

  it("bring the rights to read them, and an alarm when the function is behind", async () => {
    const deployment = await streaming({ maxIteratorAge: "5m" });
    const arn = String(deployment.one("aws:kinesis/stream:Stream").outputs.arn);
    expect(await allows(rightsOf(deployment), "kinesis:GetRecords", arn)).to.equal(true);
    expect(await allows(rightsOf(deployment), "kinesis:PutRecord", arn)).to.equal(false);
    const alarm = deployment.resources.find(({ name }) => name === "store-iterator-age");
    expect(alarm?.inputs).to.deep.include({ metricName: "IteratorAge", threshold: 300_000 });
    const none = await deploy(() => new LambdaFunction("store", base));
    expect(none.resources.some(({ name }) => name === "store-iterator-age")).to.equal(false);
  });

  it("may be the changes of a table", async () => {
    const deployment = await deploy(() => {
      const table = new Table("carts", { placement, partitionKey: "cartId", changes: "new" });
      const sources = { carts: { streamArn: table.streamArn ?? "", grant: table.grantReadChanges() } };
      return new LambdaFunction("store", { ...base, sources });
    });
    const { streamArn } = deployment.one("aws:dynamodb/table:Table").outputs;
    expect(deployment.one(MAPPING).inputs).to.deep.include({ eventSourceArn: streamArn, batchSize: 100 });
    expect(await allows(rightsOf(deployment), "dynamodb:GetRecords", String(streamArn))).to.equal(true);
  });

  it("may be a queue, which has retries and dead letters of its own", async () => {
    const deployment = await deploy(() => {
      const queue = new aws.sqs.Queue("work", { visibilityTimeoutSeconds: 180 });
      const grant = { statements: [{ Action: "sqs:ReceiveMessage", Resource: queue.arn }] };
      const sources = { work: { queueArn: queue.arn, grant, concurrency: 5 } };
      return new LambdaFunction("store", { ...base, sources });
    });
    const { inputs } = deployment.one(MAPPING);
    expect(inputs).to.deep.include({ batchSize: 10, scalingConfig: { maximumConcurrency: 5 } });
    expect(inputs).to.not.have.any.keys("destinationConfig", "maximumRetryAttempts", "startingPosition");
  });
});

describe("a function inside a VPC", () => {
  const cache = { reaches: [{ port: 6379, to: "cache", securityGroupId: "sg-cache" }] };
  const endpoints = { reaches: [{ port: 443, to: "network-s3", prefixListId: "pl-1" }] };
  const inside = () =>
    deploy(() => {
      const vpc = new aws.ec2.Vpc("network", { cidrBlock: "10.0.0.0/16" });
      const subnet = new aws.ec2.Subnet("a", { vpcId: vpc.id, cidrBlock: "10.0.0.0/24" });
      const group = new aws.ec2.SecurityGroup("cache", { vpcId: vpc.id, description: "Cache" });
      const reaches = [{ port: 6379, to: "cache", securityGroupId: group.id }];
      const network = { vpcId: vpc.id, privateSubnetIds: [subnet.id] };
      return new LambdaFunction("store", { ...base, network, grants: { cache: { reaches } } });
    });

  it("is there for what is reachable inside only", () => {
    expect(needsVpc({ cache })).to.equal(true);
    expect(needsVpc({ endpoints })).to.equal(false);
    const open = { reaches: [{ port: 443, to: "endpoints", securityGroupId: "sg-1", isOpen: true }] };
    expect(needsVpc({ open, internet: { reaches: [{ port: 443, cidr: "0.0.0.0/0" }] } })).to.equal(false);
  });

  it("opens what its grants say, on both sides, and nothing else", async () => {
    const deployment = await inside();
    const group = deployment.resources.find(({ name }) => name === "store-function");
    expect(deployment.one("aws:lambda/function:Function").inputs.vpcConfig).to.deep.include({
      securityGroupIds: [group?.outputs.id],
    });
    const rules = deployment.resources.filter(({ type }) => type.endsWith("gressRule")).map(({ name }) => name);
    expect(rules.sort()).to.deep.equal(["store-at-cache-6379", "store-to-cache-6379"]);
  });

  it("lets Lambda manage its interfaces, and not its own code", async () => {
    const rights = rightsOf(await inside());
    const code = { "lambda:SourceFunctionArn": "arn:aws:lambda:us-east-1:123456789012:function:store" };
    expect(await allows(rights, "ec2:DescribeNetworkInterfaces", "*")).to.equal(true);
    expect(await allows(rights, "ec2:DescribeNetworkInterfaces", "*", code)).to.equal(false);
  });
});
