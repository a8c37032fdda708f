// What the services of one stack on EKS stand on: everything of AWS, the cluster, its namespace and the load balancer.
import * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { LoadBalancer } from "../../../components/aws/cluster";
import type { Firewall } from "../../../components/aws/gateway";
import { KubernetesCluster } from "../../../components/aws/kubernetes-cluster";
import type { Placement as PodPlacement } from "../../../components/kubernetes/kit";
import { Namespace, NetworkPolicyEnforcement } from "../../../components/kubernetes/namespace";
import { createFirewall, type Foundation as AwsFoundation, hasEntrance, idleTimeoutOf } from "../aws/foundation";
import { labelsOf, workloadDemandOf } from "../kubernetes/plan";
import type { EksPlan } from "./plan";

/** What services stand on, with the cluster that runs them. */
export interface Foundation extends AwsFoundation {
  readonly plan: EksPlan;
  readonly cluster: KubernetesCluster;
  readonly balancer: LoadBalancer;
  readonly firewall: Firewall | undefined;
  /** Where pods are put. */
  readonly pods: PodPlacement;
  /** Options of everything that stands in the cluster. */
  readonly inCluster: pulumi.ComponentResourceOptions;
  /** Stores that pods reach already, by name and port. */
  readonly reached: Map<string, pulumi.Resource>;
}

/** Adds the cluster and its load balancer to what stands on AWS. */
export function withCluster(foundation: AwsFoundation, plan: EksPlan): Foundation {
  const { placement, network, opts } = foundation;
  const { environment, cluster: settings } = plan;
  const cluster = new KubernetesCluster(
    `${plan.system}-${environment.name}`,
    {
      placement,
      network,
      ...(settings.kubernetesVersion !== undefined && { version: settings.kubernetesVersion }),
      ...(settings.apiCidrs && { publicAccessCidrs: settings.apiCidrs }),
      ...(settings.administrators && { administrators: settings.administrators }),
      ...(settings.viewers && { viewers: settings.viewers }),
      serviceCidr: plan.serviceCidr,
      logRetentionInDays: environment.logRetentionDays,
      protectData: environment.protectData,
    },
    // Nodes join and get images through the endpoints, which therefore stand before the cluster and go after it.
    { ...opts, dependsOn: [...(network.grantEndpoints().startsAfter ?? [])] },
  );
  const provider = createProvider(cluster, plan, opts);
  const inCluster = { ...opts, providers: [...providersOf(opts), provider] };
  const balancer = createBalancer(foundation, plan);
  const guarded = { arn: balancer.loadBalancerArn, name: "services-alb" };
  return {
    ...foundation,
    plan,
    cluster,
    balancer,
    firewall: createFirewall(foundation, guarded),
    pods: createNamespace(cluster, plan, inCluster),
    inCluster,
    reached: new Map(),
    components: foundation.components,
  };
}

function providersOf({ providers = [] }: pulumi.ComponentResourceOptions): pulumi.ProviderResource[] {
  return Array.isArray(providers) ? providers : Object.values(providers);
}

/**
 * The provider of the cluster that this program makes. Before the cluster stands its address is unknown: the engine then leaves the provider
 * unconfigured, and a preview shows every object without the API server's judgement. The address identifies the cluster: only another one
 * replaces the provider, and all objects with it.
 */
function createProvider(
  cluster: KubernetesCluster,
  { cluster: { kubeconfig, context } }: EksPlan,
  { transformations }: pulumi.ComponentResourceOptions,
): kubernetes.Provider {
  return new kubernetes.Provider(
    "kubernetes",
    {
      kubeconfig: kubeconfig ?? cluster.kubeconfig,
      ...(context !== undefined && { context }),
      clusterIdentifier: cluster.endpoint,
    },
    {
      ...(transformations && { transformations }),
      dependsOn: [cluster.nodes.cluster, cluster.nodes.metricsServer, ...cluster.nodes.access],
    },
  );
}

function createNamespace(
  cluster: KubernetesCluster,
  plan: EksPlan,
  opts: pulumi.ComponentResourceOptions,
): PodPlacement {
  const labels = labelsOf(plan);
  const enforcement = new NetworkPolicyEnforcement("network-policies", {}, opts);
  const { millicpu, memory, pods } = workloadDemandOf(plan);
  const { namespace } = new Namespace(
    plan.namespace,
    {
      quota: { millicpu, memory: `${memory} MiB`, pods },
      // Data stands outside of the cluster.
      protectData: false,
      labels,
    },
    { ...opts, dependsOn: [enforcement] },
  );
  const { dnsAddress } = cluster;
  return { namespace, labels, ...(dnsAddress !== undefined && { dnsAddress }) };
}

function createBalancer({ placement, network, opts }: AwsFoundation, plan: EksPlan): LoadBalancer {
  const { environment, https } = plan;
  return new LoadBalancer(
    "services",
    {
      placement,
      // In the public subnets, although it is internal: no pod has an address there, so that policies can tell it from pods.
      network: { vpcId: network.vpcId, cidr: network.cidr, privateSubnetIds: network.publicSubnetIds },
      openToVpc: !hasEntrance(plan),
      idleTimeout: idleTimeoutOf(plan),
      protectData: environment.protectData,
      ...(https && { https }),
    },
    opts,
  );
}
