// The namespace of one system in one environment. Everything in it is refused unless something allows it: pods with rights, connections,
// and more than the quota.
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { mebibytes, type Problem, protectedWhen, throwIfAny, transformed, unless, wholeNumber } from "../../kit";
import { inCluster, objectNameProblems } from "../kit";
import type { NamespaceArgs, NamespaceOutputs } from "./args";

const TYPE = "archipelago:kubernetes:Namespace";
const DEFAULTS = { millicpu: 100, memory: "128 MiB", disk: "1 GiB" } as const;

/** The children of a namespace. */
export interface NamespaceNodes {
  readonly namespace: kubernetes.core.v1.Namespace;
  readonly quota: kubernetes.core.v1.ResourceQuota;
  readonly limits: kubernetes.core.v1.LimitRange;
  readonly networkPolicy: kubernetes.networking.v1.NetworkPolicy;
}

/**
 * A namespace with the Pod Security Standard "restricted", a ResourceQuota, a LimitRange and a NetworkPolicy that denies every connection. It
 * costs nothing. The component's name is the namespace's: a new one replaces the namespace and all that is in it.
 *
 * @example
 * new Namespace("shop-dev", { quota: { millicpu: 8000, memory: "16 GiB", pods: 40 } }, { provider });
 */
export class Namespace extends pulumi.ComponentResource implements NamespaceOutputs {
  readonly namespace: pulumi.Output<string>;
  /** The children. */
  readonly nodes: NamespaceNodes;

  constructor(name: string, args: NamespaceArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TYPE, name, {}, inCluster(`${TYPE} "${name}"`, opts));
    throwIfAny(`${TYPE} "${name}"`, validateNamespace(name, args));
    this.nodes = createNodes(name, args, this);
    const { namespace, quota, limits, networkPolicy } = this.nodes;
    const closed = pulumi.all([quota.metadata.name, limits.metadata.name, networkPolicy.metadata.name]);
    this.namespace = pulumi.all([namespace.metadata.name, closed]).apply(([own]) => own);
    this.registerOutputs({ namespace: this.namespace });
  }
}

/** Every problem of the arguments. Pure. */
export function validateNamespace(name: string, { quota, containerDefaults = DEFAULTS }: NamespaceArgs): Problem[] {
  const size = (path: string, value: string | undefined): Problem[] =>
    unless(value === undefined || (mebibytes(value) ?? 0) >= 1, {
      path,
      value,
      allowed: "at least 1 MiB",
      remedy: 'write a number and a unit, such as "16 GiB"',
    });
  return [
    ...objectNameProblems("name", name),
    ...unless(!/^(?:default|kube-.*)$/.test(name), {
      path: "name",
      value: name,
      allowed: "no namespace of Kubernetes itself",
      remedy: "name it after the system and its environment",
    }),
    ...wholeNumber("quota.millicpu", quota.millicpu, 1, 1e9),
    ...size("quota.memory", quota.memory),
    ...wholeNumber("quota.pods", quota.pods, 1, 1e6),
    ...size("quota.storage", quota.storage),
    ...wholeNumber("containerDefaults.millicpu", containerDefaults.millicpu, 1, 1e6),
    ...size("containerDefaults.memory", containerDefaults.memory),
    ...size("containerDefaults.disk", containerDefaults.disk),
  ];
}

function createNodes(name: string, args: NamespaceArgs, parent: pulumi.Resource): NamespaceNodes {
  const { quota, containerDefaults = DEFAULTS, protectData = true, labels = {}, transform } = args;
  const namespace = new kubernetes.core.v1.Namespace(
    ...transformed<kubernetes.core.v1.NamespaceArgs>(
      transform?.namespace,
      name,
      { metadata: { name, labels: { ...labels, ...podSecurityLabels() } } },
      { parent, ...protectedWhen(protectData) },
    ),
  );
  const metadata = (own: string) => ({ name: own, namespace: namespace.metadata.name, labels: { ...labels } });
  return {
    namespace,
    quota: new kubernetes.core.v1.ResourceQuota(
      ...transformed<kubernetes.core.v1.ResourceQuotaArgs>(
        transform?.quota,
        `${name}-quota`,
        { metadata: metadata("quota"), spec: { hard: hardLimits(quota) } },
        { parent },
      ),
    ),
    limits: new kubernetes.core.v1.LimitRange(
      ...transformed<kubernetes.core.v1.LimitRangeArgs>(
        transform?.limits,
        `${name}-limits`,
        { metadata: metadata("limits"), spec: { limits: [containerLimits(containerDefaults)] } },
        { parent },
      ),
    ),
    networkPolicy: new kubernetes.networking.v1.NetworkPolicy(
      ...transformed<kubernetes.networking.v1.NetworkPolicyArgs>(
        transform?.networkPolicy,
        `${name}-deny-all`,
        { metadata: metadata("deny-all"), spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] } },
        { parent },
      ),
    ),
  };
}

/** The API server refuses what is not restricted; `warn` and `audit` say so for Deployments, which it lets pass. */
function podSecurityLabels(): Record<string, string> {
  return Object.fromEntries(
    ["enforce", "warn", "audit"].flatMap((mode) => [
      [`pod-security.kubernetes.io/${mode}`, "restricted"],
      [`pod-security.kubernetes.io/${mode}-version`, "latest"],
    ]),
  );
}

function hardLimits({ millicpu, memory, pods, storage }: NamespaceArgs["quota"]): Record<string, string> {
  const [cpu, mebi] = [`${millicpu}m`, quantity(memory)];
  return {
    "requests.cpu": cpu,
    "limits.cpu": cpu,
    "requests.memory": mebi,
    "limits.memory": mebi,
    pods: String(pods),
    ...(storage !== undefined && { "requests.storage": quantity(storage) }),
    // The ways into a cluster past its gateway.
    "services.nodeports": "0",
    "services.loadbalancers": "0",
  };
}

function containerLimits({ millicpu, memory, disk }: NonNullable<NamespaceArgs["containerDefaults"]>) {
  const sizes = { cpu: `${millicpu}m`, memory: quantity(memory), "ephemeral-storage": quantity(disk) };
  return { type: "Container", default: sizes, defaultRequest: { ...sizes } };
}

/** A size as Kubernetes writes it. */
function quantity(size: string): string {
  return `${mebibytes(size) ?? 0}Mi`;
}
