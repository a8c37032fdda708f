// The plan: the result of derivation and the input of a target. Plain data with every default, override and edge resolved.
import type { ContainerRuntime } from "../../components/kit/container-runtime";
import type { ExistingSecret } from "../../components/kit/existing-secret";
import type { Duration, Size } from "../../components/kit/units";
import type { Edge } from "./edges";
import type { Environment } from "./environment";
import type { Node } from "./kinds/registry";
import type { IdentityProvider } from "./settings";
import type { TaskRuntime } from "./kinds/service/runtime";
import type {
  EventContract,
  EventType,
  Exposure,
  HealthCheck,
  Operation,
  QueueScaling,
  Schedule,
  Relation,
  Saga,
  SagaStep,
  ServiceLevel,
  TokenCheck,
  Version,
} from "./system";

/** A system in an environment, ready to build: settings of the stack, nodes, and edges from services to nodes. */
export interface Plan {
  /** Stores and channels. */
  readonly nodes: readonly Node[];
  /** Edges from services to nodes and other services. A target makes one grant from each. */
  readonly edges: readonly Edge[];
  readonly system: string;
  readonly environment: Environment;
  /** Location, in words (`eu-central-1, 3 zones`); the target sets it. */
  readonly place?: string;
  /** Words of the platform for pictures and pages. @default the words that descriptions have */
  readonly words?: PlatformWords;
  /** Domain that the environment's own names lie below. */
  readonly domain?: string;
  /** Tags of everything: Project, Environment, Architecture, ManagedBy. */
  readonly tags: Readonly<Record<string, string>>;
  /** Issuer of the tokens that the load balancer validates; undefined: no validation. */
  readonly identity?: IdentityProvider;
  /** Share of requests that are followed from service to service; undefined: none. */
  readonly tracing?: { readonly sampling: number };
  readonly contexts: readonly ContextPlan[];
  /** Callees before callers. */
  readonly services: readonly ServicePlan[];
}

/** Words of a platform for pictures and pages. */
export interface PlatformWords {
  /** What forwards requests to services (`gateway`). */
  readonly frontDoor: string;
  /** Engine of every database, when a described size means nothing on the platform (`PostgreSQL`). */
  readonly database: string;
  /** Engine and nodes of the cache (`Valkey, 3 nodes`). */
  readonly cache: string;
}

/** A bounded context. */
export interface ContextPlan {
  readonly name: string;
  readonly description: string;
  readonly entities: readonly string[];
  readonly valueObjects: readonly string[];
  /** The contexts that it depends on, by an edge or because it says so. */
  readonly dependsOn: readonly { readonly context: string; readonly relation: Relation }[];
}

/** A queue; its dead-letter queue follows from it. */
export interface QueuePlan {
  readonly name: string;
  readonly visibilityTimeout: Duration;
  readonly maxReceiveCount: number;
  /** How long a message waits before it can be received; undefined: not at all. */
  readonly delay?: Duration;
  /** How long a message is kept; undefined: four days. */
  readonly retention?: Duration;
  /** The service that consumes it. */
  readonly consumer: string;
  /** Age of the oldest message above which an alarm goes off; undefined: no alarm. */
  readonly maxAge?: Duration;
  /** The entity whose copy it keeps up to date. */
  readonly projection?: string;
  /** The table of the consumer that holds the copies. */
  readonly copyTable?: string;
  /** Whether messages keep their order within a group. */
  readonly fifo?: true;
  /** Whether it brings commands and outcomes of sagas. */
  readonly ofSagas?: true;
}

/** A saga with every default filled in. */
export interface SagaPlan extends Pick<Saga, "description" | "startedBy"> {
  readonly name: string;
  /** The queue that receives the outcome. */
  readonly outcomeQueue: string;
  readonly steps: readonly SagaStepPlan[];
}

/** A step of a saga. */
export interface SagaStepPlan extends SagaStep {
  /** The queue that receives its commands. */
  readonly queue: string;
  readonly timeout: Duration;
  readonly retries: number;
  readonly optional: boolean;
}

/** A topic. */
export interface TopicPlan {
  readonly name: string;
  readonly displayName: string;
  /** Whether messages keep their order within a group. */
  readonly fifo?: true;
  readonly events: readonly EventPlan[];
  /** Deliveries to queues, by the queue's name. */
  readonly subscriptions: readonly SubscriptionPlan[];
}

