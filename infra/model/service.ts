// One deployable service and its edges.
import type { ContainerRuntime } from "../../components/base/container-runtime";
import type { Duration, Size } from "../../components/base/units";
import type { Accepting } from "./acceptance";
import type { CallPolicy, Consumption, Projection, Publication } from "./edges";
import type { Ownership } from "./stores";

/** One deployable service and its edges: it gets what they say and nothing else. */
export interface Service extends Accepting {
  readonly context: string;
  readonly description: string;
  /** TCP port of the container. @default 8080 */
  readonly port?: number;
  /** CPU units (1024 = 1 vCPU). @default 256 */
  readonly cpu?: number;
  /** @default "512 MiB" */
  readonly memory?: Size;
  /** Processor that the image is built for. @default "X86_64" */
  readonly architecture?: "X86_64" | "ARM64";
  /** What the image needs of its container: docs/images.md. @default user 10001, `/tmp` in memory, nothing else writable */
  readonly runtime?: ContainerRuntime;
  /**
   * Operations of its API by name: whether each changes nothing, may be repeated, or must happen once.
   * @default not told: nobody can say whether a call to it may be repeated
   */
  readonly offers?: Readonly<Record<string, Operation>>;
  /** What it offers through the load balancer. @default nothing: reachable by declared callers only */
  readonly exposes?: Exposure;
  /** Stores that belong to this service alone. @default none */
  readonly owns?: Ownership;
  /** Databases of other services that it opens, by their names. An anti-pattern, for systems that come from elsewhere. @default none */
  readonly reachesInto?: Readonly<Record<string, Accepting>>;
  /** Whether it uses the system's cache. @default false */
  readonly usesCache?: boolean;
  /** Services it calls over HTTP, by name. @default none */
  readonly calls?: Readonly<Record<string, CallPolicy>>;
  /** Events it publishes, by topic. @default none */
  readonly publishes?: Readonly<Record<string, Publication>>;
  /** Queues it consumes, by name; each belongs to this service. @default none */
  readonly consumes?: Readonly<Record<string, Consumption>>;
  /** Entities of other contexts that it keeps a copy of, by name; each gets a queue of its own. @default none */
  readonly projects?: Readonly<Record<string, Projection>>;
  /** Queues it sends work to directly, by name. @default none */
  readonly sendsTo?: readonly string[];
  /** Work at set times, by name. Described only: see row S11 of the features. @default none */
  readonly jobs?: Readonly<Record<string, Job>>;
  readonly scaling: Scaling;
  /** What it promises to those who use it. @default nothing */
  readonly serviceLevel?: ServiceLevel;
  /** Random secrets made for it, by environment variable. @default none */
  readonly secrets?: Readonly<Record<string, { readonly length: number }>>;
  /** Variables of its own. @default none */
  readonly environment?: Readonly<Record<string, string>>;
  /** Whether it may open HTTPS connections to the internet, and why. @default no */
  readonly internetEgress?: { readonly reason: string };
}

/** `read` changes nothing, `idempotent` may be repeated, `once` must not be. */
export type Operation = "read" | "idempotent" | "once";

/** Routes from the load balancer. */
export interface Exposure extends Accepting {
  /** Path patterns (`/api/orders/*`), at most 5. */
  readonly paths: readonly string[];
  /**
   * Who checks that a request comes from whom it says: `jwt` the load balancer, against the stack's identity provider;
   * `by-service` the service itself; `none` nobody, which is an anti-pattern.
   * @default "none"
   */
  readonly authentication?: "jwt" | "by-service" | "none";
  /** Requests that one address may send in a minute, 10 and up; needs the stack's firewall. @default the firewall's */
  readonly rateLimit?: { readonly perMinute: number };
  /** How the load balancer chooses a task. @default "round_robin" */
  readonly balancing?: "round_robin" | "least_outstanding_requests";
  /**
   * Listener rule priority, 1–50000, unique in the system; lower wins.
   * @default a number that follows from the service's name, above 1000
   */
  readonly priority?: number;
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

/** Work at set times. */
export interface Job {
  /** `cron(0 8 ? * MON-FRI *)` or `rate(1 day)`. */
  readonly schedule: string;
  /** Replaces the image's command. @default the image's own */
  readonly command?: readonly string[];
}

/** What a service promises. */
export interface ServiceLevel {
  /** Percent of requests that succeed over 30 days, such as 99.9. */
  readonly availability: number;
  /** Time within which a share of the requests is answered. @default no promise */
  readonly latency?: { readonly percentile: number; readonly within: `${number}ms` | Duration };
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
