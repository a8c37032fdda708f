// Four contexts of an enterprise, one microservice each. This file is what a team edits.
import { message } from "../model/kinds/topic/contract";
import { defineSystem } from "../model/define-system";

const changedUser = message({ userId: "uuid", "name?": "string", "email?": "email", changedAt: "date-time" });
const changedProduct = message({ productId: "uuid", "name?": "string", "price?": "number", changedAt: "date-time" });
const items = [message({ productId: "uuid", quantity: "integer" })] as const;

/** What one of the four keeps: PostgreSQL of its own, named after its context. */
function database<Name extends string>(databaseName: Name) {
  return {
    kind: "postgres",
    databaseName,
    instanceClass: "db.t3.small",
    allocatedStorage: "20 GiB",
    maxAllocatedStorage: "200 GiB",
    backupRetention: "14d",
    migration: { command: ["node", "dist/migrate.js"] },
  } as const;
}

export const enterprise = defineSystem({
  name: "enterprise",
  tracing: { sampling: 0.1 },
  contexts: {
    UserManagement: {
      description: "Who somebody is, and what they may do",
      entities: ["User", "UserProfile", "Authentication", "Authorization"],
    },
    ProductCatalog: {
      description: "What is sold, how it is found, and what of it is reserved",
      entities: ["Product", "Category", "Brand", "ProductVariant"],
    },
    OrderManagement: {
      description: "What was ordered, how far it is, and where it goes",
      entities: ["Order", "OrderItem", "OrderStatus", "ShippingAddress"],
    },
    PaymentProcessing: {
      description: "What was paid, by which means, and what was given back",
      entities: ["Payment", "PaymentMethod", "Transaction", "Refund"],
      valueObjects: ["Money"],
    },
  },
  topics: {
    "user-events": {
      displayName: "User Events",
      events: { USER_CHANGED: { schema: changedUser }, USER_DELETED: { schema: message({ userId: "uuid" }) } },
    },
    "product-events": {
      displayName: "Product Events",
      events: {
        PRODUCT_CHANGED: { schema: changedProduct },
        INVENTORY_RESERVED: { schema: message({ orderId: "uuid", reservationId: "uuid", items }) },
      },
    },
    "order-events": {
      displayName: "Order Events",
      events: {
        ORDER_CREATED: { schema: message({ orderId: "uuid", userId: "uuid", items, total: "number" }) },
        ORDER_CREATION_FAILED: { schema: message({ orderData: message({ userId: "uuid", items }), error: "string" }) },
        ORDER_CANCELLED: { schema: message({ orderId: "uuid", reason: "string" }) },
      },
    },
    "payment-events": {
      displayName: "Payment Events",
      events: {
        PAYMENT_COMPLETED: { schema: message({ orderId: "uuid", paymentId: "uuid", amount: "number" }) },
        PAYMENT_REFUNDED: { schema: message({ orderId: "uuid", paymentId: "uuid", refundId: "uuid" }) },
      },
    },
  },
  entrances: {
    api: {
      routes: {
        "usermanagement-service": {},
        "productcatalog-service": {},
        "ordermanagement-service": {},
        "paymentprocessing-service": {},
      },
    },
  },
  services: {
    "usermanagement-service": {
      context: "UserManagement",
      description: "Accounts, profiles, and who may do what",
      offers: {
        createUser: "once",
        getUserById: "read",
        updateUser: "idempotent",
        deleteUser: "idempotent",
        authenticateUser: "idempotent",
        authorizeUser: "read",
      },
      exposes: { paths: ["/api/users", "/api/users/*"], authentication: "jwt", rateLimit: { perMinute: 1000 } },
      owns: { database: database("usermanagement_db") },
      publishes: { "user-events": ["USER_CHANGED", "USER_DELETED"] },
      scaling: { min: 2, max: 10, cpu: 70 },
      serviceLevel: { availability: 99.95, latency: { percentile: 99, within: "500ms" } },
    },

    "productcatalog-service": {
      context: "ProductCatalog",
      description: "The catalogue, the search in it, and the stock",
      offers: {
        createProduct: "once",
        getProduct: "read",
        updateProduct: "idempotent",
        searchProducts: "read",
        getProductsByCategory: "read",
        getProductVariants: "read",
      },
      exposes: {
        paths: ["/api/products", "/api/products/*"],
        authentication: "jwt",
        rateLimit: { perMinute: 2000 },
        // To the task with the fewest open requests.
        balancing: "least_outstanding_requests",
      },
      // Searches by the full-text search of PostgreSQL; a search domain (`owns.search`) costs about 300 USD a month in production.
      owns: { database: database("productcatalog_db") },
      publishes: { "product-events": ["PRODUCT_CHANGED", "INVENTORY_RESERVED"] },
      consumes: { "stock-updates": { from: { "order-events": "all" }, handlingTime: "10s", maxReceiveCount: 4 } },
      scaling: { min: 2, max: 20, cpu: 60 },
      serviceLevel: { availability: 99.95, latency: { percentile: 99, within: "500ms" } },
    },

    "ordermanagement-service": {
      context: "OrderManagement",
      description: "Takes orders and sees them through",
      offers: {
        createOrder: "once",
        getOrder: "read",
        updateOrderStatus: "idempotent",
        cancelOrder: "idempotent",
        getOrderHistory: "read",
        trackShipment: "read",
      },
      exposes: { paths: ["/api/orders", "/api/orders/*"], authentication: "jwt", rateLimit: { perMinute: 500 } },
      owns: { database: database("ordermanagement_db") },
      calls: {
        "usermanagement-service": { operations: ["getUserById"], timeout: "5s", retries: 3, backoff: "1s" },
        "productcatalog-service": { operations: ["getProduct"], timeout: "5s", retries: 3, backoff: "1s" },
        // Charging and refunding are the saga's: only the state of a payment is asked for.
        "paymentprocessing-service": { operations: ["getPaymentStatus"], timeout: "5s", retries: 3, backoff: "1s" },
      },
      publishes: { "order-events": ["ORDER_CREATED", "ORDER_CREATION_FAILED", "ORDER_CANCELLED"] },
      consumes: {
        // An order is taken at once and worked off in the background; three retries, then the dead-letter queue.
        "order-commands": { handlingTime: "30s", maxReceiveCount: 4 },
        "order-progress": {
          from: { "payment-events": "all", "product-events": { INVENTORY_RESERVED: { needs: ["orderId"] } } },
          maxReceiveCount: 4,
        },
      },
      sendsTo: ["order-commands"],
      projects: {
        User: { from: { "user-events": "all" } },
        Product: { from: { "product-events": { PRODUCT_CHANGED: { needs: ["productId"] } } }, staleness: "2m" },
      },
      scaling: { min: 2, max: 20, cpu: 60 },
      serviceLevel: { availability: 99.5, latency: { percentile: 95, within: "1s" } },
    },

    "paymentprocessing-service": {
      context: "PaymentProcessing",
      description: "Charges, refunds and their records",
      offers: {
        processPayment: "once",
        refundPayment: "once",
        getPaymentStatus: "read",
        addPaymentMethod: "once",
        getPaymentHistory: "read",
      },
      exposes: { paths: ["/api/payments", "/api/payments/*"], authentication: "jwt", rateLimit: { perMinute: 200 } },
      owns: { database: database("paymentprocessing_db") },
      publishes: { "payment-events": ["PAYMENT_COMPLETED", "PAYMENT_REFUNDED"] },
      scaling: { min: 2, max: 10, cpu: 70 },
      serviceLevel: { availability: 99.95, latency: { percentile: 99, within: "2s" } },
      internetEgress: { reason: "the payment gateway is outside AWS" },
    },
  },
  sagas: {
    "order-processing": {
      description: "An order is reserved, paid and shipped, or nothing of it happened",
      startedBy: "ordermanagement-service",
      steps: [
        {
          name: "reserve_inventory",
          service: "productcatalog-service",
          command: "reserve_items",
          compensation: "release_reservation",
        },
        {
          name: "process_payment",
          service: "paymentprocessing-service",
          command: "charge_customer",
          compensation: "refund_payment",
        },
        {
          name: "fulfill_order",
          service: "ordermanagement-service",
          command: "ship_order",
          compensation: "cancel_shipment",
        },
      ],
    },
  },
});
