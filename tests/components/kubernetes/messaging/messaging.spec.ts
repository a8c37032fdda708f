import { expect } from "chai";
import { InvalidInput, type Problem } from "../../../../components/kit";
import type { MessagingArgs } from "../../../../components/kubernetes/messaging";
import { definitionsOf, passwordHash } from "../../../../components/kubernetes/messaging/definitions";
import { validateMessaging } from "../../../../components/kubernetes/messaging/validate";
import { type Deployment, outputOf } from "../../../../offline/providers/mocks";
import { violationsIn } from "../../../policy/support/judged";
import { childrenOf, paths } from "../../aws/database/support";
import { deployed, shop } from "./shop";

const TYPE = "archipelago:kubernetes:Messaging";
const JOB = "kubernetes:batch/v1:Job";
const POLICY = "kubernetes:networking.k8s.io/v1:NetworkPolicy";

interface Object {
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly spec: Record<string, unknown>;
}
const objectOf = (deployment: Deployment<unknown>, type: string, name: string): Object =>
  deployment.one(type, name).inputs as unknown as Object;

describe("kubernetes messaging: Messaging", () => {
  let standard: Awaited<ReturnType<typeof deployed>>;
  before(async () => {
    standard = await deployed();
  });

  it("creates exactly these children", () => {
    expect(childrenOf(standard, standard.one(TYPE))).to.deep.equal([
      "Certificate messaging-ca",
      "Certificate messaging-tls",
      "ConfigMap messaging-import",
      "Issuer messaging-ca-issuer",
      "Issuer messaging-self-signed",
      "Job messaging-import",
      "NetworkPolicy messaging-import",
      "NetworkPolicy messaging-nodes",
      "PodDisruptionBudget messaging",
      "RabbitmqCluster messaging",
      "RandomPassword messaging-notification-user",
      "RandomPassword messaging-order-user",
      "RandomPassword messaging-payment-user",
      "RandomPassword messaging-product-user",
      "Secret messaging-import",
      "Secret messaging-notification-user",
      "Secret messaging-order-user",
      "Secret messaging-payment-user",
      "Secret messaging-product-user",
      "ServiceAccount messaging-import",
    ]);
  });

  it("violates no rule of any pack", async () => {
    const digest = `@sha256:${"0".repeat(64)}`;
    const { resources } = await deployed({ importImage: `docker.io/library/node:22-alpine${digest}` });
    expect(await violationsIn(resources)).to.deep.equal([]);
  });

  it("orders three nodes over TLS only, as the Pod Security Standard restricted asks", () => {
    const { metadata, spec } = objectOf(standard, "kubernetes:rabbitmq.com/v1beta1:RabbitmqCluster", "messaging");
    expect(metadata).to.deep.include({ name: "messaging", namespace: "shop-dev" });
    expect(spec).to.deep.include({
      replicas: 3,
      image: "docker.io/library/rabbitmq:4.2-management",
      tls: { secretName: "messaging-tls", disableNonTLSListeners: true },
      persistence: { storage: "10240Mi" },
      service: { type: "ClusterIP" },
    });
    const { override } = spec as { override: { statefulSet: { spec: { template: { spec: unknown } } } } };
    const securityContext = {
      allowPrivilegeEscalation: false,
      privileged: false,
      readOnlyRootFilesystem: false,
      runAsNonRoot: true,
      capabilities: { drop: ["ALL"] },
    };
    expect(override.statefulSet.spec.template.spec).to.deep.equal({
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
      containers: [{ name: "rabbitmq", securityContext }],
      initContainers: [{ name: "setup-container", securityContext }],
    });
  });

  it("protects the broker, unless it may be lost; a single node has no budget for disruptions", async () => {
    const cluster = "kubernetes:rabbitmq.com/v1beta1:RabbitmqCluster";
    expect(standard.one(cluster).options).to.deep.include({ protect: true });
    const single = await deployed({ nodes: 1, protectData: false });
    expect(single.one(cluster).options).not.to.have.property("protect");
    expect(single.ofType("kubernetes:policy/v1:PodDisruptionBudget")).to.deep.equal([]);
  });

  it("opens the nodes to each other and to the Job, and nothing else", () => {
    const nodes = { "app.kubernetes.io/name": "messaging", "app.kubernetes.io/component": "rabbitmq" };
    const jobs = { "app.kubernetes.io/name": "messaging-import", "app.kubernetes.io/component": "job" };
    const own = objectOf(standard, POLICY, "messaging-nodes").spec;
    expect(own.podSelector).to.deep.equal({ matchLabels: nodes });
    expect(own.ingress).to.deep.equal([
      {
        from: [{ podSelector: { matchLabels: nodes } }],
        ports: [
          { port: 4369, protocol: "TCP" },
          { port: 25672, protocol: "TCP" },
          { port: 35672, endPort: 35682, protocol: "TCP" },
        ],
      },
      { from: [{ podSelector: { matchLabels: jobs } }], ports: [{ port: 15671, protocol: "TCP" }] },
    ]);
    const job = objectOf(standard, POLICY, "messaging-import").spec;
    expect(job.podSelector).to.deep.equal({ matchLabels: jobs });
    expect(job.ingress).to.deep.equal([]);
  });

  it("names the Job after the definitions, and shows no password", () => {
    const nameOf = (deployment: Deployment<unknown>) => objectOf(deployment, JOB, "messaging-import").metadata.name;
    expect(nameOf(standard)).to.match(/^messaging-import-[0-9a-f]{10}$/);
    const { one } = standard;
    const text = JSON.stringify([one(JOB).inputs, one("kubernetes:core/v1:ConfigMap").inputs]);
    for (const { inputs } of standard.ofType("random:index/randomPassword:RandomPassword"))
      expect(inputs).to.include({ length: 40 });
    for (const { outputs } of standard.ofType("random:index/randomPassword:RandomPassword"))
      expect(text).not.to.contain(outputs.result);
  });

  it("grants a service its connection and the names of its channels", async () => {
    const { result } = standard;
    const connect = result.grantConnect("order");
    expect(await outputOf(connect.environment ?? {})).to.deep.equal({
      RABBITMQ_HOST: "messaging.shop-dev.svc",
      RABBITMQ_PORT: "5671",
      RABBITMQ_VHOST: "messaging",
      RABBITMQ_USERNAME: "order",
      RABBITMQ_TLS: "true",
      RABBITMQ_CA_FILE: "/etc/archipelago/messaging/ca.crt",
    });
    const secrets = await outputOf(connect.secrets ?? {});
    expect(secrets).to.have.nested.include({
      "RABBITMQ_PASSWORD.secretName": "messaging-order-user",
      "RABBITMQ_PASSWORD.key": "password",
    });
    expect(secrets)
      .to.have.nested.property("RABBITMQ_PASSWORD.revision")
      .that.matches(/^[0-9a-f]{10}$/);
    expect(connect.reaches).to.deep.equal([
      {
        to: "messaging",
        port: 5671,
        pods: { labels: { "app.kubernetes.io/name": "messaging", "app.kubernetes.io/component": "rabbitmq" } },
      },
    ]);
    // The same variables as on AWS.
    expect(result.grantPublish("order", "order-events").environment).to.deep.equal({
      ORDER_EVENTS_TOPIC_ARN: "order-events",
      ORDER_EVENTS_TOPIC_EVENT_TYPES: "ORDER_CREATED,ORDER_UPDATED,ORDER_CANCELLED",
    });
    const queue = { ORDER_PROCESSING_QUEUE_URL: "order-processing-queue" };
    expect(result.grantSend("order", "order-processing-queue").environment).to.deep.equal(queue);
    expect(result.grantConsume("order", "order-processing-queue").environment).to.deep.equal(queue);
  });

  it("refuses grants that no user declares", () => {
    const { result } = standard;
    const refused = [
      () => result.grantConnect("nobody"),
      () => result.grantPublish("product", "order-events"),
      () => result.grantSend("product", "order-processing-queue"),
      () => result.grantConsume("order", "payment-processing-queue"),
    ];
    expect(refused.map(problemOf)).to.deep.equal([
      "user",
      "users.product.publishes",
      "users.product.sends",
      "users.order.consumes",
    ]);
  });

  it("shows a preview while passwords are unknown", async () => {
    const preview = await deployed({}, true);
    expect(preview.one(JOB).inputs).to.have.property("spec");
  });
});

