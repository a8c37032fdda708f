// What a person or another stack needs to know of a stack: addresses and names, never a secret.
import type * as pulumi from "@pulumi/pulumi";
import type { Foundation } from "./foundation";
import { userPoolOutputs } from "../aws/foundation";
import { gatherOutputs } from "../outputs";
import type { Bound } from "../target";

type Named<T> = Readonly<Record<string, T>>;

/** The stack's outputs. */
export interface PlatformOutputs {
  readonly environment: string;
  readonly region: string;
  readonly vpcId: pulumi.Output<string>;
  readonly loadBalancerUrl: pulumi.Output<string>;
  /** Where clients outside the VPC send requests, by entrance; undefined without entrances. */
  readonly entrances?: Named<pulumi.Output<string>>;
  /** Issuer, address of the sign-in page and id of each entrance's client; undefined without a user pool. */
  readonly userPool?: Named<pulumi.Output<string>>;
  readonly clusterName: pulumi.Output<string>;
  readonly namespace: pulumi.Output<string>;
  readonly cacheEndpoint?: pulumi.Output<string>;
  readonly queues: Named<pulumi.Output<string>>;
  readonly topics: Named<pulumi.Output<string>>;
  readonly databases: Named<pulumi.Output<string>>;
  /** By service, the command that runs the task which prepares its database. */
  readonly migrations: Named<pulumi.Output<string>>;
  readonly buckets: Named<pulumi.Output<string>>;
  /** By service and table; left out without any. */
  readonly tables?: Named<pulumi.Output<string>>;
  /** Host names of search domains by service; left out without any. */
  readonly searchDomains?: Named<pulumi.Output<string>>;
  /** Host names of document databases by service; left out without any. */
  readonly documentDatabases?: Named<pulumi.Output<string>>;
  /** Workgroups of Athena by service; left out without any. */
  readonly analytics?: Named<pulumi.Output<string>>;
  /** State machines of sagas; left out without any. */
  readonly workflows?: Named<pulumi.Output<string>>;
  /** Names by stream; left out without any. */
  readonly streams?: Named<pulumi.Output<string>>;
  /** Names by `<service>-<function>`; left out without any. */
  readonly functions?: Named<pulumi.Output<string>>;
  /** ARN of the schedule by `<service>-<job>`; left out without any. */
  readonly jobs?: Named<pulumi.Output<string>>;
  readonly services: Named<pulumi.Output<string>>;
  /** The environment's dashboard in the console. */
  readonly dashboardUrl: pulumi.Output<string>;
}

/** Collects the outputs of what was built. */
export function platformOutputs(
  { plan, network, cluster, messaging, userPool }: Foundation,
  built: readonly Bound[],
): Omit<PlatformOutputs, "dashboardUrl"> {
  const sections = {
    environment: plan.environment.name,
    region: plan.region,
    vpcId: network.vpcId,
    loadBalancerUrl: cluster.url,
    ...userPoolOutputs(userPool),
    clusterName: cluster.clusterName,
    namespace: cluster.namespaceName,
    queues: messaging.queueUrls,
    topics: messaging.topicArns,
    databases: {},
    migrations: {},
    buckets: {},
    services: {},
  };
  return gatherOutputs(sections, built);
}
