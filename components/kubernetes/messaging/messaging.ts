// Queues and topics of a system on one broker. The topology is data (definitions.ts) that a Job loads, not a resource for each queue: RabbitMQ
// takes all of it at once, and an update changes it without losing a message.
import * as pulumi from "@pulumi/pulumi";
import { InvalidInput, throwIfAny } from "../../kit";
import { createCredential, type Credential, type Grant, inCluster, type Signal } from "../kit";
import type { MessagingArgs, MessagingOutputs, UserSettings } from "./args";
import { type ClusterNodes, createCluster, hostOf, type Owner, podLabels } from "./cluster";
import { definitionsOf } from "./definitions";
import { connectGrant, type GrantedBroker, PORT, publishGrant, queueGrant, undeclared, unknownUser } from "./grants";
import { createImport, type ImportNodes } from "./import-job";
import { messagingSignals } from "./signals";
import { validateMessaging } from "./validate";

const TYPE = "archipelago:kubernetes:Messaging";

/**
 * A RabbitMQ cluster by its operator, with a topic exchange a topic, a quorum queue with a dead-letter queue a queue, and a user a service,
 * over TLS only. It costs what its pods and volumes take of the cluster. Fewer nodes, a smaller volume and `singleActiveConsumer` of a queue
 * that exists can't be changed in place; everything else can, without the loss of a message.
 *
 * @example
 * new Messaging("messaging", {
 *   placement: { namespace: "shop-dev" },
 *   queues: { "payment-queue": { visibilityTimeout: "5m", maxReceiveCount: 3 } },
 *   topics: ["order-events"],
 *   subscriptions: [{ topic: "order-events", queue: "payment-queue", eventTypes: ["ORDER_CREATED"] }],
 *   users: { order: { publishes: { "order-events": ["ORDER_CREATED"] } }, payment: { consumes: ["payment-queue"] } },
 * }, { provider });
 */
export class Messaging extends pulumi.ComponentResource implements MessagingOutputs {
  readonly host: pulumi.Output<string>;
  readonly port: pulumi.Output<number>;
  readonly virtualHost: pulumi.Output<string>;
  readonly signals: readonly Signal[];
  /** The children; users by their names. */
  readonly nodes: ClusterNodes & ImportNodes & { readonly users: Readonly<Record<string, Credential>> };

  constructor(
    private readonly name: string,
    private readonly args: MessagingArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super(TYPE, name, {}, inCluster(`${TYPE} "${name}"`, opts));
    throwIfAny(`${TYPE} "${name}"`, validateMessaging(name, args));
    const owner = { parent: this, name, args };
    const users = Object.fromEntries(Object.keys(args.users).map((user) => [user, credentialOf(owner, user)]));
    const cluster = createCluster(owner);
    const passwords = pulumi.all(
      Object.fromEntries(Object.entries(users).map(([user, { password }]) => [user, password.result])),
    );
    const definitions = passwords.apply((known) => definitionsOf(name, args, known));
    this.nodes = { ...cluster, ...createImport(owner, cluster, definitions), users };
    this.host = hostOf(name, args);
    this.port = pulumi.output(PORT);
    this.virtualHost = pulumi.output(name);
    this.signals = args.monitoring ? messagingSignals(name, args) : [];
    const { host, port, virtualHost } = this;
    this.registerOutputs({ host, port, virtualHost });
  }

  grantConnect(user: string): Grant {
    const credential = this.nodes.users[user];
    if (!credential)
      throw new InvalidInput(`${TYPE} "${this.name}"`, [unknownUser(user, Object.keys(this.args.users))]);
    const { secret, revision } = credential;
    return connectGrant(this.broker, user, { secretName: secret.metadata.name, revision });
  }

  grantPublish(user: string, topic: string): Grant {
    const types = this.args.users[user]?.publishes?.[topic];
    return types === undefined ? this.refuse(user, "publishes", topic) : publishGrant(topic, types);
  }

  grantSend(user: string, queue: string): Grant {
    const declared = this.args.users[user]?.sends?.includes(queue) === true;
    return declared ? queueGrant(queue) : this.refuse(user, "sends", queue);
  }

  grantConsume(user: string, queue: string): Grant {
    const declared = this.args.users[user]?.consumes?.includes(queue) === true;
    return declared ? queueGrant(queue) : this.refuse(user, "consumes", queue);
  }

  private refuse(user: string, right: keyof UserSettings, channel: string): never {
    throw new InvalidInput(`${TYPE} "${this.name}"`, [undeclared(user, right, channel)]);
  }

  private get broker(): GrantedBroker {
    const { name, host, virtualHost } = this;
    const { certificate, job } = this.nodes;
    return {
      name,
      host,
      virtualHost,
      labels: podLabels(name),
      caSecretName: certificate.secretName,
      startsAfter: [job],
    };
  }
}

/** The password of a user, and the Secret that it is in. */
function credentialOf({ parent, name, args: { placement, transform } }: Owner, user: string): Credential {
  const labels = { ...podLabels(name), "archipelago/user": user };
  return createCredential({ parent, name: `${name}-${user}-user`, placement, labels, username: user, transform });
}
