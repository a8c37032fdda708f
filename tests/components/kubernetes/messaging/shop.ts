// The channels of the e-commerce system, as a component takes them.
import * as kubernetes from "@pulumi/kubernetes";
import { Messaging, type MessagingArgs } from "../../../../components/kubernetes/messaging";
import { deploy } from "../../../../offline/providers/mocks";

const queue = { visibilityTimeout: "300s", maxReceiveCount: 3 } as const;

export const shop: MessagingArgs = {
  placement: { namespace: "shop-dev" },
  queues: {
    "order-processing-queue": queue,
    "inventory-update-queue": { ...queue, visibilityTimeout: "180s" },
    "payment-processing-queue": { ...queue, retention: "1d" },
    "notification-queue": { visibilityTimeout: "30s", maxReceiveCount: 5 },
  },
  topics: ["order-events", "payment-events", "notification-events"],
  subscriptions: [
    { topic: "order-events", queue: "inventory-update-queue", eventTypes: ["ORDER_CREATED", "ORDER_CANCELLED"] },
    { topic: "order-events", queue: "payment-processing-queue", eventTypes: ["ORDER_CREATED", "ORDER_UPDATED"] },
    { topic: "payment-events", queue: "notification-queue", eventTypes: ["PAYMENT_COMPLETED", "PAYMENT_FAILED"] },
    { topic: "notification-events", queue: "notification-queue" },
  ],
  users: {
    order: {
      publishes: {
        "order-events": ["ORDER_CREATED", "ORDER_UPDATED", "ORDER_CANCELLED"],
        "notification-events": ["ORDER_CONFIRMED", "ORDER_SHIPPED"],
      },
      sends: ["order-processing-queue"],
      consumes: ["order-processing-queue"],
    },
    product: { consumes: ["inventory-update-queue"] },
    payment: {
      publishes: { "payment-events": ["PAYMENT_COMPLETED", "PAYMENT_FAILED"] },
      consumes: ["payment-processing-queue"],
    },
    notification: { consumes: ["notification-queue"] },
  },
};

/** The component in a program of its own, with a provider for a cluster that nobody asks. */
export function deployed(args: Partial<MessagingArgs> = {}, preview = false) {
  return deploy(
    () => {
      const provider = new kubernetes.Provider("cluster", { context: "spec" });
      return new Messaging("messaging", { ...shop, ...args }, { provider });
    },
    { preview },
  );
}
