// The seed's messaging topology: four queues, three topics, and who hears what; and a small one: one of each.
import { Messaging, type MessagingArgs } from "../../../../components/aws/messaging";
import { deploy, type Deployment } from "../../../../offline/providers/mocks";
import { standing } from "../../../support/standing";

export const placement = { partition: "aws", region: "eu-central-1", accountId: "123456789012" };

export const seed: MessagingArgs = {
  placement,
  queues: {
    "order-processing-queue": { visibilityTimeout: "300s", maxReceiveCount: 3 },
    "payment-processing-queue": { visibilityTimeout: "300s", maxReceiveCount: 3 },
    "notification-queue": { visibilityTimeout: "60s", maxReceiveCount: 5 },
    "inventory-update-queue": { visibilityTimeout: "180s", maxReceiveCount: 3 },
  },
  topics: {
    "order-events": { displayName: "Order Events" },
    "payment-events": { displayName: "Payment Events" },
    "notification-events": { displayName: "Notification Events" },
  },
  subscriptions: [
    { topic: "order-events", queue: "payment-processing-queue", eventTypes: ["ORDER_CREATED", "ORDER_UPDATED"] },
    { topic: "order-events", queue: "inventory-update-queue", eventTypes: ["ORDER_CREATED", "ORDER_CANCELLED"] },
    { topic: "payment-events", queue: "notification-queue", eventTypes: ["PAYMENT_COMPLETED", "PAYMENT_FAILED"] },
    { topic: "notification-events", queue: "notification-queue" },
  ],
};

/** A JSON document that a resource was given. */
export function documentOf(json: unknown): { readonly Statement: readonly unknown[] } & Record<string, unknown> {
  if (typeof json !== "string") throw new TypeError(`not a document: ${String(json)}`);
  return JSON.parse(json) as { readonly Statement: readonly unknown[] } & Record<string, unknown>;
}

/** Deploys one queue that is subscribed to one topic, changed as the arguments say. */
export function build(args: Partial<MessagingArgs> = {}): Promise<Deployment<Messaging>> {
  const small: MessagingArgs = {
    placement,
    queues: { work: { visibilityTimeout: "30s", maxReceiveCount: 3 } },
    topics: { events: {} },
    subscriptions: [{ topic: "events", queue: "work" }],
  };
  return deploy(() => new Messaging("m", { ...small, ...args }), { existing: standing });
}

/** The ARN that a resource was given. */
export function arnOf(deployment: Deployment<unknown>, type: string, name: string): unknown {
  return deployment.one(type, name).outputs.arn;
}

/** The statements that keep other accounts and plain HTTP out. */
export function closed(resource: unknown, actions: unknown): readonly unknown[] {
  const deny = (sid: string, condition: unknown) => ({
    Sid: sid,
    Effect: "Deny",
    Principal: "*",
    Action: actions,
    Resource: resource,
    Condition: condition,
  });
  return [
    deny("DenyOtherAccounts", {
      StringNotEquals: { "aws:PrincipalAccount": placement.accountId },
      Bool: { "aws:PrincipalIsAWSService": "false" },
    }),
    deny("DenyInsecureTransport", { Bool: { "aws:SecureTransport": "false" } }),
  ];
}
