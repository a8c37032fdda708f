import { expect } from "chai";
import type { Emulation } from "../../../../offline/providers/core/emulation";
import type { Values } from "../../../../offline/providers/core/values";
import { subject } from "../../providers/support";
import { cloudOf, refusals } from "./support";

const QUEUE = "aws:sqs/queue:Queue";
const POLICY = "aws:sqs/queuePolicy:QueuePolicy";
const REDRIVE = "aws:sqs/redrivePolicy:RedrivePolicy";
const ALLOW = "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy";
const SUBSCRIPTION = "aws:sns/topicSubscription:TopicSubscription";
const [SQS, SNS] = ["sqs", "sns"].map((service) => `arn:aws:${service}:eu-central-1:111122223333`) as [string, string];
const url = (name: string): string => `https://sqs.eu-central-1.amazonaws.com/111122223333/${name}`;
const cloud = (): Emulation =>
  cloudOf(
    ...["orders", "dead", "dead.fifo", "in.fifo"].map((name) => ({
      ...{ type: QUEUE, id: url(name) },
      inputs: { name, fifoQueue: name.endsWith(".fifo") },
    })),
    ...["all", "all.fifo"].map((name) => ({ type: "aws:sns/topic:Topic", id: `${SNS}:${name}`, inputs: { name } })),
  );
const policy = (Resource: string | readonly string[]): string =>
  JSON.stringify({ Statement: [{ Effect: "Allow", Action: "sqs:SendMessage", Principal: "*", Resource }] });
const redrivePolicy = (deadLetterTargetArn: string): string =>
  JSON.stringify({ deadLetterTargetArn, maxReceiveCount: 3 });
const at = "redrivePolicy.deadLetterTargetArn:";

describe("offline providers: whose queue a policy speaks of", () => {
  const put = (Resource: string | readonly string[]) =>
    refusals(cloud(), POLICY, { queueUrl: url("orders"), policy: policy(Resource) });
  const elsewhere = (arn: string): string =>
    `policy: speaks of ${arn}, and not of orders to which it belongs (InvalidAttributeValue): name that one`;

  it("takes its own, by name or by a pattern that it fits", () => {
    for (const own of [`${SQS}:orders`, "*", "arn:aws:sqs:*:*:orders", `${SQS}:ord*`])
      expect(put(own), own).to.deep.equal([]);
  });
  it("refuses another, one of its name elsewhere, and a pattern that it does not fit", () => {
    const others = [`${SQS}:invoices`, `${SQS}:my-orders`, "arn:aws:sqs:us-east-1:111122223333:orders"];
    for (const other of [...others, "arn:aws:sqs:eu-central-1:444455556666:orders", "arn:aws:sqs:*:*:inv*"])
      expect(put(other), other).to.deep.equal([elsewhere(other)]);
    expect(put([`${SQS}:orders`, `${SQS}:invoices`])).to.deep.equal([elsewhere(`${SQS}:invoices`)]);
  });
  it("says so of a queue's and a topic's own input too", () => {
    const queue = (arn: string) => refusals(cloud(), QUEUE, { name: "new", policy: policy(arn) });
    expect(queue(`${SQS}:new`)).to.deep.equal([]);
    expect(queue(`${SQS}:orders`)).to.deep.equal([
      `policy: speaks of ${SQS}:orders, and not of new to which it belongs (InvalidAttributeValue): name that one`,
    ]);
    const topic = (arn: string) =>
      refusals(cloud(), "aws:sns/topic:Topic", {
        name: "new",
        policy: policy(arn).replace("sqs:SendMessage", "sns:Publish"),
      });
    expect(topic(`${SNS}:new`)).to.deep.equal([]);
    expect(topic(`${SNS}:all`)).to.deep.equal([
      `policy: speaks of ${SNS}:all, and not of new to which it belongs (InvalidAttributeValue): name that one`,
    ]);
  });
});

