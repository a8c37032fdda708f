import { expect } from "chai";
import { text, type Values } from "../../../offline/providers/core/values";
import { subject } from "../providers/support";
import { cloudOf, refusals } from "./constraints/support";

/** Types with inputs of which a second one is refused, what is said of it, and a change that makes room for both. */
const UNIQUE: readonly (readonly [type: string, inputs: Values, property: string, apart: Values])[] = [
  ["aws:s3/bucket:Bucket", { bucket: "orders" }, "bucket", { bucket: "invoices" }],
  ["aws:sqs/queue:Queue", { name: "orders" }, "name", { name: "invoices" }],
  ["aws:kinesis/stream:Stream", { name: "orders", shardCount: 1 }, "name", { name: "invoices" }],
  ["aws:kinesis/streamConsumer:StreamConsumer", { name: "fast", streamArn: "arn:aws:kinesis:eu-central-1:111122223333:stream/a" }, "name", { streamArn: "arn:aws:kinesis:eu-central-1:111122223333:stream/b" }],
  ["aws:cloudwatch/eventBus:EventBus", { name: "orders" }, "name", { name: "invoices" }],
  ["aws:eks/cluster:Cluster", { name: "shop" }, "name", { name: "other" }],
  ["aws:opensearch/domain:Domain", { domainName: "shop" }, "domainName", { domainName: "other" }],
  ["aws:docdb/cluster:Cluster", { clusterIdentifier: "shop" }, "clusterIdentifier", { clusterIdentifier: "other" }],
  ["aws:ec2/securityGroup:SecurityGroup", { name: "web", vpcId: "vpc-1" }, "name", { vpcId: "vpc-2" }],
  ["aws:cloudwatch/eventRule:EventRule", { name: "r", eventBusName: "default" }, "name", { eventBusName: "b" }],
  ["aws:ecs/service:Service", { name: "s", cluster: "arn:aws:ecs:eu-central-1:111122223333:cluster/a" }, "name", { cluster: "arn:aws:ecs:eu-central-1:111122223333:cluster/b" }],
  ["aws:apigatewayv2/stage:Stage", { name: "$default", apiId: "a" }, "name", { apiId: "b" }],
  ["aws:apigateway/stage:Stage", { stageName: "v1", restApi: "a", deployment: "d" }, "stageName", { restApi: "b" }],
  ["aws:lambda/alias:Alias", { name: "live", functionName: "a", functionVersion: "1" }, "name", { functionName: "b" }],
  ["aws:cloudwatch/logStream:LogStream", { name: "live", logGroupName: "a" }, "name", { logGroupName: "b" }],
  ["aws:lambda/permission:Permission", { statementId: "s", function: "a", action: "lambda:InvokeFunction", principal: "sns.amazonaws.com" }, "statementId", { function: "b" }],
]; // prettier-ignore

const world = () =>
  cloudOf(
    ...["vpc-1", "vpc-2"].map((id) => ({ type: "aws:ec2/vpc:Vpc", id })),
    ...["a", "b"].flatMap((id) => [
      { type: "aws:ecs/cluster:Cluster", id: `arn:aws:ecs:eu-central-1:111122223333:cluster/${id}` },
      { type: "aws:apigatewayv2/api:Api", id },
      { type: "aws:apigateway/restApi:RestApi", id },
      { type: "aws:kinesis/stream:Stream", id },
      { type: "aws:lambda/function:Function", id },
    ]),
    { type: "aws:cloudwatch/eventBus:EventBus", id: "b" },
    { type: "aws:apigateway/deployment:Deployment", id: "d" },
  );

describe("offline providers: names that only one may have", () => {
  for (const [type, inputs, property, apart] of UNIQUE)
    it(`${type} ${property}`, () => {
      const aws = world();
      const before = aws.existing(type).length;
      expect(refusals(aws, type, inputs, "one")).to.deep.equal([]);
      expect(refusals(aws, type, inputs, "two")).to.deep.equal([
        `${property}: "${text(inputs[property])}" already exists in eu-central-1: give it another name, or import it`,
      ]);
      expect(refusals(aws, type, { ...inputs, ...apart }, "two")).to.deep.equal([]);
      expect(aws.existing(type)).to.have.lengthOf(before + 2);
    });

  it("lets several be called the same where a name is a description", () => {
    for (const type of ["aws:cognito/userPool:UserPool", "aws:apigateway/restApi:RestApi", "aws:apigateway/usagePlan:UsagePlan"]) {
      const aws = world();
      const [one, two] = ["one", "two"].map((name) => aws.create(subject(type, name), { name: "shop" }).id);
      expect(one).not.to.equal(two);
    } // prettier-ignore
  });
});

describe("offline providers: what has the same identifier in two places", () => {
  const STAGE = subject("aws:apigatewayv2/stage:Stage");
  it("keeps stages of two APIs apart, under the name that the engine knows", () => {
    const aws = world();
    const stages = ["a", "b"].map((apiId) => aws.create(STAGE, { name: "$default", apiId, autoDeploy: apiId === "a" }));
    expect(stages.map(({ id }) => id)).to.deep.equal(["$default", "$default"]);
    const [first, second] = stages.map(({ id, outputs }) => aws.read(STAGE, id, { inputs: {}, outputs }));
    expect([first?.outputs.autoDeploy, second?.outputs.autoDeploy]).to.deep.equal([true, false]);
    expect(aws.read(STAGE, "b/$default")).to.include({ id: "$default" });
    aws.update(STAGE, "$default", stages[1]?.outputs ?? {}, { name: "$default", apiId: "b", description: "d" });
    expect(aws.read(STAGE, "b/$default")?.outputs.description).to.equal("d");
    expect(aws.read(STAGE, "a/$default")?.outputs.description).to.equal(undefined);
    aws.delete(STAGE, "$default", stages[0]?.outputs);
    expect(aws.existing(STAGE.type).map(({ id }) => id)).to.deep.equal(["b/$default"]);
  });

  it("keeps objects of two buckets apart", () => {
    const aws = cloudOf(...["a", "b"].map((id) => ({ type: "aws:s3/bucket:Bucket", id, inputs: { bucket: id } })));
    const OBJECT = subject("aws:s3/bucketObjectv2:BucketObjectv2");
    const ids = ["a", "b"].map((bucket) => aws.create(OBJECT, { bucket, key: "k", content: bucket }).id);
    expect(ids).to.deep.equal(["a/k", "b/k"]);
    expect(ids.map((id) => aws.read(OBJECT, id)?.inputs.content)).to.deep.equal(["a", "b"]);
    expect(() => {
      aws.delete(subject("aws:s3/bucket:Bucket"), "a");
    }).to.throw('it is not empty (BucketNotEmpty): it holds 1 objects, such as "a/k"');
  });
});