/** An event with its publishers and consumers. */
export interface EventPlan extends EventContract {
  readonly type: EventType;
  readonly version: Version;
  readonly publishers: readonly { readonly service: string; readonly version: Version }[];
  readonly consumers: readonly {
    readonly service: string;
    readonly queue: string;
    readonly version: Version;
    readonly needs: readonly string[];
  }[];
}

/** A topic's delivery to a queue. */
export interface SubscriptionPlan {
  readonly queue: string;
  /** Undefined: every event of the topic. */
  readonly eventTypes?: readonly EventType[];
}

/** A service with every default resolved. The edges of the plan have its uses, the nodes its stores. */
export interface ServicePlan {
  readonly name: string;
  readonly context: string;
  readonly description: string;
  /** The name that it had before. */
  readonly renamedFrom?: string;
  /** Entities that it keeps a copy of, sorted. */
  readonly projects: readonly string[];
  /** Image reference, with a tag or digest. */
  readonly image: string;
  /** "none": a worker, which takes no requests. */
  readonly port: number | "none";
  readonly cpu: number;
  readonly memory: Size;
  readonly architecture: "X86_64" | "ARM64";
  /** What its image needs of the container, as described. */
  readonly runtime: ContainerRuntime;
  /** Request timeout of the mesh, from the longest timeout of its callers; undefined: the mesh's default of 15 s. */
  readonly requestTimeout?: Duration | "none";
  /** Operations of its API, sorted by name. */
  readonly offers: readonly { readonly operation: string; readonly kind: Operation }[];
  readonly exposes?: ExposurePlan;
  /** Whether its stores refuse to be deleted and replaced. */
  readonly protectData: boolean;
  readonly scaling: {
    readonly min: number;
    readonly max: number;
    readonly cpu?: number;
    readonly memory?: number;
    readonly queue?: Required<QueueScaling>;
    readonly requestsPerTarget?: number;
    readonly backlogPerTask?: { readonly queue: string; readonly target: number };
    readonly schedules?: Readonly<Record<string, Schedule>>;
    readonly scaleInCooldown: Duration;
    readonly scaleOutCooldown: Duration;
  };
  readonly serviceLevel?: ServiceLevel;
  readonly secrets: readonly SecretPlan[];
  readonly environment: Readonly<Record<string, string>>;
  readonly internetEgress: boolean;
}

/** A task that prepares a database. */
export interface MigrationPlan {
  /** `<service>-migration` */
  readonly name: string;
  /** Image reference, with a tag or digest. */
  readonly image: string;
  /** Undefined: the image's own. */
  readonly command?: readonly string[];
  readonly cpu: number;
  readonly memory: Size;
  readonly runtime: TaskRuntime;
}

/** A secret of a service: one that is made, or one that exists. */
export type SecretPlan = { readonly variable: string } & (
  | { /** Characters. */ readonly length: number }
  | (ExistingSecret & { /** Field of its JSON. */ readonly field?: string })
);

/** Routes of a service. */
export interface ExposurePlan {
  readonly paths: readonly string[];
  readonly priority: number;
  readonly authentication: "jwt" | "by-service" | "none";
  /** Token checks beside the issuer; undefined: those of the stack's identity provider. */
  readonly tokens?: TokenCheck;
  readonly balancing: NonNullable<Exposure["balancing"]>;
  /** How long a new task gets a growing share; undefined: not at all. */
  readonly slowStart?: Duration;
  /** How long an answer may take; undefined: as the mesh has it. */
  readonly responseTime?: Duration | "none";
  /** Largest body of a request; undefined: as the firewall has it. */
  readonly maxBodySize?: Size;
  /** Requests a minute that one address may send; undefined: the firewall's general limit. */
  readonly ratePerMinute?: number;
  readonly healthCheck: Required<HealthCheck>;
}

/** A call edge. */
export interface CallPlan {
  readonly port: number;
  /** Operations that are called, sorted; all that the callee offers when the description names none. */
  readonly operations: readonly string[];
  readonly timeout: Duration | "none";
  readonly retries: number;
  readonly backoff: `${number}ms` | Duration;
  readonly breaker: { readonly failures: number; readonly reset: Duration } | "none";
  readonly bulkhead: number;
}
