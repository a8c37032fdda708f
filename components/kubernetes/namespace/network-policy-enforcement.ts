// Auto Mode enforces NetworkPolicies only after this object says so (https://docs.aws.amazon.com/eks/latest/userguide/auto-net-pol.html).
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { type Transform, transformed } from "../../kit";
import { inCluster } from "../kit";

const TYPE = "archipelago:kubernetes-cluster:NetworkPolicyEnforcement";

/** Arguments of {@link NetworkPolicyEnforcement}. */
export interface NetworkPolicyEnforcementArgs {
  /** @default every child as described */
  readonly transform?: { readonly configMap?: Transform<kubernetes.core.v1.ConfigMapArgs> };
}

/**
 * The ConfigMap by which the nodes of EKS Auto Mode enforce NetworkPolicies. It costs nothing. A cluster has one.
 *
 * @example
 * new NetworkPolicyEnforcement("network-policies", {}, { provider });
 */
export class NetworkPolicyEnforcement extends pulumi.ComponentResource {
  /** The children. */
  readonly nodes: { readonly configMap: kubernetes.core.v1.ConfigMap };

  constructor(name: string, { transform }: NetworkPolicyEnforcementArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TYPE, name, {}, inCluster(`${TYPE} "${name}"`, opts));
    const configMap = new kubernetes.core.v1.ConfigMap(
      ...transformed<kubernetes.core.v1.ConfigMapArgs>(
        transform?.configMap,
        name,
        {
          metadata: { name: "amazon-vpc-cni", namespace: "kube-system" },
          data: { "enable-network-policy-controller": "true" },
        },
        { parent: this },
      ),
    );
    this.nodes = { configMap };
    this.registerOutputs({});
  }
}
