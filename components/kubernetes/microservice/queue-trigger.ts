// Objects that let KEDA read the length of a RabbitMQ queue: authentication with the consumer's connection, and network access to the broker.
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { InvalidInput, throwIfAny, transformed, wholeNumber } from "../../kit";
import {
  type Grant,
  inCluster,
  ingressFrom,
  metadataOf,
  type Reach,
  type ScalingTrigger,
  type SecretKey,
} from "../kit";
import type { QueueTriggerArgs } from "./args";

const TYPE = "archipelago:kubernetes:QueueTrigger";

/** The children of a trigger. */
export interface QueueTriggerNodes {
  readonly settings: kubernetes.core.v1.ConfigMap;
  readonly authentication: kubernetes.apiextensions.CustomResource;
  /** Lets KEDA in at the broker. */
  readonly networkPolicy: kubernetes.networking.v1.NetworkPolicy;
}

/**
 * A trigger for a service's `scaling`: a pod for each number of messages in a queue. KEDA connects with the rights of the service, which
 * include reading the length of its own queue.
 *
 * @example
 * const { trigger } = new QueueTrigger("order", {
 *   placement, broker: messaging.grantConnect("order"), queue: "order-queue", messages: 10, scalerNamespace: "keda",
 * }, { provider });
 */
export class QueueTrigger extends pulumi.ComponentResource {
  readonly trigger: ScalingTrigger;
  /** The children. */
  readonly nodes: QueueTriggerNodes;

  constructor(name: string, args: QueueTriggerArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TYPE, name, {}, inCluster(`${TYPE} "${name}"`, opts));
    throwIfAny(`${TYPE} "${name}"`, wholeNumber("messages", args.messages, 1, 1e9));
    const connection = connectionOf(`${TYPE} "${name}"`, args.broker);
    this.nodes = createNodes(name, args, connection, this);
    const { environment } = connection;
    const { RABBITMQ_HOST: host = "", RABBITMQ_PORT: port = "", RABBITMQ_VHOST: vhostName = "" } = environment;
    this.trigger = {
      type: "rabbitmq",
      metadata: {
        ...{ protocol: "amqp", queueName: args.queue, mode: "QueueLength", value: String(args.messages), vhostName },
        host: pulumi.interpolate`amqps://${host}:${port}`,
      },
      authenticationName: this.nodes.authentication.metadata.name,
    };
    this.registerOutputs({ trigger: this.trigger });
  }
}

/** The parts of a broker's grant that KEDA needs too. */
interface Connection {
  readonly environment: NonNullable<Grant["environment"]>;
  readonly password: SecretKey;
  readonly authority: SecretKey;
  readonly reach: Extract<Reach, { readonly pods: object }>;
}

/** Takes the connection out of a grant of the component Messaging. */
function connectionOf(
  subject: string,
  { environment = {}, secrets = {}, files = {}, reaches = [] }: Grant,
): Connection {
  const password = secrets.RABBITMQ_PASSWORD;
  const authority = Object.values(files).find((file) => "secretName" in file);
  const reach = reaches.find((one) => "pods" in one);
  if (password && authority && reach) return { environment, password, authority, reach };
  throw new InvalidInput(subject, [
    {
      path: "broker",
      value: Object.keys(environment).join(", "),
      allowed: "the grant of a broker: grantConnect of the component Messaging",
      remedy: "pass what messaging.grantConnect(service) returns",
    },
  ]);
}

function createNodes(
  name: string,
  { placement, scalerNamespace, transform }: QueueTriggerArgs,
  { password, authority, reach }: Connection,
  parent: pulumi.Resource,
): QueueTriggerNodes {
  const called = `${name}-queue`;
  const settings = new kubernetes.core.v1.ConfigMap(
    ...transformed<kubernetes.core.v1.ConfigMapArgs>(
      transform?.settings,
      called,
      // KEDA takes this from a reference only, and without it trusts the public authorities alone.
      { metadata: metadataOf(placement, called), data: { tls: "enable" } },
      { parent },
    ),
  );
  const authentication = new kubernetes.apiextensions.CustomResource(
    ...transformed<kubernetes.apiextensions.CustomResourceArgs>(
      transform?.authentication,
      called,
      {
        apiVersion: "keda.sh/v1alpha1",
        kind: "TriggerAuthentication",
        metadata: metadataOf(placement, called),
        spec: {
          secretTargetRef: [
            { parameter: "username", name: password.secretName, key: "username" },
            { parameter: "password", name: password.secretName, key: password.key },
            { parameter: "ca", name: authority.secretName, key: authority.key },
          ],
          configMapTargetRef: [{ parameter: "tls", name: settings.metadata.name, key: "tls" }],
        },
      },
      { parent },
    ),
  );
  const networkPolicy = new kubernetes.networking.v1.NetworkPolicy(
    ...transformed<kubernetes.networking.v1.NetworkPolicyArgs>(
      transform?.networkPolicy,
      called,
      {
        metadata: metadataOf(placement, called),
        spec: {
          podSelector: { matchLabels: { ...reach.pods.labels } },
          policyTypes: ["Ingress"],
          ingress: [ingressFrom([{ namespace: scalerNamespace, labels: SCALER }], reach.port)],
        },
      },
      { parent },
    ),
  );
  return { settings, authentication, networkPolicy };
}

/** Labels of KEDA's operator, which reads queues (https://github.com/kedacore/keda/blob/v2.21.0/config/manager/manager.yaml). */
const SCALER = { app: "keda-operator" };
