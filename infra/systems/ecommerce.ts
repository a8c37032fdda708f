// A shop: five services, their stores, routes, events and scaling. This file is what a team edits.
import { message } from "../model/kinds/topic/contract";
import { defineSystem } from "../model/define-system";

const orderLine = message({ productId: "uuid", quantity: "integer", unitPrice: "number" });
const order = { orderId: "uuid", userId: "uuid", total: "number", items: [orderLine] } as const;
const payment = { paymentId: "uuid", orderId: "uuid", userId: "uuid", amount: "number" } as const;

/** What creates the database user of a service and changes its schema: the same program in each image. */
const migration = { command: ["node", "dist/migrate.js"] } as const;

export const ecommerce = defineSystem({
  name: "ecommerce",
  cache: { engineVersion: "7.0" },
  tracing: { sampling: 0.1 },
  contexts: {
    UserManagement: {
      description: "Who may use the shop",
      entities: ["User", "UserProfile", "Authentication", "Authorization"],
      valueObjects: ["EmailAddress", "Role"],
    },
    ProductCatalog: {
      description: "What is sold, and how much of it is there",
      entities: ["Product", "Category", "Brand", "ProductVariant"],
      valueObjects: ["Price", "StockLevel"],
      relations: { OrderManagement: "conformist" },
    },
    OrderManagement: {
      description: "What was bought, and where it goes",
      entities: ["Order", "OrderItem", "OrderStatus", "ShippingAddress"],
      valueObjects: ["Money", "TrackingNumber"],
      relations: { PaymentProcessing: "partnership" },
    },
    PaymentProcessing: {
      description: "How it is paid",
      entities: ["Payment", "PaymentMethod", "Transaction", "Refund"],
      valueObjects: ["Amount"],
      relations: { OrderManagement: "partnership" },
    },
    Notification: {
      description: "What customers are told, and on which channel",
      entities: ["Notification", "NotificationTemplate"],
      valueObjects: ["Recipient"],
      relations: { UserManagement: "conformist", OrderManagement: "conformist", PaymentProcessing: "conformist" },
    },
  },
  topics: {
    "order-events": {
      displayName: "Order Events",
      events: {
        ORDER_CREATED: { metric: "OrdersCreated", schema: message({ ...order, createdAt: "date-time" }) },
        ORDER_UPDATED: { schema: message({ ...order, status: "string", updatedAt: "date-time" }) },
        ORDER_CANCELLED: { schema: message({ ...order, reason: "string", cancelledAt: "date-time" }) },
      },
    },
    "payment-events": {
      displayName: "Payment Events",
      events: {
        PAYMENT_COMPLETED: { metric: "PaymentsProcessed", schema: message({ ...payment, completedAt: "date-time" }) },
        PAYMENT_FAILED: { schema: message({ ...payment, reason: "string", failedAt: "date-time" }) },
      },
    },
    "notification-events": {
      displayName: "Notification Events",
      events: {
        USER_REGISTERED: {
          metric: "UsersRegistered",
          schema: message({ userId: "uuid", email: "email", "name?": "string" }),
        },
        PASSWORD_RESET_REQUESTED: { schema: message({ userId: "uuid", email: "email", expiresAt: "date-time" }) },
        ORDER_CONFIRMED: { schema: message({ orderId: "uuid", userId: "uuid", total: "number" }) },
        ORDER_SHIPPED: { schema: message({ orderId: "uuid", userId: "uuid", "trackingNumber?": "string" }) },
      },
    },
  },
  // What browsers and apps reach; payment and notification stay inside.
  entrances: {
    api: {
      cors: { origins: ["https://shop.example.com"], maxAge: 600 },
      throttling: { rate: 2000, burst: 5000 },
      routes: {
        user: {},
        product: {},
        order: {},
        // Other companies ask for the state of their orders; the usage plan counts them.
        partners: { service: "order", paths: ["/api/orders/partners/*"], requiresKey: true },
      },
      clients: ["warehouse"],
      dailyQuota: 100_000,
    },
  },
  services: {
    user: {
      context: "UserManagement",
      description: "Accounts, sign-in and profiles",
      offers: { getUser: "read", registerUser: "once", updateUser: "idempotent", signIn: "idempotent" },
      // It signs the tokens with its key; each service that is exposed verifies them.
      exposes: { paths: ["/api/users", "/api/users/*"], authentication: "by-service", priority: 100 },
      owns: {
        database: {
          kind: "postgres",
          databaseName: "userservice",
          instanceClass: "db.t3.micro",
          allocatedStorage: "20 GiB",
          maxAllocatedStorage: "100 GiB",
          backupRetention: "7d",
          migration,
        },
      },
      usesCache: true,
      publishes: { "notification-events": ["USER_REGISTERED", "PASSWORD_RESET_REQUESTED"] },
      scaling: { min: 2, max: 10, cpu: 70, memory: 80 },
      serviceLevel: { availability: 99.95, latency: { percentile: 99, within: "300ms" } },
      secrets: { JWT_SIGNING_KEY: { length: 64 } },
    },

    order: {
      context: "OrderManagement",
      description: "Takes orders and sees them through",
      cpu: 512,
      memory: "1024 MiB",
      offers: { getOrder: "read", trackShipment: "read", placeOrder: "once", cancelOrder: "idempotent" },
      exposes: {
        paths: ["/api/orders", "/api/orders/*"],
        authentication: "by-service",
        priority: 200,
        healthCheck: { timeout: "10s" },
      },
      owns: {
        database: {
          kind: "postgres",
          databaseName: "orderservice",
          instanceClass: "db.t3.small",
          allocatedStorage: "20 GiB",
          maxAllocatedStorage: "200 GiB",
          backupRetention: "14d",
          performanceInsights: true,
          migration,
        },
      },
      usesCache: true,
      calls: {
        user: { operations: ["getUser"] },
        product: { operations: ["getProduct"] },
        payment: { operations: ["charge", "refund"], timeout: "10s", retries: 1 },
      },
      publishes: {
        "order-events": ["ORDER_CREATED", "ORDER_UPDATED", "ORDER_CANCELLED"],
        "notification-events": ["ORDER_CONFIRMED", "ORDER_SHIPPED"],
      },
      consumes: {
        "order-processing-queue": { handlingTime: "50s", visibilityTimeout: "300s", maxReceiveCount: 3 },
      },
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
      serviceLevel: { availability: 99.8, latency: { percentile: 95, within: "2s" } },
    },

    product: {
      context: "ProductCatalog",
      description: "The catalogue, its pictures and the stock",
      offers: { getProduct: "read", searchProducts: "read", createProduct: "once", updateProduct: "idempotent" },
      exposes: { paths: ["/api/products", "/api/products/*"], authentication: "by-service", priority: 300 },
      owns: {
        database: {
          kind: "aurora-serverless",
          databaseName: "productservice",
          minCapacity: 0.5,
          maxCapacity: 4,
          backupRetention: "7d",
          migration,
        },
        buckets: {
          images: { corsOrigins: ["https://shop.example.com"], noncurrentVersionExpiration: "30d" },
        },
      },
      usesCache: true,
      consumes: {
        "inventory-update-queue": {
          from: {
            "order-events": {
              ORDER_CREATED: { needs: ["orderId", "items.productId", "items.quantity"] },
              ORDER_CANCELLED: { needs: ["orderId", "items.productId", "items.quantity"] },
            },
          },
          handlingTime: "30s",
          visibilityTimeout: "180s",
          maxReceiveCount: 3,
        },
      },
      scaling: { min: 2, max: 8, cpu: 70 },
      serviceLevel: { availability: 99.95, latency: { percentile: 99, within: "500ms" } },
    },

    payment: {
      context: "PaymentProcessing",
      description: "Charges, refunds and their records",
      // A charge carries the order's identifier, so that the provider knows a repetition.
      offers: { getPayment: "read", charge: "idempotent", refund: "idempotent" },
      owns: {
        database: {
          kind: "postgres",
          databaseName: "paymentservice",
          instanceClass: "db.t3.small",
          allocatedStorage: "20 GiB",
          maxAllocatedStorage: "200 GiB",
          backupRetention: "14d",
          performanceInsights: true,
          migration,
        },
      },
      publishes: { "payment-events": ["PAYMENT_COMPLETED", "PAYMENT_FAILED"] },
      consumes: {
        "payment-processing-queue": {
          from: {
            "order-events": {
              ORDER_CREATED: { needs: ["orderId", "userId", "total"] },
              ORDER_UPDATED: { needs: ["orderId", "status", "total"] },
            },
          },
          handlingTime: "50s",
          visibilityTimeout: "300s",
          maxReceiveCount: 3,
        },
      },
      scaling: { min: 2, max: 10, cpu: 70, memory: 80 },
      serviceLevel: { availability: 99.9, latency: { percentile: 95, within: "2s" } },
      internetEgress: { reason: "the payment provider's API is outside AWS" },
    },

    notification: {
      context: "Notification",
      description: "Sends e-mail and push messages",
      consumes: {
        "notification-queue": {
          from: { "payment-events": ["PAYMENT_COMPLETED", "PAYMENT_FAILED"], "notification-events": "all" },
          handlingTime: "10s",
          visibilityTimeout: "60s",
          maxReceiveCount: 5,
        },
      },
      scaling: { min: 2, max: 6, cpu: 70 },
      internetEgress: { reason: "push services and the e-mail provider are outside AWS" },
    },
  },

  sagas: {
    "order-processing": {
      description: "An order is reserved, paid and confirmed, or nothing of it stays",
      startedBy: "order",
      steps: [
        { name: "validateUser", service: "user", command: "validate-user", compensation: "release-user-lock" },
        {
          name: "getProduct",
          service: "product",
          command: "get-product",
          compensation: { unneeded: "it only reads" },
        },
        {
          name: "reserveInventory",
          service: "product",
          command: "reserve-stock",
          compensation: "release-reservation",
        },
        { name: "createOrder", service: "order", command: "create-order", compensation: "cancel-order" },
        {
          name: "processPayment",
          service: "payment",
          command: "process-payment",
          compensation: "refund-payment",
          // The payment provider may take its time, and a payment that hangs is found after half a minute.
          timeout: "2m",
          heartbeat: "30s",
          retries: 1,
        },
        {
          name: "updateInventory",
          service: "product",
          command: "confirm-reservation",
          compensation: "restore-stock",
        },
        {
          name: "sendNotification",
          service: "notification",
          command: "send-order-confirmation",
          compensation: { unneeded: "a message can't be taken back" },
          optional: true,
        },
      ],
    },
  },
});
