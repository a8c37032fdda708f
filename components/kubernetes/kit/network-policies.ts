// NetworkPolicies: every pod is closed both ways (the namespace's policy), and each of these opens exactly one workload's connections.
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { type Transform, transformed } from "../../kit";
import type { Grant, PodSelector, Reach } from "./grant";
import { type Labels, metadataOf, type Placement } from "./placement";

type Egress = kubernetes.types.input.networking.v1.NetworkPolicyEgressRule;
type Ingress = kubernetes.types.input.networking.v1.NetworkPolicyIngressRule;
type Peer = kubernetes.types.input.networking.v1.NetworkPolicyPeer;
export type NetworkPolicyTransform = Transform<kubernetes.networking.v1.NetworkPolicyArgs>;

/**
 * Ranges that are not the internet: private (RFC 1918), shared (RFC 6598), loopback, link-local (with the cloud's metadata service), test
 * networks, multicast and reserved. An `ipBlock` of the whole internet would hold the addresses of pods, too.
 */
export const NOT_INTERNET: readonly string[] = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "224.0.0.0/3",
];

/** Address of NodeLocal DNSCache (https://kubernetes.io/docs/tasks/administer-cluster/nodelocaldns/). */
const NODE_LOCAL_DNS = "169.254.20.10/32";

/** Name resolution: CoreDNS or kube-dns, which have this label on kubeadm, EKS, GKE and AKS, and the cache of the node. */
export const DNS_EGRESS: Egress = {
  to: [
    {
      namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "kube-system" } },
      podSelector: { matchLabels: { "k8s-app": "kube-dns" } },
    },
    { ipBlock: { cidr: NODE_LOCAL_DNS } },
  ],
  ports: [
    { port: 53, protocol: "UDP" },
    { port: 53, protocol: "TCP" },
  ],
};

/**
 * Name resolution in the cluster of a placement. Policies of the VPC CNI judge the address that a pod sends to, before the Service's rules
 * translate it, so that of the cluster's DNS has to be named (https://github.com/aws/containers-roadmap/issues/2552).
 */
export function dnsEgress({ dnsAddress }: Placement): Egress {
  if (dnsAddress === undefined) return DNS_EGRESS;
  return { ...DNS_EGRESS, to: [{ ipBlock: { cidr: `${dnsAddress}/32` } }] };
}

/** Pods as a peer of a rule. */
export function peerOf({ labels, namespace }: PodSelector): Peer {
  return {
    ...(namespace !== undefined && {
      namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": namespace } },
    }),
    podSelector: { matchLabels: { ...labels } },
  };
}

/** A rule that lets pods in at one TCP port. */
export function ingressFrom(from: readonly PodSelector[], port: number): Ingress {
  return { from: from.map(peerOf), ports: [{ port, protocol: "TCP" }] };
}

/** A rule that lets addresses outside the cluster in at one TCP port. */
export function ingressFromRanges(cidrs: readonly string[], port: number): Ingress {
  return { from: cidrs.map((cidr) => ({ ipBlock: { cidr } })), ports: [{ port, protocol: "TCP" }] };
}

/** The egress rule of one connection. */
export function egressTo(reach: Reach): Egress {
  const ports = [{ port: reach.port, protocol: "TCP" }];
  if ("pods" in reach) return { to: [peerOf(reach.pods)], ports };
  if ("cidrs" in reach) return { to: pulumi.output(reach.cidrs).apply((all) => rangePeers(reach.to, all)), ports };
  const ipBlock = pulumi.output(reach.cidr).apply((cidr) => ({
    cidr,
    ...(cidr === "0.0.0.0/0" && { except: [...NOT_INTERNET] }),
  }));
  return { to: [{ ipBlock }], ports };
}

/** A rule without peers would open the port to everything. */
function rangePeers(to: string, cidrs: readonly string[]): Peer[] {
  if (cidrs.length === 0) throw new Error(`no range of ${to} is known: a rule without ranges would open every address`);
  return cidrs.map((cidr) => ({ ipBlock: { cidr } }));
}

/** Every connection of a workload's grants. */
export function reachesOf(grants: Readonly<Record<string, Grant>>): readonly Reach[] {
  return Object.values(grants).flatMap(({ reaches = [] }) => reaches);
}

/** A workload and its connections. */
export interface Connections {
  readonly name: string;
  readonly placement: Placement;
  /** Labels of the workload's pods. */
  readonly selector: Labels;
  /** Connections to it that it opens itself. @default none: its callers open theirs */
  readonly ingress?: readonly Ingress[];
  readonly grants: Readonly<Record<string, Grant>>;
  readonly parent: pulumi.Resource;
  readonly transform: NetworkPolicyTransform | undefined;
}

/**
 * The policy of a workload, by the workload's name, and one for each thing in its namespace that it connects to (`order--orders-db-5432`):
 * policies add up, so the thing needs no list of those that connect to it.
 */
export function connect({ name, placement, selector, ingress = [], grants, parent, transform }: Connections) {
  const reaches = reachesOf(grants);
  const policy = (called: string, spec: kubernetes.types.input.networking.v1.NetworkPolicySpec) =>
    new kubernetes.networking.v1.NetworkPolicy(
      ...transformed<kubernetes.networking.v1.NetworkPolicyArgs>(
        transform,
        called,
        { metadata: metadataOf(placement, called, selector), spec },
        { parent },
      ),
    );
  const own = policy(name, {
    podSelector: { matchLabels: { ...selector } },
    policyTypes: ["Ingress", "Egress"],
    ingress: [...ingress],
    egress: [dnsEgress(placement), ...reaches.map(egressTo)],
  });
  const others = reaches.flatMap((reach) => {
    // The ingress rules of pods in another namespace belong to that namespace.
    if (!("pods" in reach) || reach.isOpen === true || reach.pods.namespace !== undefined) return [];
    const called = `${name}--${reach.to}-${reach.port}`;
    const spec = {
      podSelector: { matchLabels: { ...reach.pods.labels } },
      policyTypes: ["Ingress"],
      ingress: [ingressFrom([{ labels: selector }], reach.port)],
    };
    return [[called, policy(called, spec)] as const];
  });
  return { [name]: own, ...Object.fromEntries(others) };
}
