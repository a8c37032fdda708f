// Who may connect to whom, by the NetworkPolicies of a cluster: an evaluator of networking.k8s.io/v1 as its API page defines it, written
// without the code that makes the policies (https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/network-policy-v1/).
import type { Registered } from "../../../offline/providers/mocks";

export type Labels = Readonly<Record<string, string>>;
interface Selector {
  readonly matchLabels?: Labels;
}
interface Peer {
  readonly podSelector?: Selector;
  readonly namespaceSelector?: Selector;
  readonly ipBlock?: { readonly cidr: string; readonly except?: readonly string[] };
}
interface Port {
  readonly port?: number;
  readonly protocol?: string;
}
interface Rule {
  readonly from?: readonly Peer[];
  readonly to?: readonly Peer[];
  readonly ports?: readonly Port[];
}
/** A NetworkPolicy; of its selectors `matchLabels`, and of its ports numbers, are understood. */
export interface Policy {
  readonly namespace: string;
  readonly spec: {
    readonly podSelector: Selector;
    readonly policyTypes: readonly string[];
    readonly ingress?: readonly Rule[];
    readonly egress?: readonly Rule[];
  };
}
/** An end of a connection: a pod, or an address outside the cluster. */
export type End = { readonly namespace: string; readonly labels: Labels } | { readonly address: string };

/** Whether a connection is allowed on both sides. */
export function allows(policies: readonly Policy[], from: End, to: End, port: number, protocol = "TCP"): boolean {
  return (
    opens(policies, "Egress", from, to, { port, protocol }) && opens(policies, "Ingress", to, from, { port, protocol })
  );
}

/** Whether one side lets a connection to or from the other through. */
function opens(policies: readonly Policy[], side: "Ingress" | "Egress", own: End, other: End, port: Port): boolean {
  // Nothing outside the cluster has a policy.
  if ("address" in own) return true;
  const selecting = policies.filter(
    ({ namespace, spec }) =>
      namespace === own.namespace && spec.policyTypes.includes(side) && matches(spec.podSelector, own.labels),
  );
  if (selecting.length === 0) return true;
  return selecting.some(({ namespace, spec }) =>
    (side === "Ingress" ? (spec.ingress ?? []) : (spec.egress ?? [])).some((rule) => {
      const peers = side === "Ingress" ? rule.from : rule.to;
      return portFits(rule.ports, port) && peerFits(peers, namespace, other);
    }),
  );
}

function portFits(ports: readonly Port[] | undefined, asked: Port): boolean {
  if (ports === undefined || ports.length === 0) return true;
  return ports.some(
    ({ port, protocol = "TCP" }) => protocol === asked.protocol && (port === undefined || port === asked.port),
  );
}

function peerFits(peers: readonly Peer[] | undefined, namespace: string, end: End): boolean {
  if (peers === undefined || peers.length === 0) return true;
  return peers.some(({ podSelector, namespaceSelector, ipBlock }) => {
    if ("address" in end) return ipBlock !== undefined && inBlock(ipBlock, end.address);
    if (ipBlock !== undefined) return false;
    const there =
      namespaceSelector === undefined
        ? end.namespace === namespace
        : matches(namespaceSelector, { "kubernetes.io/metadata.name": end.namespace });
    return there && matches(podSelector ?? {}, end.labels);
  });
}

function matches({ matchLabels = {} }: Selector, labels: Labels): boolean {
  return Object.entries(matchLabels).every(([key, value]) => labels[key] === value);
}

function inBlock({ cidr, except = [] }: NonNullable<Peer["ipBlock"]>, address: string): boolean {
  return inRange(cidr, address) && !except.some((range) => inRange(range, address));
}

function inRange(range: string, address: string): boolean {
  const [base = "", length = "32"] = range.split("/");
  const size = 2 ** (32 - Number(length));
  return Math.floor(numberOf(base) / size) === Math.floor(numberOf(address) / size);
}

function numberOf(address: string): number {
  return address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
}

/** The policies among registered resources. */
export function policiesOf(resources: readonly Registered[]): readonly Policy[] {
  return resources
    .filter(({ type }) => type === "kubernetes:networking.k8s.io/v1:NetworkPolicy")
    .map(({ inputs }) => {
      const { metadata, spec } = inputs as { metadata: { namespace: string }; spec: Policy["spec"] };
      return { namespace: metadata.namespace, spec };
    });
}