function problemOf(attempt: () => unknown): string {
  try {
    attempt();
  } catch (error) {
    if (error instanceof InvalidInput) return error.problems.map(({ path }) => path).join();
    throw error;
  }
  return "allowed";
}

describe("kubernetes messaging: definitions", () => {
  it("hash a password as RabbitMQ does: four bytes of salt, then SHA-256 of salt and password", () => {
    const bytes = Buffer.from(passwordHash("secret"), "base64");
    expect(bytes).to.have.length(36);
    expect(passwordHash("secret")).to.equal(passwordHash("secret"));
    expect(passwordHash("other")).not.to.equal(passwordHash("secret"));
  });

  it("put in a policy what may change, and in the arguments of a queue what may not", () => {
    const { policies, queues } = definitionsOf("m", shop, {});
    const own = policies.find(({ name }) => name === "payment-processing-queue");
    expect(own).to.deep.include({ pattern: "^(payment-processing-queue)$", "apply-to": "queues" });
    expect(own?.definition).to.deep.equal({
      "delivery-limit": 2,
      "message-ttl": 86_400_000,
      "consumer-timeout": 300_000,
      "dead-letter-exchange": "dead-letter",
      "dead-letter-routing-key": "payment-processing-queue",
      "dead-letter-strategy": "at-least-once",
      overflow: "reject-publish",
    });
    // RabbitMQ looks at timeouts once a minute.
    const soon = policies.find(({ name }) => name === "notification-queue");
    expect(soon?.definition["consumer-timeout"]).to.equal(60_000);
    expect(new Set(queues.map(({ arguments: given }) => JSON.stringify(given)))).to.deep.equal(
      new Set(['{"x-queue-type":"quorum"}']),
    );
  });
});

