// Where tasks run: the ECS cluster, its capacity, its namespace, and the audit log of sessions in tasks.
import * as aws from "@pulumi/aws";
import { transformed } from "../../kit";
import { encryptedLogGroup, EncryptionKey } from "../kit";
import type { Scope } from "./scope";

/** The cluster and what belongs to it. */
export interface TaskNodes {
  readonly execKey: EncryptionKey;
  readonly execLogGroup: aws.cloudwatch.LogGroup;
  readonly namespace: aws.servicediscovery.PrivateDnsNamespace;
  readonly cluster: aws.ecs.Cluster;
  readonly capacityProviders: aws.ecs.ClusterCapacityProviders;
}

/** Creates the cluster. */
export function createTasks(scope: Scope): TaskNodes {
  const audit = createAudit(scope);
  const namespace = createNamespace(scope);
  const cluster = createCluster(scope, audit, namespace);
  return { ...audit, namespace, cluster, capacityProviders: createCapacity(scope, cluster) };
}

function createAudit({ name, placement, resolved, tags, transform, parent }: Scope) {
  const execKey = new EncryptionKey(
    `${name}-exec`,
    {
      placement,
      description: `Sessions in tasks of ${name}, and their audit log`,
      logs: true,
      ...tags,
      ...(transform?.execKey && { transform: transform.execKey }),
    },
    { parent },
  );
  const execLogGroup = encryptedLogGroup({ parent, ...tags }, transform?.execLogGroup, `${name}-exec`, {
    kmsKeyId: execKey.arn,
    retentionInDays: resolved.logRetentionInDays,
  });
  return { execKey, execLogGroup };
}

function createNamespace({ name, network, resolved, tags, transform, parent }: Scope) {
  return new aws.servicediscovery.PrivateDnsNamespace(
    ...transformed<aws.servicediscovery.PrivateDnsNamespaceArgs>(
      transform?.namespace,
      `${name}-namespace`,
      {
        name: resolved.namespace,
        vpc: network.vpcId,
        description: `Services of ${name}`,
        ...tags,
      },
      // The name is the callers' address, and a VPC holds it once: the new one can't stand beside the old one.
      { parent, deleteBeforeReplace: true },
    ),
  );
}

function createCluster(
  { name, resolved, tags, transform, parent }: Scope,
  { execKey, execLogGroup }: Pick<TaskNodes, "execKey" | "execLogGroup">,
  namespace: aws.servicediscovery.PrivateDnsNamespace,
): aws.ecs.Cluster {
  return new aws.ecs.Cluster(
    ...transformed<aws.ecs.ClusterArgs>(
      transform?.cluster,
      name,
      {
        settings: [{ name: "containerInsights", value: resolved.containerInsights }],
        serviceConnectDefaults: { namespace: namespace.arn },
        configuration: {
          executeCommandConfiguration: {
            kmsKeyId: execKey.arn,
            logging: "OVERRIDE",
            logConfiguration: { cloudWatchEncryptionEnabled: true, cloudWatchLogGroupName: execLogGroup.name },
          },
        },
        ...tags,
      },
      { parent },
    ),
  );
}

function createCapacity({ name, resolved, transform, parent }: Scope, cluster: aws.ecs.Cluster) {
  return new aws.ecs.ClusterCapacityProviders(
    ...transformed<aws.ecs.ClusterCapacityProvidersArgs>(
      transform?.capacityProviders,
      `${name}-capacity`,
      {
        clusterName: cluster.name,
        // Both, whatever the split: a change of weights then changes services and not the cluster.
        capacityProviders: ["FARGATE", "FARGATE_SPOT"],
        defaultCapacityProviderStrategies: resolved.strategy.map((item) => ({ ...item })),
      },
      { parent },
    ),
  );
}
