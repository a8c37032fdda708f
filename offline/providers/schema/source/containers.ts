// Clusters, their nodes, images and what runs on them.
import type { Facts } from "./facts";

const CLUSTER_NAME = "^[0-9A-Za-z][0-9A-Za-z_-]*$";

export const containers: Facts = {
  "aws:ecs/taskDefinition:TaskDefinition": {
    source: "ecs/task_definition.go",
    replaces: [
      ...["containerDefinitions", "cpu", "enableFaultInjection", "ephemeralStorage", "executionRoleArn", "family"],
      ...["ipcMode", "memory", "networkMode", "pidMode", "placementConstraints", "proxyConfiguration"],
      ...["requiresCompatibilities", "runtimePlatform", "taskRoleArn", "volumes"],
    ],
    forms: {
      arn: [
        ...["executionRoleArn", "taskRoleArn"],
        "volumes.fsxWindowsFileServerVolumeConfiguration.authorizationConfig.credentialsParameter",
      ],
      json: ["containerDefinitions"],
    },
    ranges: {
      "ephemeralStorage.sizeInGib": [21, 200],
      "volumes.efsVolumeConfiguration.transitEncryptionPort": [0, 65_535],
    },
    lengths: { family: [1, 255] },
    items: { placementConstraints: [0, 10] },
    patterns: { family: "^[0-9A-Za-z_-]+$" },
    values: {
      "placementConstraints.type": ["memberOf"],
      "proxyConfiguration.type": ["APPMESH"],
      "volumes.dockerVolumeConfiguration.scope": ["task", "shared"],
      "volumes.efsVolumeConfiguration.authorizationConfig.iam": ["ENABLED", "DISABLED"],
    },
  },
  "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders": {
    source: "ecs/cluster_capacity_providers.go",
    replaces: ["clusterName"],
    ranges: {
      "defaultCapacityProviderStrategies.base": [0, 100_000],
      "defaultCapacityProviderStrategies.weight": [0, 1000],
    },
    lengths: { clusterName: [1, 255] },
    patterns: { clusterName: "^[0-9A-Za-z_-]+$" },
  },
  "aws:ecs/capacityProvider:CapacityProvider": {
    source: "ecs/capacity_provider.go",
    replaces: [
      ...["autoScalingGroupProvider#", "autoScalingGroupProvider.autoScalingGroupArn", "cluster"],
      ...["managedInstancesProvider#", "managedInstancesProvider.instanceLaunchTemplate.capacityOptionType", "name"],
    ],
    forms: {
      arn: [
        ...["autoScalingGroupProvider.autoScalingGroupArn", "managedInstancesProvider.infrastructureRoleArn"],
        "managedInstancesProvider.instanceLaunchTemplate.ec2InstanceProfileArn",
      ],
    },
    ranges: {
      "autoScalingGroupProvider.managedScaling.instanceWarmupPeriod": [0, 10_000],
      "autoScalingGroupProvider.managedScaling.maximumScalingStepSize": [1, 10_000],
      "autoScalingGroupProvider.managedScaling.minimumScalingStepSize": [1, 10_000],
      "autoScalingGroupProvider.managedScaling.targetCapacity": [1, 100],
      "managedInstancesProvider.infrastructureOptimization.scaleInAfter": [-1, 3600],
    },
    values: {
      "autoScalingGroupProvider.managedDraining": ["ENABLED", "DISABLED"],
      "autoScalingGroupProvider.managedScaling.status": ["ENABLED", "DISABLED"],
      "autoScalingGroupProvider.managedTerminationProtection": ["ENABLED", "DISABLED"],
    },
  },
  "aws:ecr/repository:Repository": {
    source: "ecr/repository.go",
    replaces: ["encryptionConfigurations", "name"],
    lengths: { "imageTagMutabilityExclusionFilters.filter": [1, 128] },
    items: { imageTagMutabilityExclusionFilters: [0, 5] },
    patterns: { "imageTagMutabilityExclusionFilters.filter": "^[a-zA-Z0-9._*-]+$" },
    values: {
      "encryptionConfigurations.encryptionType": ["AES256", "KMS", "KMS_DSSE"],
      imageTagMutability: ["MUTABLE", "IMMUTABLE", "IMMUTABLE_WITH_EXCLUSION", "MUTABLE_WITH_EXCLUSION"],
      "imageTagMutabilityExclusionFilters.filterType": ["WILDCARD"],
    },
  },
  "aws:eks/cluster:Cluster": {
    source: "eks/cluster.go",
    replaces: [
      ...["accessConfig.bootstrapClusterCreatorAdminPermissions", "bootstrapSelfManagedAddons"],
      ...["kubernetesNetworkConfig.ipFamily", "kubernetesNetworkConfig.serviceIpv4Cidr", "name"],
      ...["outpostConfig.controlPlaneInstanceType", "outpostConfig.controlPlanePlacement.groupName", "roleArn"],
      // Newer than the source that was read; the published data says so.
      ...["kubernetesNetworkConfig.serviceIpv6Cidr", "outpostConfig.controlPlanePlacement.spreadLevel"],
      ...["outpostConfig.etcdInstanceType", "outpostConfig.etcdPlacement"],
    ],
    forms: { arn: ["computeConfig.nodeRoleArn", "roleArn"] },
    lengths: { name: [1, 100] },
    patterns: { name: CLUSTER_NAME },
    values: {
      "accessConfig.authenticationMode": ["API", "API_AND_CONFIG_MAP", "CONFIG_MAP"],
      "computeConfig.nodePools": ["general-purpose", "system"],
      enabledClusterLogTypes: ["api", "audit", "authenticator", "controllerManager", "scheduler"],
      "encryptionConfig.resources": ["secrets"],
      "kubernetesNetworkConfig.ipFamily": ["ipv4", "ipv6"],
      "upgradePolicy.supportType": ["STANDARD", "EXTENDED"],
    },
    conflicts: [["outpostConfig", "encryptionConfig", "remoteNetworkConfig"]],
  },
  "aws:eks/nodeGroup:NodeGroup": {
    source: "eks/node_group.go",
    replaces: [
      ...["amiType", "capacityType", "clusterName", "diskSize", "instanceTypes", "launchTemplate.id"],
      ...["launchTemplate.name", "nodeGroupName", "nodeGroupNamePrefix", "nodeRoleArn", "remoteAccess", "subnetIds"],
    ],
    ranges: {
      "scalingConfig.desiredSize": [0],
      "scalingConfig.maxSize": [1],
      "scalingConfig.minSize": [0],
      "updateConfig.maxUnavailable": [1, 100],
      "updateConfig.maxUnavailablePercentage": [1, 100],
    },
    lengths: {
      ...{
        clusterName: [1, 100],
        "launchTemplate.version": [1, 255],
        nodeGroupName: [0, 63],
        nodeGroupNamePrefix: [0, 37],
      },
      ...{ "taints.key": [1, 63], "taints.value": [0, 63] },
    },
    items: { subnetIds: [1], taints: [0, 50] },
    patterns: { clusterName: CLUSTER_NAME },
    values: {
      capacityType: ["ON_DEMAND", "SPOT", "CAPACITY_BLOCK"],
      "taints.effect": ["NO_SCHEDULE", "NO_EXECUTE", "PREFER_NO_SCHEDULE"],
    },
    oneOf: [["updateConfig.maxUnavailable", "updateConfig.maxUnavailablePercentage"]],
    conflicts: [
      ["launchTemplate.id", "launchTemplate.name"],
      ["nodeGroupName", "nodeGroupNamePrefix"],
    ],
  },
  "aws:eks/fargateProfile:FargateProfile": {
    source: "eks/fargate_profile.go",
    replaces: ["clusterName", "fargateProfileName", "podExecutionRoleArn", "selectors", "subnetIds"],
    lengths: { clusterName: [1, 100] },
    items: { selectors: [1], subnetIds: [1] },
    patterns: { clusterName: CLUSTER_NAME },
  },
  "aws:eks/accessEntry:AccessEntry": {
    source: "eks/access_entry.go",
    replaces: ["clusterName", "principalArn", "type"],
    forms: { arn: ["principalArn"] },
    lengths: { clusterName: [1, 100] },
    patterns: { clusterName: CLUSTER_NAME },
  },

  "aws:ecr/lifecyclePolicy:LifecyclePolicy": {
    source: "ecr/lifecycle_policy.go",
    replaces: ["policy", "repository"],
    forms: { json: ["policy"] },
  },
  "aws:ecr/repositoryPolicy:RepositoryPolicy": {
    source: "ecr/repository_policy.go",
    replaces: ["repository"],
    forms: { json: ["policy"] },
  },
  "aws:ecs/cluster:Cluster": {
    source: "ecs/cluster.go",
    replaces: ["name"],
    forms: { arn: ["serviceConnectDefaults.namespace"] },
  },
  "aws:eks/addon:Addon": {
    source: "eks/addon.go",
    replaces: ["addonName", "clusterName", "namespaceConfig#", "namespaceConfig.namespace"],
    forms: { arn: ["podIdentityAssociations.roleArn", "serviceAccountRoleArn"] },
    lengths: { addonName: [1], clusterName: [1, 100] },
    patterns: {
      addonVersion: "^v(0|[1-9]\\d*)\\.(0|[1-9]\\d*)\\.(0|[1-9]\\d*)(-[0-9A-Za-z.-]+)?(\\+[0-9A-Za-z.-]+)?$",
      clusterName: CLUSTER_NAME,
      "namespaceConfig.namespace": "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$",
    },
    values: {
      resolveConflictsOnCreate: ["NONE", "OVERWRITE"],
      resolveConflictsOnUpdate: ["NONE", "OVERWRITE", "PRESERVE"],
    },
  },
  "aws:eks/podIdentityAssociation:PodIdentityAssociation": {
    source: "eks/pod_identity_association.go",
    replaces: ["clusterName", "namespace", "serviceAccount"],
    forms: { arn: ["roleArn", "targetRoleArn"] },
  },
};
