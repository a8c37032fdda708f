// What a team writes: its system, once, as data. Everything else is derived from it (derive.ts). No Pulumi here.
import type { Duration, Size } from "../../components/base/units";

/** An event's type, as it stands in the message attribute `event_type` (`ORDER_CREATED`). */
export type EventType = string;

/** A microservice system: bounded contexts, the events they share, and the services with their edges. */
export interface System {
  /** Lower-case letters, digits and dashes, at most 20 characters (`ecommerce`). */
  readonly name: string;
  /** Bounded contexts by name. */
  readonly contexts: Readonly<Record<string, Context>>;
  /** Topics by name (`order-events`), each with the event types that travel on it. */
  readonly topics: Readonly<Record<string, Topic>>;
  /** Services by name (`order`). */
  readonly services: Readonly<Record<string, Service>>;
  /** The cache that services may declare to use. @default none */
  readonly cache?: { readonly engineVersion?: string };
}

/** A bounded context of the domain. */
export interface Context {
  readonly description: string;
  /** The entities it owns (`Order`, `OrderLine`). */
  readonly entities: readonly string[];
}

/** A topic and what travels on it. */
export interface Topic {
  readonly displayName: string;
  readonly events: readonly EventType[];
}

/** One deployable service and its edges: it gets what they say and nothing else. */
export interface Service {
  readonly context: string;
  readonly description: string;
  /** TCP port of the container. @default 8080 */
  readonly port?: number;
  /** CPU units (1024 = 1 vCPU). @default 256 */
  readonly cpu?: number;
  /** @default "512 MiB" */
  readonly memory?: Size;
  /** What it offers through the load balancer. @default nothing: reachable by declared callers only */
  readonly exposes?: Exposure;
  /** Stores that belong to this service alone. @default none */
  readonly owns?: Ownership;
  /** Whether it uses the system's cache. @default false */
  readonly usesCache?: boolean;
  /** Services it calls over HTTP, by name. @default none */
  readonly calls?: Readonly<Record<string, CallPolicy>>;
  /** Event types it publishes, by topic. @default none */
  readonly publishes?: Readonly<Record<string, readonly EventType[]>>;
  /** Queues it consumes, by name; each belongs to this service. @default none */
  readonly consumes?: Readonly<Record<string, Consumption>>;
  /** Queues it sends work to directly, by name. @default none */
  readonly sendsTo?: readonly string[];
  readonly scaling: Scaling;
  /** Random secrets made for it, by environment variable. @default none */
  readonly secrets?: Readonly<Record<string, { readonly length: number }>>;
  /** Variables of its own. @default none */
  readonly environment?: Readonly<Record<string, string>>;
  /** Whether it may open HTTPS connections to the internet, and why. @default no */
  readonly internetEgress?: { readonly reason: string };
}

/** Routes from the load balancer. */
export interface Exposure {
  /** Path patterns (`/api/orders/*`), at most 5. */
  readonly paths: readonly string[];
  /** Listener rule priority, 1–50000, unique in the system; lower wins. */
  readonly priority: number;
  readonly healthCheck?: HealthCheck;
}

/** How the load balancer judges a task. */
export interface HealthCheck {
  /** @default "/health" */
  readonly path?: string;
  /** @default "30s" */
  readonly interval?: Duration;
  /** @default "5s" */
  readonly timeout?: Duration;
  /** @default 3 */
  readonly unhealthyThreshold?: number;
}

/** Stores of a service. */
export interface Ownership {
  readonly database?: PostgresInstance | AuroraServerless;
  /** Buckets by name (`images`). */
  readonly buckets?: Readonly<Record<string, Bucket>>;
}

/** One PostgreSQL instance. */
export interface PostgresInstance {
  readonly kind: "postgres";
  /** Database name inside the server (`orderservice`). */
  readonly databaseName: string;
  /** Major version, or major and minor. @default the database component's: "16" */
  readonly engineVersion?: string;
  /** `db.t3.micro` */
  readonly instanceClass: `db.${string}`;
  readonly allocatedStorage: Size;
  readonly maxAllocatedStorage: Size;
  readonly backupRetention: Duration;
  /** @default false */
  readonly performanceInsights?: boolean;
}

/** An Aurora PostgreSQL Serverless v2 cluster. */
export interface AuroraServerless {
  readonly kind: "aurora-serverless";
  readonly databaseName: string;
  readonly engineVersion?: string;
  /** ACU, 0.5–256 in steps of 0.5; an environment may let it pause at 0. */
  readonly minCapacity: number;
  readonly maxCapacity: number;
  readonly backupRetention: Duration;
}

/** A private object store. */
export interface Bucket {
  /** Origins whose pages may read and upload. @default none */
  readonly corsOrigins?: readonly string[];
  /** Age at which versions that were replaced are deleted. @default "30d" */
  readonly noncurrentVersionExpiration?: Duration;
}

/** How a call to another service behaves when that service is slow or down. */
export interface CallPolicy {
  /** @default "3s" */
  readonly timeout?: Duration;
  /** Attempts after the first, with exponential backoff. @default 2 */
  readonly retries?: number;
}

/** A queue, seen from the service that consumes it. */
export interface Consumption {
  /** Event types that reach the queue, by topic; "all" sets no filter. @default none: fed by `sendsTo` only */
  readonly from?: Readonly<Record<string, readonly EventType[] | "all">>;
  /** How long a message stays hidden while it is handled. */
  readonly visibilityTimeout: Duration;
  /** Receives before a message goes to the dead-letter queue. */
  readonly maxReceiveCount: number;
}

/** How many tasks run, and what changes that. */
export interface Scaling {
  readonly min: number;
  readonly max: number;
  /** Average CPU in percent to hold. */
  readonly cpu?: number;
  /** Average memory in percent to hold. */
  readonly memory?: number;
  /** Steps on the visible messages of a queue that it consumes. */
  readonly queue?: QueueScaling;
  /** @default "3m" */
  readonly scaleInCooldown?: Duration;
  /** @default "1m" */
  readonly scaleOutCooldown?: Duration;
}

/** Step scaling on queue depth. */
export interface QueueScaling {
  readonly queue: string;
  /** From `from` messages on (up to the next step), change the task count by `change`; the first step is from 0, by 0. */
  readonly steps: readonly { readonly from: number; readonly change: number }[];
  /** @default "2m" */
  readonly cooldown?: Duration;
}
