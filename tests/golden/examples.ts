// The fullest example of each component: every argument that makes, leaves out or changes a resource is said.
import { join } from "node:path";
import * as kubernetes from "@pulumi/kubernetes";
import { Cache } from "../../components/aws/cache";
import { Cluster, LoadBalancer } from "../../components/aws/cluster";
import { PostgresDatabase, ServerlessDatabase } from "../../components/aws/database";
import { LambdaFunction, LegacyTarget } from "../../components/aws/function";
import { ApiGateway, Firewall, HttpGateway } from "../../components/aws/gateway";
import { EventRegistry, Messaging } from "../../components/aws/messaging";
import { Microservice, type MicroserviceArgs, OneOffTask } from "../../components/aws/microservice";
import { EncryptionKey } from "../../components/aws/kit";
import { KubernetesCluster, PodRoute } from "../../components/aws/kubernetes-cluster";
import { ExistingNetwork, Network } from "../../components/aws/network";
import { NetworkPolicyEnforcement } from "../../components/kubernetes/namespace";
import {
  AlarmGroup,
  AlarmTopic,
  allCharts,
  Dashboard,
  EventMetrics,
  LogQueries,
  ServiceObjectives,
  RecoveryMessages,
  Tracing,
} from "../../components/aws/observability";
import { GeneratedSecrets } from "../../components/aws/secret";
import { AnalyticsStore } from "../../components/aws/analytics";
import { DocumentDatabase } from "../../components/aws/documents";
import { SearchDomain } from "../../components/aws/search";
import { ObjectStore } from "../../components/aws/storage";
import { Stream } from "../../components/aws/stream";
import { UserPool } from "../../components/aws/user-pool";
import { Job } from "../../components/aws/job";
import { Table } from "../../components/aws/table";
import { sagaDefinition, Workflow } from "../../components/aws/workflow";
import type { Place } from "./graph";

/** Where the examples stand; what they are given by identifier is in tests/support/standing.ts. */
export const place: Place = { accountId: "123456789012", region: "eu-central-1" };

const placement = { partition: "aws", ...place };
const arn = (service: string, resource: string): string =>
  `arn:aws:${service}:${place.region}:${place.accountId}:${resource}`;
const alarmTopicArn = arn("sns", "alarms");
const QUEUE_URL = `https://sqs.${place.region}.amazonaws.com/${place.accountId}/commands`;
const STEP = { queueUrl: QUEUE_URL, timeout: "2m", retries: 0 } as const;
const network = {
  vpcId: "vpc-1",
  cidr: "10.0.0.0/16",
  privateSubnetIds: ["subnet-1", "subnet-2"],
  isolatedSubnetIds: ["subnet-a", "subnet-b"],
  publicSubnetIds: ["subnet-c", "subnet-d"],
};
const cluster = {
  clusterArn: arn("ecs", "cluster/shop"),
  clusterName: "shop",
  namespaceArn: arn("servicediscovery", "namespace/ns-1"),
  namespaceName: "microservices.local",
  capacityProviderStrategy: [
    { capacityProvider: "FARGATE", base: 1, weight: 1 },
    { capacityProvider: "FARGATE_SPOT", weight: 3 },
  ],
};
const image = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/shop/order:1.4.2";
const tags = { Team: "shop" };
const stored = { placement, network, alarmTopicArn, tags } as const;

