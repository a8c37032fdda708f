// The broker: the RabbitmqCluster and the objects around it. The names, labels and ports of its pods are the operator's
// (https://github.com/rabbitmq/cluster-operator/tree/v2.16.0/internal/resource).
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { mebibytes, protectedWhen, transformed } from "../../kit";
import {
  containerSecurity,
  createCertificate,
  DNS_EGRESS,
  ingressFrom,
  type Labels,
  metadataOf,
  type Monitoring,
  type StoreCertificate,
} from "../kit";
import type { MessagingArgs } from "./args";

export const MESSAGING_DEFAULTS = {
  nodes: 3,
  image: "docker.io/library/rabbitmq:4.2-management",
  importImage: "docker.io/library/node:22-alpine",
  cpu: 512,
  memory: "1 GiB",
  storage: "10 GiB",
} as const;

/** HTTPS of the management plugin. */
export const MANAGEMENT_PORT = 15_671;
/** Metrics over TLS. */
const METRICS_PORT = 15_691;
/** Port mapper, distribution between nodes, and command-line tools. */
const NODE_PORTS = [
  { port: 4369, protocol: "TCP" },
  { port: 25_672, protocol: "TCP" },
  { port: 35_672, endPort: 35_682, protocol: "TCP" },
];

/** Server settings beside the operator's: leaders spread over the nodes, and queues that get replicas on new nodes. */
const CONFIGURATION = `queue_leader_locator = balanced
quorum_queue.continuous_membership_reconciliation.enabled = true
quorum_queue.continuous_membership_reconciliation.auto_remove = true
quorum_queue.continuous_membership_reconciliation.target_group_size = 3
`;

/** The component that owns the children: its name, and the options that they take from it. */
export interface Owner {
  readonly parent: pulumi.ComponentResource;
  readonly name: string;
  readonly args: MessagingArgs;
}

/** The broker and what surrounds it. */
export interface ClusterNodes {
  readonly certificate: StoreCertificate;
  readonly cluster: kubernetes.apiextensions.CustomResource;
  /** Only with three nodes or more: a single node would stop every drain. */
  readonly disruptionBudget?: kubernetes.policy.v1.PodDisruptionBudget;
  readonly networkPolicies: readonly kubernetes.networking.v1.NetworkPolicy[];
  /** Only with `monitoring`. */
  readonly serviceMonitor?: kubernetes.apiextensions.CustomResource;
}

/** Labels that the operator gives the pods of a broker. */
export function podLabels(name: string): Labels {
  return { "app.kubernetes.io/name": name, "app.kubernetes.io/component": "rabbitmq" };
}

/** Labels of the pods that load definitions. */
export function importLabels(name: string): Labels {
  return { "app.kubernetes.io/name": `${name}-import`, "app.kubernetes.io/component": "job" };
}

/** Host name of the broker's Service. */
export function hostOf(name: string, { placement }: MessagingArgs): pulumi.Output<string> {
  return pulumi.interpolate`${name}.${placement.namespace}.svc`;
}

/** Creates the broker. */
export function createCluster(owner: Owner): ClusterNodes {
  const { parent, name, args } = owner;
  const { placement, transform } = args;
  const host = hostOf(name, args);
  const certificate = createCertificate({
    parent,
    name,
    placement,
    labels: podLabels(name),
    dnsNames: [host, pulumi.interpolate`${host}.cluster.local`],
    transform: transform?.certificate,
  });
  const networkPolicies = createNetworkPolicies(owner);
  const cluster = new kubernetes.apiextensions.CustomResource(
    ...transformed<kubernetes.apiextensions.CustomResourceArgs>(
      transform?.cluster,
      name,
      {
        apiVersion: "rabbitmq.com/v1beta1",
        kind: "RabbitmqCluster",
        metadata: metadataOf(placement, name, podLabels(name)),
        spec: clusterSpec(name, args, certificate.secretName),
      },
      { parent, dependsOn: [...networkPolicies], ...protectedWhen(args.protectData ?? true) },
    ),
  );
  const disruptionBudget = createDisruptionBudget(owner);
  const serviceMonitor = args.monitoring && createServiceMonitor(owner, args.monitoring, certificate.secretName);
  return {
    ...{ certificate, cluster, networkPolicies },
    ...(disruptionBudget && { disruptionBudget }),
    ...(serviceMonitor && { serviceMonitor }),
  };
}

