// What derivation yields and infra/platform builds: every default, override and edge resolved, still plain data.
import type { Duration, Size } from "../../components/base/units";
import type { Environment } from "./environment";
import type { AuroraServerless, Bucket, EventType, HealthCheck, PostgresInstance, QueueScaling } from "./system";

/** A whole environment of a system, ready to build. */
export interface Plan {
  readonly system: string;
  readonly environment: Environment;
  readonly region: string;
  readonly accountId: string;
  readonly partition: string;
  /** Zone names, as many as the environment uses. */
  readonly zones: readonly string[];
  /** Tags of everything: Project, Environment, Architecture, ManagedBy. */
  readonly tags: Readonly<Record<string, string>>;
  /** Name and zone of the load balancer's certificate; undefined: HTTP, inside the VPC. */
  readonly https?: { readonly domainName: string; readonly hostedZoneId: string };
  readonly alertEmail?: string;
  readonly waf: boolean;
  /** AWS services that tasks reach without leaving the VPC (`sqs`, `ecr.api`), sorted. */
  readonly endpoints: readonly string[];
  readonly queues: readonly QueuePlan[];
  readonly topics: readonly TopicPlan[];
  readonly subscriptions: readonly SubscriptionPlan[];
  /** Users of the cache, by service name; undefined when no service uses it. */
  readonly cache?: { readonly engineVersion: string; readonly users: readonly string[] };
  /** Callees before callers. */
  readonly services: readonly ServicePlan[];
}

/** A queue; its dead-letter queue follows from it. */
export interface QueuePlan {
  readonly name: string;
  readonly visibilityTimeout: Duration;
  readonly maxReceiveCount: number;
  /** The service that consumes it. */
  readonly consumer: string;
}

/** A topic. */
export interface TopicPlan {
  readonly name: string;
  readonly displayName: string;
}

/** A topic's delivery to a queue. */
export interface SubscriptionPlan {
  readonly topic: string;
  readonly queue: string;
  /** Undefined: every event of the topic. */
  readonly eventTypes?: readonly EventType[];
}

/** A service with everything decided. */
export interface ServicePlan {
  readonly name: string;
  readonly context: string;
  /** Image reference, with a tag or digest. */
  readonly image: string;
  readonly port: number;
  readonly cpu: number;
  readonly memory: Size;
  readonly exposes?: {
    readonly paths: readonly string[];
    readonly priority: number;
    readonly healthCheck: Required<HealthCheck>;
  };
  readonly database?: PostgresInstance | AuroraServerless;
  readonly buckets: readonly (Bucket & { readonly name: string })[];
  readonly usesCache: boolean;
  readonly calls: readonly CallPlan[];
  readonly publishes: readonly { readonly topic: string; readonly eventTypes: readonly EventType[] }[];
  readonly consumes: readonly string[];
  readonly sendsTo: readonly string[];
  readonly scaling: {
    readonly min: number;
    readonly max: number;
    readonly cpu?: number;
    readonly memory?: number;
    readonly queue?: Required<QueueScaling>;
    readonly scaleInCooldown: Duration;
    readonly scaleOutCooldown: Duration;
  };
  readonly secrets: readonly { readonly variable: string; readonly length: number }[];
  readonly environment: Readonly<Record<string, string>>;
  readonly internetEgress: boolean;
}

/** A call edge. */
export interface CallPlan {
  readonly service: string;
  readonly port: number;
  readonly timeout: Duration;
  readonly retries: number;
}