describe("kubernetes messaging: bad arguments", () => {
  const problems = (change: Partial<MessagingArgs>, name = "messaging"): Problem[] =>
    validateMessaging(name, { ...shop, ...change });

  it("are none in the shop's", () => {
    expect(problems({})).to.deep.equal([]);
  });

  it("are found all at once", () => {
    const found = problems(
      {
        nodes: 2,
        image: "rabbitmq",
        memory: "256 MiB",
        storage: "1 GiB",
        queues: {
          ...shop.queues,
          "order-events": { visibilityTimeout: "13h", maxReceiveCount: 0, delay: "16m", retention: "15d" },
        },
        topics: [...shop.topics, "order-events", "dead-letter"],
        subscriptions: [
          ...shop.subscriptions,
          { topic: "order-events", queue: "inventory-update-queue" },
          { topic: "gone", queue: "gone", eventTypes: ["a.b"] },
        ],
        users: { ...shop.users, Late: { publishes: { gone: [] }, sends: ["gone"], consumes: ["gone"] } },
      },
      "Messaging",
    );
    expect(paths(found)).to.deep.equal([
      "name",
      "queues.order-events",
      "queues.order-events.visibilityTimeout",
      "queues.order-events.retention",
      "queues.order-events.delay",
      "queues.order-events.maxReceiveCount",
      "topics[3]",
      "topics[4]",
      "subscriptions[4]",
      "subscriptions[5].topic",
      "subscriptions[5].queue",
      "subscriptions[5].eventTypes",
      "users.Late",
      "users.Late.publishes.gone",
      "users.Late.publishes.gone",
      "users.Late.sends[0]",
      "users.Late.consumes[0]",
      "nodes",
      "image",
      "memory",
      "storage",
    ]);
  });
});
