// The shop of seeds/000: five services, their stores, routes, events and scaling. This file is what a team edits.
import { defineSystem } from "../model/define-system";

export const ecommerce = defineSystem({
  name: "ecommerce",
  cache: { engineVersion: "7.0" },
  contexts: {
    UserManagement: {
      description: "Who may use the shop",
      entities: ["User", "UserProfile", "Authentication", "Authorization"],
    },
    ProductCatalog: {
      description: "What is sold, and how much of it is there",
      entities: ["Product", "Category", "Brand", "ProductVariant"],
    },
    OrderManagement: {
      description: "What was bought, and where it goes",
      entities: ["Order", "OrderItem", "OrderStatus", "ShippingAddress"],
    },
    PaymentProcessing: {
      description: "How it is paid",
      entities: ["Payment", "PaymentMethod", "Transaction", "Refund"],
    },
    Notification: {
      description: "What customers are told, and on which channel",
      entities: ["Notification", "NotificationTemplate"],
    },
  },
  topics: {
    "order-events": {
      displayName: "Order Events",
      events: { ORDER_CREATED: {}, ORDER_UPDATED: {}, ORDER_CANCELLED: {} },
    },
    "payment-events": { displayName: "Payment Events", events: { PAYMENT_COMPLETED: {}, PAYMENT_FAILED: {} } },
    "notification-events": {
      displayName: "Notification Events",
      events: { USER_REGISTERED: {}, PASSWORD_RESET_REQUESTED: {}, ORDER_CONFIRMED: {}, ORDER_SHIPPED: {} },
    },
  },
  services: {
    user: {
      context: "UserManagement",
      description: "Accounts, sign-in and profiles",
      exposes: { paths: ["/api/users", "/api/users/*"], priority: 100 },
      owns: {
        database: {
          kind: "postgres",
          databaseName: "userservice",
          instanceClass: "db.t3.micro",
          allocatedStorage: "20 GiB",
          maxAllocatedStorage: "100 GiB",
          backupRetention: "7d",
        },
      },
      usesCache: true,
      publishes: { "notification-events": ["USER_REGISTERED", "PASSWORD_RESET_REQUESTED"] },
      scaling: { min: 2, max: 10, cpu: 70, memory: 80 },
      secrets: { JWT_SIGNING_KEY: { length: 64 } },
    },

    order: {
      context: "OrderManagement",
      description: "Takes orders and sees them through",
      cpu: 512,
      memory: "1024 MiB",
      exposes: { paths: ["/api/orders", "/api/orders/*"], priority: 200, healthCheck: { timeout: "10s" } },
      owns: {
        database: {
          kind: "postgres",
          databaseName: "orderservice",
          instanceClass: "db.t3.small",
          allocatedStorage: "20 GiB",
          maxAllocatedStorage: "200 GiB",
          backupRetention: "14d",
          performanceInsights: true,
        },
      },
      usesCache: true,
      calls: { user: {}, product: {}, payment: { timeout: "10s", retries: 1 } },
      publishes: {
        "order-events": ["ORDER_CREATED", "ORDER_UPDATED", "ORDER_CANCELLED"],
        "notification-events": ["ORDER_CONFIRMED", "ORDER_SHIPPED"],
      },
      consumes: { "order-processing-queue": { visibilityTimeout: "300s", maxReceiveCount: 3 } },
      // An order is taken at once and worked off in the background: the same service is at both ends of its queue.
      sendsTo: ["order-processing-queue"],
      scaling: {
        min: 3,
        max: 20,
        cpu: 60,
        scaleInCooldown: "5m",
        scaleOutCooldown: "30s",
        queue: {
          queue: "order-processing-queue",
          steps: [
            { from: 0, change: 0 },
            { from: 10, change: 2 },
            { from: 50, change: 5 },
            { from: 100, change: 10 },
          ],
          cooldown: "2m",
        },
      },
    },

    product: {
      context: "ProductCatalog",
      description: "The catalogue, its pictures and the stock",
      exposes: { paths: ["/api/products", "/api/products/*"], priority: 300 },
      owns: {
        database: {
          kind: "aurora-serverless",
          databaseName: "productservice",
          minCapacity: 0.5,
          maxCapacity: 4,
          backupRetention: "7d",
        },
        buckets: {
          images: { corsOrigins: ["https://shop.example.com"], noncurrentVersionExpiration: "30d" },
        },
      },
      usesCache: true,
      consumes: {
        "inventory-update-queue": {
          from: { "order-events": ["ORDER_CREATED", "ORDER_CANCELLED"] },
          visibilityTimeout: "180s",
          maxReceiveCount: 3,
        },
      },
      scaling: { min: 2, max: 8, cpu: 70 },
    },

    payment: {
      context: "PaymentProcessing",
      description: "Charges, refunds and their records",
      owns: {
        database: {
          kind: "postgres",
          databaseName: "paymentservice",
          instanceClass: "db.t3.small",
          allocatedStorage: "20 GiB",
          maxAllocatedStorage: "200 GiB",
          backupRetention: "14d",
          performanceInsights: true,
        },
      },
      publishes: { "payment-events": ["PAYMENT_COMPLETED", "PAYMENT_FAILED"] },
      consumes: {
        "payment-processing-queue": {
          from: { "order-events": ["ORDER_CREATED", "ORDER_UPDATED"] },
          visibilityTimeout: "300s",
          maxReceiveCount: 3,
        },
      },
      scaling: { min: 2, max: 10, cpu: 70, memory: 80 },
      internetEgress: { reason: "the payment provider's API is outside AWS" },
    },

    notification: {
      context: "Notification",
      description: "Sends e-mail and push messages",
      consumes: {
        "notification-queue": {
          from: { "payment-events": ["PAYMENT_COMPLETED", "PAYMENT_FAILED"], "notification-events": "all" },
          visibilityTimeout: "60s",
          maxReceiveCount: 5,
        },
      },
      scaling: { min: 2, max: 6, cpu: 70 },
      internetEgress: { reason: "push services and the e-mail provider are outside AWS" },
    },
  },
});
