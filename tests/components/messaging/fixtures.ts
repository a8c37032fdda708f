// The seed's messaging topology: four queues, three topics, and who hears what.
import type { MessagingArgs } from "../../../components/messaging";

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