const service = {
  placement,
  cluster,
  network,
  alarmTopicArn,
  tags,
  cpu: 512,
  memory: "1 GiB",
  architecture: "ARM64",
  environment: { LEVEL: "info" },
  requestTimeout: "40s",
  collector: { image: "123456789012.dkr.ecr.eu-central-1.amazonaws.com/aws-otel-collector:v0.43.3", stack: "shop" },
  user: "1000:1000",
  writablePaths: ["/var/cache", { path: "/run/app", size: "16 MiB", allowExecution: true }],
  containerHealthCheck: { command: ["CMD", "/app/health"] },
  startTime: "2m",
  stopTimeout: "60s",
  ephemeralStorage: "30 GiB",
  routing: {
    listenerArn: arn("elasticloadbalancing", "listener/app/shop/1/2"),
    loadBalancerSecurityGroupId: "sg-alb",
    loadBalancerArnSuffix: "app/shop/1",
    paths: ["/orders", "/orders/*"],
    host: "api.example.com",
    priority: 10,
    jwt: {
      issuer: "https://id.example.com",
      jwksEndpoint: "https://id.example.com/jwks.json",
      audience: "https://api.example.com",
      scopes: ["orders"],
      claims: { tenant: { format: "single-string", values: ["a", "b"] } },
    },
    healthCheck: { path: "/ready", interval: "10s", timeout: "3s" },
    deregistrationDelay: "60s",
    slowStart: "30s",
  },
  scaling: {
    min: 2,
    max: 10,
    cpu: 60,
    memory: 70,
    requestsPerTarget: 600,
    queue: {
      queueName: "orders",
      steps: [
        { from: 0, change: -1 },
        { from: 10, change: 2 },
        { from: 50, change: 5 },
      ],
    },
    schedules: { morning: { schedule: "cron(0 8 ? * MON-FRI *)", timezone: "Europe/Berlin", min: 4, max: 10 } },
  },
  grants: {
    endpoints: { reaches: [{ port: 443, to: "endpoints", securityGroupId: "sg-endpoints", isOpen: true }] },
    database: {
      reaches: [{ port: 5432, to: "db", securityGroupId: "sg-db" }],
      environment: { DB_HOST: "db.example.com" },
      statements: [{ Sid: "Connect", Action: "rds-db:connect", Resource: arn("rds-db", "dbuser:db-1/app") }],
    },
    partner: { reaches: [{ port: 443, cidr: "203.0.113.0/24" }] },
  },
  secrets: {
    TOKEN: { arn: arn("secretsmanager", "secret:token-AbCdEf"), field: "token", kmsKeyArn: arn("kms", "key/1") },
  },
} satisfies Omit<MicroserviceArgs, "image" | "build">;

const { alarmTopicArn: _alarms, ...task } = service;

const balancerMetric = (name: string) =>
  ({
    namespace: "AWS/ApplicationELB",
    name,
    dimensions: { LoadBalancer: "app/shop/1" },
    statistic: "Sum",
    unit: "count",
    period: 60,
  }) as const;

/** The objectives of a service behind a load balancer. */
const objectives = () =>
  new ServiceObjectives("order", {
    placement,
    availability: 99.8,
    latency: { percentile: 95, within: 2 },
    requests: [balancerMetric("RequestCount")],
    errors: [balancerMetric("HTTPCode_Target_5XX_Count")],
    times: [{ ...balancerMetric("TargetResponseTime"), unit: "seconds" }],
    tags,
  });

