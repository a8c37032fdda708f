// Resource policies as an IAM evaluator reads them: who gets in, and who does not.
import { runSimulation } from "@cloud-copilot/iam-simulate";
import { expect } from "chai";
import { Messaging } from "../../../../components/aws/messaging";
import { deploy, type Deployment } from "../../../../offline/providers/mocks";
import { documentOf, placement, seed } from "./fixtures";

const HOME = placement.accountId;
const ROLE = `arn:aws:iam::${HOME}:role/service`;
const STRANGER = "arn:aws:iam::999988887777:role/service";

describe("components/aws/messaging access", () => {
  let deployment: Deployment<Messaging>;
  before(async () => {
    deployment = await deploy(() => new Messaging("shop", seed));
  });

  const queueArn = (name: string) => String(deployment.one("aws:sqs/queue:Queue", `shop-${name}`).outputs.arn);
  const topicArn = (name: string) => String(deployment.one("aws:sns/topic:Topic", `shop-${name}`).outputs.arn);

  /** Asks with an identity policy that allows everything, so that only the resource's policy can refuse. */
  async function allowed(
    principal: string,
    action: string,
    resource: string,
    policy: unknown,
    context: Readonly<Record<string, string>> = {},
  ): Promise<boolean> {
    const everything = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };
    const result = await runSimulation(
      {
        request: {
          principal,
          action,
          resource: { resource, accountId: HOME },
          contextVariables: { "aws:SecureTransport": "true", ...context },
        },
        identityPolicies: principal.startsWith("arn:") ? [{ name: "everything", policy: everything }] : [],
        serviceControlPolicies: [],
        resourceControlPolicies: [],
        resourcePolicy: policy,
      },
      {},
    );
    if (result.resultType === "error") throw new Error(`${action} on ${resource}: ${JSON.stringify(result.errors)}`);
    return result.overallResult === "Allowed";
  }

  const send = (principal: string, queue: string, context?: Readonly<Record<string, string>>) =>
    allowed(
      principal,
      "sqs:SendMessage",
      queueArn(queue),
      documentOf(deployment.one("aws:sqs/queuePolicy:QueuePolicy", `shop-${queue}-policy`).inputs.policy),
      context,
    );
  const publish = (principal: string, context?: Readonly<Record<string, string>>) =>
    allowed(
      principal,
      "sns:Publish",
      topicArn("order-events"),
      documentOf(deployment.one("aws:sns/topicPolicy:TopicPolicy", "shop-order-events-policy").inputs.policy),
      context,
    );
  const from = (topic: string) => ({ "aws:SourceArn": topicArn(topic), "aws:SourceAccount": HOME });

  it("lets SNS deliver from subscribed topics and from no other", async () => {
    expect(await send("sns.amazonaws.com", "notification-queue", from("payment-events"))).to.equal(true);
    expect(await send("sns.amazonaws.com", "notification-queue", from("notification-events"))).to.equal(true);
    expect(await send("sns.amazonaws.com", "notification-queue", from("order-events"))).to.equal(false);
    expect(await send("sns.amazonaws.com", "notification-queue")).to.equal(false);
    expect(await send("events.amazonaws.com", "notification-queue", from("payment-events"))).to.equal(false);
  });

  it("lets SNS put what it could not deliver where it belongs", async () => {
    const undelivered = "payment-events-to-notification-queue-undelivered";
    expect(await send("sns.amazonaws.com", undelivered, from("payment-events"))).to.equal(true);
    expect(await send("sns.amazonaws.com", undelivered, from("notification-events"))).to.equal(false);
    expect(await send("sns.amazonaws.com", "notification-queue-dead-letter", from("payment-events"))).to.equal(false);
  });

  it("leaves this account's roles to their own policies, over TLS", async () => {
    expect(await send(ROLE, "order-processing-queue")).to.equal(true);
    expect(await send(ROLE, "order-processing-queue", { "aws:SecureTransport": "false" })).to.equal(false);
    expect(await publish(ROLE)).to.equal(true);
    expect(await publish(ROLE, { "aws:SecureTransport": "false" })).to.equal(false);
  });

  it("keeps other accounts out, whatever they are allowed at home", async () => {
    expect(await send(STRANGER, "order-processing-queue")).to.equal(false);
    expect(await publish(STRANGER)).to.equal(false);
  });
});
