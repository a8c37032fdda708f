// EKS.
import { createHash } from "node:crypto";
import type { Cards } from "../card";
import type { Reference } from "../../providers/core/rules";
import { isObject } from "../../providers/core/values";
import { dnsSuffix } from "../identifiers";
import { asText } from "../inputs";
import { firm } from "../references";
import { endings, logs } from "../times";
import { twoZones } from "../vpcs";

const eks: Reference = { type: "aws:eks/cluster:Cluster" };

export const cards: Cards = {
  "aws:eks/accessEntry:AccessEntry": {
    source: "eks/access_entry.go",
    references: { clusterName: eks },
    replaces: "clusterName principalArn type",
  },
  "aws:eks/accessPolicyAssociation:AccessPolicyAssociation": {
    source: "eks/access_policy_association.go",
    references: { clusterName: eks },
    replaces: "accessScope accessScope.namespaces accessScope.type clusterName policyArn principalArn",
  },
  "aws:eks/addon:Addon": {
    source: "eks/addon.go",
    references: { clusterName: eks },
    replaces: "addonName clusterName namespaceConfig# namespaceConfig.namespace",
    creation: { runs: "14s 14s 14s 15s 15s 56s", source: `${logs("aws_eks_addon")}; CoreDNS` },
  },
  "aws:eks/cluster:Cluster": {
    source: "eks/cluster.go",
    roles: { roleArn: "eks" },
    replaces: `
      accessConfig.bootstrapClusterCreatorAdminPermissions bootstrapSelfManagedAddons
      kubernetesNetworkConfig.ipFamily kubernetesNetworkConfig.serviceIpv4Cidr
      kubernetesNetworkConfig.serviceIpv6Cidr name outpostConfig.controlPlaneInstanceType
      outpostConfig.controlPlanePlacement.groupName outpostConfig.controlPlanePlacement.spreadLevel
      outpostConfig.etcdInstanceType outpostConfig.etcdPlacement roleArn
    `,
    replacesWhen: {
      // Encryption of secrets, once there, stays.
      encryptionConfig: ({ encryptionConfig: old }, news) => isObject(old) && !isObject(news.encryptionConfig),
      "vpcConfig.controlPlaneEgressMode": ({ vpcConfig: old }) =>
        isObject(old) && asText(old.controlPlaneEgressMode) === "CUSTOMER_ROUTED",
    },
    computed: {
      endpoint: (resource) =>
        `https://${resource.hex(32, "endpoint").toUpperCase()}.gr7.${resource.region}.eks.${dnsSuffix(resource.partition)}`,
      certificateAuthority: (resource) => ({ data: Buffer.from(resource.hex(32, "authority")).toString("base64") }),
    },
    // EKS makes a security group that the control plane and, in Auto Mode, all pods have.
    computedWithin: {
      "vpcConfig.clusterSecurityGroupId": (resource) =>
        `sg-0${createHash("sha256")
          .update(resource.arn("eks", `cluster/${resource.text("name")}`))
          .digest("hex")
          .slice(0, 16)}`,
    },
    constraints: [twoZones("vpcConfig.subnetIds", "a cluster", "InvalidParameterException")],
    protectedBy: "deletionProtection",
    creation: {
      runs: "8m14s 8m23s 8m55s 9m6s 9m13s 9m24s 10m12s 10m22s 10m52s 11m3s 11m23s",
      source: logs("aws_eks_cluster"),
    },
    deletion: { runs: "1m9s 1m24s 3m24s", source: endings("aws_eks_cluster") },
  },
  "aws:eks/fargateProfile:FargateProfile": {
    source: "eks/fargate_profile.go",
    references: { clusterName: firm(eks) },
    roles: { podExecutionRoleArn: "eks-fargate-pods" },
    replaces: "clusterName fargateProfileName podExecutionRoleArn selectors subnetIds",
    creation: {
      runs: "26s 5m5s 5m45s",
      source: "https://github.com/aws/containers-roadmap/issues/2392",
    },
    deletion: {
      from: "2m0s",
      to: "2m0s",
      source: "https://github.com/aws/containers-roadmap/issues/2392",
    },
  },
  "aws:eks/nodeGroup:NodeGroup": {
    source: "eks/node_group.go",
    references: { clusterName: firm(eks) },
    roles: { nodeRoleArn: "ec2" },
    replaces: `
      amiType capacityType clusterName diskSize instanceTypes launchTemplate.id launchTemplate.name
      nodeGroupName nodeGroupNamePrefix nodeRoleArn remoteAccess subnetIds
    `,
    creation: {
      runs: "1m15s 1m20s 1m52s 1m59s 1m59s 2m0s 2m3s 2m19s 2m41s 5m33s",
      source: logs("aws_eks_node_group"),
    },
    deletion: { runs: "6m19s 6m21s 6m23s 8m21s", source: endings("aws_eks_node_group") },
  },
  "aws:eks/podIdentityAssociation:PodIdentityAssociation": {
    source: "eks/pod_identity_association.go",
    references: { clusterName: eks },
    roles: { roleArn: "pods.eks" },
    policies: { policy: "identity" },
    replaces: "clusterName namespace serviceAccount",
  },
};