/** Programs by the name of their file. */
export const examples: Readonly<Record<string, () => unknown>> = {
  "alarm-group": () =>
    new AlarmGroup("order-failing", {
      placement,
      alarmName: "shop-order-failing",
      description: "order fails its callers now",
      anyOf: objectives().conditions("urgent"),
      alarmTopicArn,
      tags,
    }),
  "alarm-topic": () =>
    new AlarmTopic("alarms", {
      placement,
      email: "team@example.com",
      webhookUrl: "https://hooks.example.com/alarms",
      displayName: "Shop",
      tags,
    }),
  cache: () =>
    new Cache("cache", { ...stored, users: ["order", "user"], engine: "valkey", engineVersion: "8.0", nodes: 3 }),
  cluster: () =>
    new Cluster("cluster", {
      placement,
      network,
      alarmTopicArn,
      tags,
      capacity: { base: 1, onDemandWeight: 1, spotWeight: 3 },
      containerInsights: "enhanced",
      internetFacing: true,
      idleTimeout: "2m",
      jwtValidation: true,
      https: { domainName: "api.example.com", hostedZoneId: "Z0123456789" },
    }),
  "encryption-key": () =>
    new EncryptionKey("secrets", { placement, description: "Secrets", logs: true, deletionWindowInDays: 7 }),
  "event-registry": () =>
    new EventRegistry("contracts", {
      placement,
      description: "Events of the shop",
      contracts: {
        "orders.CREATED": { version: "1.0", schema: { type: "object", properties: { id: { type: "string" } } } },
      },
      tags,
    }),
  "legacy-target": () =>
    new LegacyTarget("orders", {
      placement,
      url: "https://old.example.com",
      healthPath: "/ping",
      concurrency: 20,
      loadBalancerArnSuffix: "app/shop/50dc6c495c0c9188",
      logRetentionInDays: 90,
      alarmTopicArn: "arn:aws:sns:eu-central-1:123456789012:alarms",
      tags: { Service: "order" },
    }),
  "http-gateway": () =>
    new HttpGateway("mobile", {
      placement,
      network: { vpcId: "vpc-1", privateSubnetIds: ["subnet-1", "subnet-2"] },
      origin: {
        listenerArn: arn("elasticloadbalancing", "listener/app/alb/50dc6c495c0c9188/f2f7dc8efc522ab2"),
        loadBalancerSecurityGroupId: "sg-alb",
        serverName: "services.example.com",
        port: 443,
      },
      issuer: "https://id.example.com",
      routes: { orders: { paths: ["/api/orders/*"], tokens: { audience: "shop", scopes: ["orders/read"] } } },
      cors: { origins: ["https://shop.example.com"] },
      domain: { name: "mobile.example.com", hostedZoneId: "Z0123456789" },
      alarmTopicArn,
      tags,
    }),
  "api-gateway": () =>
    new ApiGateway("entrance", {
      placement,
      network: { vpcId: "vpc-1", privateSubnetIds: ["subnet-1", "subnet-2"] },
      origin: {
        loadBalancerArn: arn("elasticloadbalancing", "loadbalancer/app/alb/50dc6c495c0c9188"),
        loadBalancerSecurityGroupId: "sg-alb",
        url: "https://services.example.com",
        port: 443,
      },
      routes: {
        orders: { paths: ["/api/orders/*"], bodies: { "POST /api/orders/refunds": { type: "object" } } },
        partners: { paths: ["/api/partners"], requiresKey: true },
      },
      cors: { origins: ["https://shop.example.com"] },
      clients: ["warehouse"],
      domain: { name: "api.example.com", hostedZoneId: "Z0123456789" },
      alarmTopicArn,
      tags,
    }),
  dashboard: () =>
    new Dashboard("shop", {
      placement,
      dashboardName: "shop",
      text: "# Shop",
      alarmArns: [arn("cloudwatch", "alarm:shop")],
      sections: [{ title: "order", charts: [allCharts({ title: "order", signals: objectives().signals })] }],
      logGroupNames: ["order"],
    }),
  "event-metrics": () =>
    new EventMetrics("business", {
      placement,
      namespace: "shop/Business",
      events: ["order", "import"].map((publisher) => ({
        metric: "OrdersCreated",
        eventType: "ORDER_CREATED",
        publisher,
        logGroupName: publisher,
      })),
    }),
  "existing-network": () =>
    new ExistingNetwork("network", {
      ...{ placement, tags, ...network, endpoints: { make: ["sqs", "ecr.api"] }, s3PrefixListId: "pl-1" },
      internetEgress: true,
    }),
  firewall: () =>
    new Firewall("firewall", {
      placement,
      resourceArn: arn("elasticloadbalancing", "loadbalancer/app/alb/50dc6c495c0c9188"),
      resourceName: "alb",
      routes: { orders: { paths: ["/orders/*"], perMinute: 100 } },
      largeBodies: { uploads: { paths: ["/uploads/*"], maxSize: "10 MiB" } },
      tags,
    }),
  "generated-secrets": () =>
    new GeneratedSecrets("order", { placement, secrets: { TOKEN: { length: 32 }, SALT: { length: 64 } }, tags }),
  "lambda-function": () =>
    new LambdaFunction("monitor", {
      placement,
      description: "Looks for errors",
      code: { entry: join(__dirname, "handler.ts") },
      environment: { THRESHOLD: "10" },
      grants: { alarms: { statements: [{ Action: "sns:Publish", Resource: alarmTopicArn }] } },
      every: "5m",
      alarmTopicArn,
      tags,
    }),
  "lambda-function-in-a-vpc": () => {
    const stream = new Stream("events", { placement });
    const table = new Table("programs", { placement, partitionKey: "id", changes: "new" });
    return new LambdaFunction("update", {
      placement,
      description: "Brings the cache up to date",
      code: { entry: join(__dirname, "handler.ts") },
      network,
      grants: { cache: { reaches: [{ port: 6379, to: "cache", securityGroupId: "sg-db" }] } },
      sources: {
        events: { streamArn: stream.streamArn, grant: stream.grantConsume(), window: "1s", parallel: 2 },
        programs: {
          ...{ streamArn: table.streamArn ?? "", grant: table.grantReadChanges(), from: "newest", retries: 2 },
          ...{ maxAge: "1h", filter: [{ eventName: ["INSERT"] }] },
        },
      },
      alarmTopicArn,
      tags,
    });
  },
  job: () => {
    const report = new OneOffTask("report", {
      placement,
      cluster,
      network,
      image,
      grants: service.grants,
      command: ["report"],
    });
    return new Job("report", {
      placement,
      description: "Writes the report",
      schedule: "cron(0 3 * * ? *)",
      timezone: "Europe/Berlin",
      target: { task: report, cluster, network },
      retries: 5,
      maxAge: "2h",
      alarmTopicArn,
      tags,
    });
  },
  messaging: () =>
    new Messaging("messaging", {
      placement,
      alarmTopicArn,
      tags,
      queues: {
        work: { visibilityTimeout: "30s", maxReceiveCount: 3, retention: "7d", maxAge: "1h", delay: "10s" },
        ordered: { visibilityTimeout: "30s", maxReceiveCount: 5, fifo: { highThroughput: true } },
      },
      topics: { events: { displayName: "Events" }, steps: { fifo: { contentBasedDeduplication: true } } },
      subscriptions: [
        { topic: "events", queue: "work", eventTypes: ["CREATED", "CHANGED"], raw: true },
        { topic: "steps", queue: "ordered" },
      ],
    }),
  microservice: () => new Microservice("order", { ...service, image }),
  "microservice-that-is-built": () =>
    new Microservice("order", { ...service, logRetentionInDays: 7, build: { context: "./app", target: "run" } }),
  network: () =>
    new Network("network", {
      placement,
      cidr: "10.0.0.0/16",
      zones: ["eu-central-1a", "eu-central-1b", "eu-central-1c"],
      masks: { public: 26, private: 22, isolated: 26 },
      nat: "per-zone",
      endpoints: ["sqs", "ecr.api"],
      endpointZones: 2,
      tags,
    }),
  "network-with-a-nat-instance": () =>
    new Network("network", {
      placement,
      cidr: "10.0.0.0/16",
      zones: ["eu-central-1a", "eu-central-1b"],
      nat: { instanceType: "t4g.nano" },
      tags,
    }),
  "kubernetes-cluster": () => {
    const eks = new KubernetesCluster("shop", {
      placement,
      network,
      publicAccessCidrs: ["198.51.100.0/24"],
      administrators: { deploy: `arn:aws:iam::${place.accountId}:role/deploy` },
      viewers: { support: `arn:aws:iam::${place.accountId}:role/support` },
      tags,
    });
    const grants = { orders: { statements: [{ Action: "sqs:SendMessage", Resource: arn("sqs", "orders") }] } };
    eks.identify("order", { namespace: "shop-prod", serviceAccount: "order", grants });
    const balancer = new LoadBalancer("shop", { placement, network, tags });
    eks.admit("load-balancer", { securityGroupId: balancer.loadBalancerSecurityGroupId, port: 8080 });
    eks.letIn("orders-db", { securityGroupId: "sg-1", port: 5432 });
    const { kubeconfig, endpoint: clusterIdentifier, clusterName } = eks;
    const providers = [new kubernetes.Provider("shop", { kubeconfig, clusterIdentifier })];
    new NetworkPolicyEnforcement("network-policies", {}, { providers });
    const { listenerArn, loadBalancerArnSuffix, loadBalancerSecurityGroupId } = balancer;
    const routing = {
      listenerArn,
      loadBalancerArnSuffix,
      loadBalancerSecurityGroupId,
      paths: ["/orders/*"],
      priority: 100,
    };
    const service = { namespace: "shop-prod", serviceName: "order", port: 8080 };
    new PodRoute("order", { placement, network, clusterName, ...service, routing, tags }, { providers });
  },
  "object-store": () =>
    new ObjectStore("images", {
      placement,
      corsOrigins: ["https://shop.example.com"],
      noncurrentVersionExpiration: "90d",
      accessLogs: { bucketName: "access-logs" },
      tags,
    }),
  "one-off-task": () => {
    const { routing: _routing, scaling: _scaling, requestTimeout: _timeout, startTime: _start, ...args } = task;
    const { containerHealthCheck: _check, collector: _collector, ...rest } = args;
    return new OneOffTask("order-migration", { ...rest, image, command: ["node", "migrate.js"] });
  },
  "postgres-database": () =>
    new PostgresDatabase("order-db", {
      ...stored,
      databaseName: "orders",
      engineVersion: "17",
      instanceClass: "db.r6g.large",
      allocatedStorage: "100 GiB",
      maxAllocatedStorage: "1 TiB",
      multiAz: true,
    }),
  "log-queries": () => new LogQueries("queries", { placement, folder: "shop", logGroupNames: ["order", "payment"] }),
  "service-objectives": objectives,
  workflow: () =>
    new Workflow("checkout", {
      placement,
      definition: sagaDefinition(
        {
          name: "checkout",
          description: "An order is paid and sent",
          outcomeQueueUrl: QUEUE_URL,
          steps: [
            { ...STEP, name: "pay", command: "pay", compensation: "refund", heartbeat: "30s", retries: 2 },
            { ...STEP, name: "send", command: "send" },
            { ...STEP, name: "confirm", command: "confirm", optional: true },
          ],
        },
        "aws",
      ),
      grants: { queue: { statements: [{ Action: "sqs:SendMessage", Resource: arn("sqs", "commands") }] } },
      slowAfter: "1h",
      alarmTopicArn,
      tags,
    }),
  tracing: () => new Tracing("tracing", { placement, groupName: "shop", stack: "shop", sampling: 0.1, tags }),
  "serverless-database": () =>
    new ServerlessDatabase("product-db", {
      ...stored,
      databaseName: "products",
      minCapacity: 1,
      maxCapacity: 8,
      readers: 2,
    }),
  "analytics-store": () => new AnalyticsStore("sales", { placement, queryLimit: "20 GiB", alarmTopicArn, tags }),
  "document-database": () =>
    new DocumentDatabase("articles", { placement, network, instances: 3, backupRetention: "14d", alarmTopicArn, tags }),
  stream: () => new Stream("events", { placement, retention: "3d", maxAge: "1h", alarmTopicArn, tags }),
  "recovery-messages": () =>
    new RecoveryMessages("recovery", { placement, alarmNames: "shop-prod-*", alarmTopicArn, tags }),
  "user-pool": () =>
    new UserPool("people", {
      placement,
      domainPrefix: "shop-prod-3f1c",
      clients: {
        web: { callbackUrls: ["https://shop.example.com/signed-in"], logoutUrls: ["https://shop.example.com/"] },
        mobile: { callbackUrls: ["shop://signed-in"], scopes: ["orders/read"] },
      },
      tags,
    }),
  "search-domain": () =>
    new SearchDomain("products", { placement, network, zones: 2, nodes: 4, volume: "50 GiB", alarmTopicArn, tags }),
  table: () =>
    new Table("events", {
      placement,
      partitionKey: "programId",
      sortKey: "messageId",
      indexes: { "by-customer": { partitionKey: { name: "customerId", type: "number" }, shows: ["checksum"] } },
      expiresBy: "expiresAt",
      changes: "new",
      recoveryPeriod: "14d",
      alarmTopicArn,
      tags,
    }),
};
