import { expect } from "chai";
import { InvalidInput } from "../../../../components/kit";
import { TOPIC_ACTIONS } from "../../../../components/aws/kit";
import { AlarmTopic, type AlarmTopicArgs } from "../../../../components/aws/observability";
import { deploy, outputOf } from "../../../../offline/providers/mocks";

const placement = { partition: "aws", region: "eu-central-1", accountId: "123456789012" };
const build = (args: Partial<AlarmTopicArgs> = {}) =>
  deploy(() => new AlarmTopic("alarms", { placement, email: "operations@example.com", ...args }));
const TOPIC = "aws:sns/topic:Topic";
const SUBSCRIPTION = "aws:sns/topicSubscription:TopicSubscription";

function statementsOf(json: unknown): unknown[] {
  if (typeof json !== "string") throw new TypeError(`not a document: ${String(json)}`);
  return (JSON.parse(json) as { Statement: unknown[] }).Statement;
}

describe("components/aws/observability/AlarmTopic", () => {
  it("creates a topic with key, policy and subscription", async () => {
    const { resources } = await build();
    expect(resources.map(({ type, name }) => `${type} ${name}`)).to.have.members([
      "archipelago:observability:AlarmTopic alarms",
      "archipelago:base:EncryptionKey alarms",
      "aws:kms/key:Key alarms-key",
      "aws:kms/alias:Alias alarms-alias",
      `${TOPIC} alarms-topic`,
      "aws:sns/topicPolicy:TopicPolicy alarms-topic-policy",
      `${SUBSCRIPTION} alarms-email`,
    ]);
  });

  it("encrypts with its key, which CloudWatch may use for this account's alarms only", async () => {
    const { one, result } = await build();
    expect(one(TOPIC).inputs.kmsMasterKeyId).to.equal(await outputOf(result.nodes.key.arn));
    expect(statementsOf(one("aws:kms/key:Key").inputs.policy)[1]).to.deep.equal({
      Effect: "Allow",
      Sid: "Usecloudwatchamazonawscom",
      Principal: { Service: "cloudwatch.amazonaws.com" },
      Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
      Resource: "*",
      Condition: { ArnLike: { "aws:SourceArn": "arn:aws:cloudwatch:eu-central-1:123456789012:*" } },
    });
  });

  it("lets EventBridge use the key for topics of this account only", async () => {
    const { one } = await build();
    expect(statementsOf(one("aws:kms/key:Key").inputs.policy)[2]).to.deep.equal({
      Effect: "Allow",
      Sid: "UseEvents",
      Principal: { Service: "events.amazonaws.com" },
      Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
      Resource: "*",
      Condition: {
        ArnLike: { "kms:EncryptionContext:aws:sns:topicArn": "arn:aws:sns:eu-central-1:123456789012:*" },
      },
    });
  });

  it("lets CloudWatch publish for this account, EventBridge without a condition that it can't meet, and nobody over plain HTTP", async () => {
    const { one } = await build();
    const topic = one(TOPIC).outputs.arn;
    expect(statementsOf(one("aws:sns/topicPolicy:TopicPolicy").inputs.policy)).to.deep.equal([
      {
        Effect: "Allow",
        Sid: "PublishAlarms",
        Principal: { Service: "cloudwatch.amazonaws.com" },
        Action: "sns:Publish",
        Resource: topic,
        Condition: { StringEquals: { "aws:SourceAccount": placement.accountId } },
      },
      {
        Effect: "Allow",
        Sid: "PublishEvents",
        Principal: { Service: "events.amazonaws.com" },
        Action: "sns:Publish",
        Resource: topic,
      },
      {
        Effect: "Deny",
        Sid: "DenyInsecureTransport",
        Principal: "*",
        Action: TOPIC_ACTIONS,
        Resource: topic,
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ]);
  });

  it("offers its ARN, and tells the address it was given", async () => {
    const { one, result } = await build();
    expect(await outputOf(result.topicArn)).to.equal(one(TOPIC).outputs.arn);
    const { topic, protocol, endpoint } = one(SUBSCRIPTION).inputs;
    expect({ topic, protocol, endpoint }).to.deep.equal({
      topic: one(TOPIC).outputs.arn,
      protocol: "email",
      endpoint: "operations@example.com",
    });
  });

  it("sends to a webhook by HTTPS only", async () => {
    const { one } = await build({ webhookUrl: "https://hooks.example.com/alarms" });
    const { protocol, endpoint } = one(SUBSCRIPTION, "alarms-webhook").inputs;
    expect([protocol, endpoint]).to.deep.equal(["https", "https://hooks.example.com/alarms"]);
    for (const webhookUrl of ["http://hooks.example.com", "https://user@hooks.example.com/", "hooks"]) {
      const error: unknown = await build({ webhookUrl }).catch((reason: unknown) => reason);
      expect(error, webhookUrl).to.be.instanceOf(InvalidInput);
    }
  });

  it("needs no address", async () => {
    const { ofType, one } = await deploy(() => new AlarmTopic("alarms", { placement }));
    expect(ofType(SUBSCRIPTION)).to.deep.equal([]);
    expect(one(TOPIC).inputs.displayName).to.equal("Alarms");
  });

  it("tags what takes tags and lets a user change every child", async () => {
    const seen: string[] = [];
    const note = (_args: unknown, _opts: unknown, name: string) => void seen.push(name);
    const transform = { key: { key: note, alias: note }, topic: note, topicPolicy: note, subscription: note };
    const { resources } = await build({ tags: { Team: "operations" }, transform });
    expect(seen).to.have.members(["alarms-key", "alarms-alias", "alarms-topic", "alarms-topic-policy", "alarms-email"]);
    expect(resources.filter(({ inputs }) => inputs.tags !== undefined).map(({ name }) => name)).to.have.members([
      "alarms-key",
      "alarms-topic",
    ]);
  });

  it("reports every problem at once", async () => {
    const error = await build({ email: "operations", displayName: "x".repeat(101) }).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).to.be.instanceOf(InvalidInput);
    expect((error as InvalidInput).problems.map(({ path }) => path)).to.deep.equal(["email", "displayName"]);
  });
});