/** Numbers of the node, and those of each queue: https://www.rabbitmq.com/docs/prometheus#detailed-endpoint. The operator names the port of its Service so. */
function createServiceMonitor({ parent, name, args }: Owner, { labels }: Monitoring, secretName: pulumi.Input<string>) {
  const called = `${name}-metrics`;
  const endpoint = {
    ...{ port: "prometheus-tls", scheme: "https" },
    tlsConfig: { ca: { secret: { name: secretName, key: "ca.crt" } }, serverName: hostOf(name, args) },
  };
  return new kubernetes.apiextensions.CustomResource(
    ...transformed<kubernetes.apiextensions.CustomResourceArgs>(
      args.transform?.serviceMonitor,
      called,
      {
        apiVersion: "monitoring.coreos.com/v1",
        kind: "ServiceMonitor",
        metadata: metadataOf(args.placement, called, { ...podLabels(name), ...labels }),
        spec: {
          selector: { matchLabels: { ...podLabels(name) } },
          endpoints: [
            { ...endpoint, path: "/metrics" },
            { ...endpoint, path: "/metrics/detailed", params: { family: ["queue_coarse_metrics"] } },
          ],
        },
      },
      { parent },
    ),
  );
}

function clusterSpec(name: string, args: MessagingArgs, secretName: string): object {
  const { nodes, image, cpu, memory, storage } = { ...MESSAGING_DEFAULTS, ...args };
  const size = { cpu: `${Math.round((cpu * 1000) / 1024)}m`, memory: `${mebibytes(memory) ?? 0}Mi` };
  return {
    replicas: nodes,
    image,
    resources: { requests: size, limits: size },
    persistence: {
      storage: `${mebibytes(storage) ?? 0}Mi`,
      ...(args.storageClass !== undefined && { storageClassName: args.storageClass }),
    },
    service: { type: "ClusterIP" },
    tls: { secretName, disableNonTLSListeners: true },
    rabbitmq: { additionalConfig: CONFIGURATION },
    affinity: {
      podAntiAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [
          {
            weight: 100,
            podAffinityTerm: {
              topologyKey: "kubernetes.io/hostname",
              labelSelector: { matchLabels: { ...podLabels(name) } },
            },
          },
        ],
      },
    },
    // The operator's pods do not meet the Pod Security Standard "restricted" by themselves.
    override: { statefulSet: { spec: { template: { spec: restrictedPod() } } } },
  };
}

/** From RabbitMQ 4.1 on, peer discovery does not call the API server (https://www.rabbitmq.com/blog/2025/04/04/new-k8s-peer-discovery). */
function restrictedPod(): object {
  // The image writes below /etc/rabbitmq and /var/log.
  const securityContext = containerSecurity(false);
  return {
    automountServiceAccountToken: false,
    securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
    containers: [{ name: "rabbitmq", securityContext }],
    initContainers: [{ name: "setup-container", securityContext }],
  };
}

function createDisruptionBudget({ parent, name, args }: Owner): kubernetes.policy.v1.PodDisruptionBudget | undefined {
  if ((args.nodes ?? MESSAGING_DEFAULTS.nodes) < 3) return undefined;
  return new kubernetes.policy.v1.PodDisruptionBudget(
    ...transformed<kubernetes.policy.v1.PodDisruptionBudgetArgs>(
      args.transform?.disruptionBudget,
      name,
      {
        metadata: metadataOf(args.placement, name, podLabels(name)),
        spec: { maxUnavailable: 1, selector: { matchLabels: { ...podLabels(name) } } },
      },
      { parent },
    ),
  );
}

/** The nodes among themselves, and the Job to the management API. Each service opens its own way to the nodes. */
function createNetworkPolicies({ parent, name, args }: Owner): readonly kubernetes.networking.v1.NetworkPolicy[] {
  const nodes = { podSelector: { matchLabels: { ...podLabels(name) } } };
  const imports = { podSelector: { matchLabels: { ...importLabels(name) } } };
  const management = [{ port: MANAGEMENT_PORT, protocol: "TCP" }];
  const create = (called: string, spec: kubernetes.types.input.networking.v1.NetworkPolicySpec) =>
    new kubernetes.networking.v1.NetworkPolicy(
      ...transformed<kubernetes.networking.v1.NetworkPolicyArgs>(
        args.transform?.networkPolicy,
        called,
        { metadata: metadataOf(args.placement, called, podLabels(name)), spec },
        { parent },
      ),
    );
  return [
    create(`${name}-nodes`, {
      ...nodes,
      policyTypes: ["Ingress", "Egress"],
      ingress: [
        { from: [nodes], ports: NODE_PORTS },
        { from: [imports], ports: management },
        ...(args.monitoring ? [ingressFrom([{ labels: {}, namespace: args.monitoring.namespace }], METRICS_PORT)] : []),
      ],
      egress: [{ to: [nodes], ports: NODE_PORTS }, DNS_EGRESS],
    }),
    create(`${name}-import`, {
      ...imports,
      policyTypes: ["Ingress", "Egress"],
      ingress: [],
      egress: [{ to: [nodes], ports: management }, DNS_EGRESS],
    }),
  ];
}
