// What a person or another stack needs to know of a stack: addresses and names, never a secret.
import type * as pulumi from "@pulumi/pulumi";
import type { Foundation } from "./ecs";
import type { BuiltService } from "./ecs-service";

type Named<T> = Readonly<Record<string, T>>;

/** The stack's outputs. */
export interface PlatformOutputs {
  readonly environment: string;
  readonly region: string;
  readonly vpcId: pulumi.Output<string>;
  readonly loadBalancerUrl: pulumi.Output<string>;
  readonly clusterName: pulumi.Output<string>;
  readonly namespace: pulumi.Output<string>;
  readonly cacheEndpoint?: pulumi.Output<string>;
  readonly queues: Named<pulumi.Output<string>>;
  readonly topics: Named<pulumi.Output<string>>;
  readonly databases: Named<pulumi.Output<string>>;
  /** By service, the command that runs the task which prepares its database. */
  readonly migrations: Named<pulumi.Output<string>>;
  readonly buckets: Named<pulumi.Output<string>>;
  readonly services: Named<pulumi.Output<string>>;
}

/** Collects the outputs of what was built. */
export function platformOutputs(
  { plan, network, cluster, messaging, cache }: Foundation,
  built: ReadonlyMap<string, BuiltService>,
): PlatformOutputs {
  const services = [...built];
  return {
    environment: plan.environment.name,
    region: plan.region,
    vpcId: network.vpcId,
    loadBalancerUrl: cluster.url,
    clusterName: cluster.clusterName,
    namespace: cluster.namespaceName,
    ...(cache && { cacheEndpoint: cache.primaryEndpoint }),
    queues: messaging.queueUrls,
    topics: messaging.topicArns,
    databases: Object.fromEntries(
      services.flatMap(([name, { database }]) => (database ? [[name, database.endpoint]] : [])),
    ),
    migrations: Object.fromEntries(
      services.flatMap(([name, { migration }]) => (migration ? [[name, migration.runCommand]] : [])),
    ),
    buckets: Object.fromEntries(
      services.flatMap(([name, { buckets }]) =>
        Object.entries(buckets).map(([bucket, store]) => [`${name}-${bucket}`, store.bucketName]),
      ),
    ),
    services: Object.fromEntries(services.map(([name, { service }]) => [name, service.serviceName])),
  };
}