describe("offline providers: which queue takes dead letters", () => {
  const queue = (arn: string, more: Values = {}) =>
    refusals(cloud(), QUEUE, { name: "new", redrivePolicy: redrivePolicy(arn), ...more });

  it("takes another of the same kind, account and region", () => {
    expect(queue(`${SQS}:dead`)).to.deep.equal([]);
    expect(queue(`${SQS}:dead.fifo`, { name: "new.fifo", fifoQueue: true })).to.deep.equal([]);
  });
  it("refuses one of another region or account, wherever it is named", () => {
    const reason = (arn: string): string =>
      `${at} "${arn}" is of another account or region (InvalidParameterValue): name a queue of 111122223333 in eu-central-1`;
    for (const arn of ["arn:aws:sqs:us-east-1:111122223333:dead", "arn:aws:sqs:eu-central-1:444455556666:dead"]) {
      expect(queue(arn), arn).to.deep.equal([reason(arn)]);
      const put = { queueUrl: url("orders"), redrivePolicy: redrivePolicy(arn) };
      expect(refusals(cloud(), REDRIVE, put), arn).to.deep.equal([reason(arn)]);
      const subscription = {
        topic: `${SNS}:all`,
        protocol: "sqs",
        endpoint: `${SQS}:orders`,
        redrivePolicy: redrivePolicy(arn),
      };
      expect(refusals(cloud(), SUBSCRIPTION, subscription), arn).to.deep.equal([reason(arn)]);
    }
  });
  it("refuses the queue itself, and what is no queue", () => {
    expect(
      refusals(cloud(), REDRIVE, { queueUrl: url("orders"), redrivePolicy: redrivePolicy(`${SQS}:orders`) }),
    ).to.deep.equal([
      `${at} a queue can't be its own dead-letter queue (InvalidParameterValue): make another for them`,
    ]);
    expect(queue(`${SNS}:all`)).to.deep.equal([
      `${at} "${SNS}:all" is not the ARN of a queue: give the arn of an SQS queue`,
    ]);
  });
  it("refuses one whose redriveAllowPolicy does not list it", () => {
    const dead = (said: Values): Emulation => {
      const aws = cloud();
      aws.create(subject(ALLOW), { queueUrl: url("dead"), redriveAllowPolicy: JSON.stringify(said) });
      return aws;
    };
    const make = (said: Values) =>
      refusals(dead(said), QUEUE, { name: "new", redrivePolicy: redrivePolicy(`${SQS}:dead`) });
    const reason = `${at} the redriveAllowPolicy of "${SQS}:dead" does not let in ${SQS}:new (InvalidParameterValue): add it to its sourceQueueArns`;
    expect(make({ redrivePermission: "allowAll" })).to.deep.equal([]);
    expect(make({ redrivePermission: "byQueue", sourceQueueArns: [`${SQS}:orders`, `${SQS}:new`] })).to.deep.equal([]);
    expect(make({ redrivePermission: "byQueue", sourceQueueArns: [`${SQS}:orders`] })).to.deep.equal([reason]);
    expect(make({ redrivePermission: "denyAll" })).to.deep.equal([reason]);
  });
  it("reads what a redriveAllowPolicy says", () => {
    const put = (said: Values) =>
      refusals(cloud(), ALLOW, { queueUrl: url("dead"), redriveAllowPolicy: JSON.stringify(said) });
    const sources = (count: number): string[] => Array.from({ length: count }, (_, n) => `${SQS}:q${n}`);
    expect(put({ redrivePermission: "byQueue", sourceQueueArns: sources(10) })).to.deep.equal([]);
    for (const count of [0, 11])
      expect(put({ redrivePermission: "byQueue", sourceQueueArns: sources(count) })).to.deep.equal([
        `redriveAllowPolicy.sourceQueueArns: ${count} queues, and byQueue takes 1 to 10: allowAll for more`,
      ]);
    expect(put({ redrivePermission: "allowAll", sourceQueueArns: sources(1) })).to.deep.equal([
      "redriveAllowPolicy.sourceQueueArns: goes with redrivePermission byQueue only, and not with allowAll",
    ]);
    expect(put({ redrivePermission: "byqueue" })).to.deep.equal([
      'redriveAllowPolicy.redrivePermission: "byqueue" is not allowAll, denyAll, byQueue',
    ]);
  });
});

describe("offline providers: FIFO topics and queues", () => {
  const subscribe = (topic: string, queue: string) =>
    refusals(cloud(), SUBSCRIPTION, { topic: `${SNS}:${topic}`, protocol: "sqs", endpoint: `${SQS}:${queue}` });
  it("pairs a FIFO topic with either kind, and a standard one with standard queues", () => {
    expect([...subscribe("all.fifo", "in.fifo"), ...subscribe("all.fifo", "orders"), ...subscribe("all", "orders")]).to.deep.equal([]); // prettier-ignore
    expect(subscribe("all", "in.fifo")).to.deep.equal([
      "endpoint: a standard topic can't deliver to a FIFO queue: make both FIFO, or both standard",
    ]);
  });
});
