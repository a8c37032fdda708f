// What containers, functions and clusters name.
import type { Reference } from "../../core/rules";
import { cluster, family, firm, group, key, lambda, loose, nameOrArn, type References } from "./kinds";
import { role, subnet, targets } from "./kinds";

const repository: Reference = { type: "aws:ecr/repository:Repository" };
const eks: Reference = { type: "aws:eks/cluster:Cluster" };
/** A namespace of either kind of DNS; the private one is the one that services usually have. */
const namespace: Reference = {
  type: "aws:servicediscovery/privateDnsNamespace:PrivateDnsNamespace",
  keeps: true,
  outside: true,
};
const called = { function: lambda };
const named = { functionName: lambda };

export const computeReferences: Readonly<Record<string, References>> = {
  "aws:ecs/taskDefinition:TaskDefinition": { taskRoleArn: role, executionRoleArn: role },
  "aws:ecs/service:Service": {
    cluster,
    taskDefinition: family,
    "networkConfiguration.subnets[]": subnet,
    "networkConfiguration.securityGroups[]": group,
    "loadBalancers[].targetGroupArn": loose(targets),
    "serviceRegistries.registryArn": { type: "aws:servicediscovery/service:Service", id: nameOrArn, keeps: true },
  },
  "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders": { clusterName: loose(cluster) },
  "aws:servicediscovery/service:Service": {
    "dnsConfig.namespaceId": namespace,
  },
  "aws:schemas/schema:Schema": { registryName: { type: "aws:schemas/registry:Registry", keeps: true } },
  "aws:appautoscaling/target:Target": {
    resourceId: {
      type: "aws:ecs/service:Service",
      // A preview of a new cluster does not know the service's ARN yet: it holds the cluster's name.
      late: true,
      id: (value, { partition, region, accountId }) =>
        value.startsWith("service/") ? `arn:${partition}:ecs:${region}:${accountId}:${value}` : undefined,
    },
  },
  "aws:lambda/function:Function": {
    role,
    kmsKeyArn: key,
    "vpcConfig.subnetIds[]": subnet,
    "vpcConfig.securityGroupIds[]": group,
  },
  "aws:lambda/permission:Permission": called,
  "aws:lambda/eventSourceMapping:EventSourceMapping": named,
  "aws:lambda/alias:Alias": named,
  "aws:lambda/functionUrl:FunctionUrl": named,
  "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig": named,
  "aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig": named,
  "aws:autoscaling/group:Group": {
    launchConfiguration: { type: "aws:ec2/launchConfiguration:LaunchConfiguration", keeps: true },
  },
  "aws:ecr/lifecyclePolicy:LifecyclePolicy": { repository },
  "aws:ecr/repositoryPolicy:RepositoryPolicy": { repository },
  "aws:eks/nodeGroup:NodeGroup": { clusterName: firm(eks) },
  "aws:eks/fargateProfile:FargateProfile": { clusterName: firm(eks) },
  "aws:eks/addon:Addon": { clusterName: eks },
  "aws:eks/accessEntry:AccessEntry": { clusterName: eks },
  "aws:eks/podIdentityAssociation:PodIdentityAssociation": { clusterName: eks },
};
