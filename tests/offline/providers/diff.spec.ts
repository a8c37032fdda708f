import { expect } from "chai";
import { UNKNOWN, type Values } from "../../../offline/providers/core/values";
import { provider, subject } from "./support";

const aws = provider();
const diff = (type: string, olds: Values, news: Values, ignored: string[] = []) =>
  aws.diff(subject(type), olds, news, ignored);
const changes = (type: string, olds: Values, news: Values, ignored: string[] = []): string[] =>
  diff(type, olds, news, ignored).changes.map(
    ({ path, kind, replaces }) => `${kind} ${path}${replaces ? " replaces" : ""}`,
  );

describe("offline providers: diff", () => {
  it("finds nothing where nothing changed, whatever the order of keys", () => {
    expect(
      changes("aws:sqs/queue:Queue", { name: "a", tags: { x: "1", y: "2" } }, { tags: { y: "2", x: "1" }, name: "a" }),
    ).to.deep.equal([]);
  });

  it("names each changed property by its path", () => {
    expect(
      changes(
        "aws:sqs/queue:Queue",
        { delaySeconds: 1, tags: { a: "1", "b/c": "2" }, policy: "p" },
        { delaySeconds: 2, tags: { "b/c": "3", d: "4" } },
      ),
    ).to.deep.equal(["update delaySeconds", "delete policy", "delete tags.a", 'update tags["b/c"]', "add tags.d"]);
  });

  it("replaces where the cloud can't change in place", () => {
    expect(changes("aws:ec2/vpc:Vpc", { cidrBlock: "10.0.0.0/16" }, { cidrBlock: "10.1.0.0/16" })).to.deep.equal([
      "update cidrBlock replaces",
    ]);
    expect(
      changes(
        "aws:rds/instance:Instance",
        { username: "a", instanceClass: "x" },
        { username: "b", instanceClass: "y" },
      ),
    ).to.deep.equal(["update instanceClass", "update username replaces"]);
    expect(changes("aws:ecs/taskDefinition:TaskDefinition", { cpu: "256" }, { cpu: "512" })).to.deep.equal([
      "update cpu replaces",
    ]);
    expect(changes("aws:sqs/queue:Queue", {}, { region: "us-east-1" })).to.deep.equal(["add region replaces"]);
  });

  it("takes replacement from the SDK's documentation where no rule speaks of a type", () => {
    const [olds, news] = [{ domainName: "a", vpcOptions: { subnetIds: ["a"] } }, { domainName: "a" }];
    expect(changes("aws:opensearch/domain:Domain", olds, news)).to.deep.equal(["delete vpcOptions replaces"]);
    expect(changes("aws:opensearch/domain:Domain", olds, { ...olds, engineVersion: "2" })).to.deep.equal([
      "add engineVersion",
    ]);
  });

  it("takes replacement from the published data where neither a rule nor the documentation speaks of it", () => {
    const olds = { engineType: "RabbitMQ", hostInstanceType: "mq.m5.large" };
    expect(changes("aws:mq/broker:Broker", olds, { ...olds, engineType: "ActiveMQ" })).to.deep.equal([
      "update engineType replaces",
    ]);
  });

  it("compares sets as sets, at any depth, and other lists by their order", () => {
    const balancer = { securityGroups: ["sg-1", "sg-2"], subnets: ["subnet-1", "subnet-2", "subnet-3"] };
    const other = { securityGroups: ["sg-2", "sg-1"], subnets: ["subnet-3", "subnet-4", "subnet-1"] };
    expect(changes("aws:lb/loadBalancer:LoadBalancer", balancer, other)).to.deep.equal(["update subnets[1]"]);
    const vpc = (subnetIds: string[]): Values => ({ vpcConfig: { subnetIds, securityGroupIds: ["sg-1"] } });
    expect(changes("aws:lambda/function:Function", vpc(["a", "b"]), vpc(["b", "a"]))).to.deep.equal([]);
    expect(changes("aws:lambda/function:Function", vpc(["a", "b"]), vpc(["b", "c", "a"]))).to.deep.equal([
      "add vpcConfig.subnetIds[1]",
    ]);
    expect(changes("aws:lambda/function:Function", { layers: ["a", "b"] }, { layers: ["b", "a"] })).to.deep.equal([
      "update layers[0]",
      "update layers[1]",
    ]);
  });

  it("compares documents by what they say, and other texts letter by letter", () => {
    const [olds, news] = ['{"Version":"2012-10-17","Id":"a"}', '{ "Id": "a", "Version": "2012-10-17" }'];
    expect(changes("aws:sqs/queuePolicy:QueuePolicy", { policy: olds }, { policy: news })).to.deep.equal([]);
    expect(changes("aws:ssm/parameter:Parameter", { value: olds }, { value: news })).to.deep.equal(["update value"]);
  });

  it("compares policies as AWS does: nothing in them has an order, and one text is a list of one", () => {
    const policy = (...Statement: Values[]): Values => ({
      policy: JSON.stringify({ Version: "2012-10-17", Statement }),
    });
    const condition = (key: string, ...values: string[]): Values => ({
      Condition: { StringEquals: { [key]: values } },
    });
    const read = { Effect: "Allow", Principal: { AWS: ["1", "2"] }, Action: ["sqs:A", "sqs:B"], Resource: "*" };
    const again = { Resource: ["*"], Action: ["sqs:B", "sqs:A"], Principal: { AWS: ["2", "1"] }, Effect: "Allow" };
    const send = { Effect: "Allow", Principal: "*", Action: "sqs:C", Resource: "*" };
    const queue = "aws:sqs/queuePolicy:QueuePolicy";
    expect(
      changes(
        queue,
        policy({ ...read, ...condition("a", "x", "y") }, send),
        policy(send, { ...again, ...condition("a", "y", "x") }),
      ),
    ).to.deep.equal([]);
    expect(changes(queue, policy(read), policy({ ...read, Action: "sqs:A" }))).to.deep.equal(["update policy"]);
    expect(changes(queue, policy(read), policy({ ...read, Effect: "Deny" }))).to.deep.equal(["update policy"]);
    expect(changes(queue, policy(read, send), policy(read))).to.deep.equal(["update policy"]);
    // What is no policy keeps its order.
    const board = (...widgets: number[]): Values => ({ dashboardBody: JSON.stringify({ widgets }) });
    expect(changes("aws:cloudwatch/dashboard:Dashboard", board(1, 2), board(2, 1))).to.deep.equal([
      "update dashboardBody",
    ]);
  });

  it("uses what the index knows of nested parts, where no rule speaks of the type", () => {
    const endpoint = "aws:dms/endpoint:Endpoint";
    const mongo = (settings: Values): Values => ({ mongodbSettings: settings });
    expect(changes(endpoint, mongo({ authType: "no" }), mongo({ authType: "password" }))).to.deep.equal([
      "update mongodbSettings.authType replaces",
    ]);
    expect(changes(endpoint, mongo({ authType: "no" }), {})).to.deep.equal(["delete mongodbSettings replaces"]);
    expect(changes(endpoint, {}, mongo({ docsToInvestigate: "1" }))).to.deep.equal(["add mongodbSettings"]);
    const resolver = (cachingKeys: string[], functions: string[]): Values => ({
      cachingConfig: { cachingKeys },
      pipelineConfig: { functions },
    });
    expect(
      changes("aws:appsync/resolver:Resolver", resolver(["a", "b"], ["c", "d"]), resolver(["b", "a"], ["d", "c"])),
    ).to.deep.equal(["update pipelineConfig.functions[0]", "update pipelineConfig.functions[1]"]);
  });

  it("counts an unknown new value as a change", () => {
    expect(changes("aws:ec2/subnet:Subnet", { vpcId: "vpc-1" }, { vpcId: UNKNOWN })).to.deep.equal([
      "update vpcId replaces",
    ]);
  });

  it("leaves out what is to be ignored", () => {
    expect(
      changes("aws:sqs/queue:Queue", { delaySeconds: 1, tags: { a: "1" } }, { delaySeconds: 2, tags: { a: "2" } }, [
        "tags",
      ]),
    ).to.deep.equal(["update delaySeconds"]);
  });

  it("deletes first when the name is the user's own, and creates first when it was generated", () => {
    const [olds, news] = [{ name: "mine", fifoQueue: true }, { name: "mine" }];
    expect(diff("aws:sqs/queue:Queue", olds, news).deleteBeforeReplace).to.equal(true);
    expect(
      diff("aws:sqs/queue:Queue", { ...olds, __defaults: ["name"] }, { ...news, __defaults: ["name"] })
        .deleteBeforeReplace,
    ).to.equal(false);
  });
});
