// Trust policies and permissions of a cluster's roles. Pure.
import type * as pulumi from "@pulumi/pulumi";
import { type Placement, servicePrincipal } from "../../kit";
import { policyDocument } from "../kit";

/** EKS tags its sessions in Auto Mode. */
const ASSUME = ["sts:AssumeRole", "sts:TagSession"];

/** https://docs.aws.amazon.com/eks/latest/userguide/auto-cluster-iam-role.html */
export const CLUSTER_POLICIES = [
  "AmazonEKSBlockStoragePolicy",
  "AmazonEKSClusterPolicy",
  "AmazonEKSComputePolicy",
  "AmazonEKSLoadBalancingPolicy",
  "AmazonEKSNetworkingPolicy",
];
/** https://docs.aws.amazon.com/eks/latest/userguide/auto-create-node-role.html */
export const NODE_POLICIES = ["AmazonEC2ContainerRegistryPullOnly", "AmazonEKSWorkerNodeMinimalPolicy"];

/** ARN of a policy that AWS manages. */
export const managedPolicy = ({ partition }: Placement, name: string): string =>
  `arn:${partition}:iam::aws:policy/${name}`;

/** ARN of an access policy of EKS. */
export const accessPolicy = ({ partition }: Placement, name: string): string =>
  `arn:${partition}:eks::aws:cluster-access-policy/${name}`;

/** Trust of the control plane's role, held to this account. */
export function clusterTrust(placement: Placement): pulumi.Output<string> {
  return policyDocument([
    {
      Action: ASSUME,
      Principal: { Service: servicePrincipal("eks", placement) },
      Condition: { StringEquals: { "aws:SourceAccount": placement.accountId } },
    },
  ]);
}

/** Trust of the nodes' role. */
export function nodeTrust(placement: Placement): pulumi.Output<string> {
  return policyDocument([{ Action: "sts:AssumeRole", Principal: { Service: servicePrincipal("ec2", placement) } }]);
}

/** Trust of a service's role: EKS assumes it for this service account of this cluster only. */
export function podTrust(
  placement: Placement,
  clusterArn: pulumi.Input<string>,
  { namespace, serviceAccount }: { readonly namespace: string; readonly serviceAccount: string },
): pulumi.Output<string> {
  return policyDocument([
    {
      Action: ASSUME,
      Principal: { Service: servicePrincipal("pods.eks", placement) },
      Condition: {
        StringEquals: {
          "aws:SourceAccount": placement.accountId,
          "aws:RequestTag/kubernetes-namespace": namespace,
          "aws:RequestTag/kubernetes-service-account": serviceAccount,
        },
        ArnEquals: { "aws:SourceArn": clusterArn },
      },
    },
  ]);
}
