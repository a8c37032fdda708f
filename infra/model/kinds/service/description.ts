// One deployable service and its edges.
import { SCALING_LIMITS } from "../../../../components/kit/limits";
import type * as v from "valibot";
import { isKeyArn, isSecretArn, KEY_ARN, SECRET_ARN } from "../../../../components/kit/existing-secret";
import { accepting } from "../../acceptance";
import { CallPolicy, ChannelName, Consumption, Projection, Publication } from "../queue/description";
import { ContainerRuntime, Cpu, Memory } from "./runtime";
import {
  between,
  duration,
  either,
  flag,
  forms,
  keyed,
  list,
  matching,
  object,
  oneOf,
  optional,
  precise,
  record,
  sentence,
  size,
  text,
  value,
  whole,
} from "../../schema/words";
import { Ownership } from "../database/description";

// A user of the cache is called after its service: ElastiCache allows 40 characters, and a suffix of nine takes its part.
const LONGEST_SERVICE_NAME = 31;

/** The name of a service. */
export const ServiceName = matching(
  /^(?!(?:default|constructor)$)[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/,
  `lower-case letters, digits and single dashes, at most ${LONGEST_SERVICE_NAME}; not "default" or "constructor"`,
  "shorten or respell it; it becomes part of resource names",
  LONGEST_SERVICE_NAME,
);
/** A number of tasks. */
// A service with callers or routes at zero tasks would never come back: nothing here scales on arriving requests.
export const TaskCount = whole(1, 5000);
const SecretName = matching(/^[A-Z][A-Z0-9_]*$/, "capitals, digits and underscores", "respell the variable", 256);
// Images read variables in other spellings too, such as DOTNET_EnableDiagnostics.
const VariableName = matching(
  /^[A-Za-z_]\w*$/,
  "letters, digits and underscores, not beginning with a digit",
  "respell the variable",
  256,
);

const VariableValue = value<string>(
  (given) => typeof given === "string" && !given.includes("\0"),
  "text without NUL characters",
  "write it as text, in quotes",
  "string",
);

/** `read` changes nothing, `idempotent` may be repeated, `once` must not be. */
export type Operation = v.InferOutput<typeof Operation>;
export const Operation = oneOf("read", "idempotent", "once");
const OperationName = matching(
  /^[a-z][A-Za-z0-9]*$/,
  "letters and digits in camelCase, at most 64 (placeOrder)",
  "respell it; callers name it in calls.<service>.operations",
  64,
);

/** How the load balancer judges a task. */
export interface HealthCheck extends v.InferOutput<typeof HealthCheck> {}
export const HealthCheck = object({
  /** @default "/health" */
  path: optional(matching(/^\//, "a path from /", "add the slash", 1024)),
  /** @default "30s" */
  interval: optional(duration("5s", "300s")),
  /** @default "5s" */
  timeout: optional(duration("2s", "120s")),
  /** @default 3 */
  unhealthyThreshold: optional(whole(2, 10)),
});

const PathPattern = matching(
  /^\/[\w\-.$/~"'@:+*?&]*$/,
  "a path from / with at most 128 characters",
  "respell the pattern",
  128,
);

const ClaimValues = list(text(256), { least: 1, most: 10, remedy: "name the values that the issuer writes" });

/** What the load balancer asks of the tokens of a route, beside signature, issuer and times. */
export interface TokenCheck extends v.InferOutput<typeof TokenCheck> {}
export const TokenCheck = object({
  /** Whom the tokens are for. @default `audience` of the stack's `identity` */
  audience: optional(sentence("name whom the tokens are for", 256)),
  /** Scopes, in the claim `scope`. @default any */
  scopes: optional(list(matching(/^\S+$/, "a scope without spaces", "respell it", 256), { least: 1, most: 10 })),
  /** Other claims by name, how the issuer writes each and what it may be, at most 8. @default any */
  claims: optional(
    record(
      matching(
        /^(?!(?:exp|iss|nbf|iat|aud|scope)$)\S+$/,
        "a claim that AWS does not check by itself",
        "remove it",
        256,
      ),
      object({ format: oneOf("single-string", "string-array", "space-separated-values"), values: ClaimValues }),
    ),
  ),
});

/** Routes from the load balancer. */
export interface Exposure extends v.InferOutput<typeof Exposure> {}
export const Exposure = object({
  /** Path patterns (`/api/orders/*`), at most 5. */
  paths: list(PathPattern, {
    least: 1,
    most: 5,
    allowed: "1 to 5 patterns: a listener rule holds no more values",
    remedy: "name the paths, or remove exposes",
  }),
  /**
   * Who checks that a request comes from whom it says: `jwt` the load balancer, against the stack's identity provider;
   * `by-service` the service itself; `none` nobody, which is an anti-pattern.
   * @default "none"
   */
  authentication: optional(
    forms('one of "jwt", "by-service", "none", or { jwt: { audience, scopes, claims } }', {
      text: oneOf("jwt", "by-service", "none"),
      mapping: object({ jwt: TokenCheck }),
    }),
  ),
  /** Requests that one address may send in a minute, 10 and up; needs the stack's firewall. @default the firewall's */
  rateLimit: optional(object({ perMinute: whole(10, 2_000_000_000) })),
  /**
   * How long an answer may take, 1 second to 5 minutes; "none" for answers without end, such as server-sent events. The service's proxy, the
   * load balancer and a task that stops wait as long.
   * @default "15s", or as long as its slowest caller waits
   */
  responseTime: optional(either("none", duration("1s", "5m"))),
  /**
   * Largest body of a request that it takes, such as an upload, whole MiB up to 10 GiB: by the header Content-Length, and only where there is a
   * firewall.
   * @default what the firewall lets through, which is 8 KiB
   */
  maxBodySize: optional(size("1 MiB", "10 GiB")),
  /** How the load balancer chooses a task. @default "round_robin" */
  balancing: optional(oneOf("round_robin", "least_outstanding_requests")),
  /**
   * Listener rule priority, 1–50000, unique in the system; lower wins.
   * @default a number that follows from the service's name, above 1000
   */
  priority: optional(whole(1, 50_000)),
  healthCheck: optional(HealthCheck),
  ...accepting,
});

/** Work at set times. */
export interface Job extends v.InferOutput<typeof Job> {}
export const Job = object({
  /** `cron(0 8 ? * MON-FRI *)` or `rate(1 day)`. */
  schedule: matching(/^(?:cron|rate)\(.+\)$/, 'a schedule such as "rate(1 day)"', 'write "cron(…)" or "rate(…)"'),
  /** Replaces the image's command. @default the image's own */
  command: optional(list(text())),
});
const JobName = matching(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/, "lower-case letters, digits and single dashes");

/** What a service promises. */
export interface ServiceLevel extends v.InferOutput<typeof ServiceLevel> {}
export const ServiceLevel = object({
  /** Percent of requests that succeed over 30 days, such as 99.9. */
  // 99.999 is five minutes in a year: a service in one region can't promise more than what it stands on.
  availability: between(50, 99.999),
  /** Time within which a share of the requests is answered. @default no promise */
  latency: optional(object({ percentile: between(1, 99.99), within: precise("1ms", "5m") })),
});

const Target = whole(...SCALING_LIMITS.target);
const Cooldown = duration(...SCALING_LIMITS.cooldown);

/** Step scaling on queue depth. */
export interface QueueScaling extends v.InferOutput<typeof QueueScaling> {}
export const QueueScaling = object({
  queue: text(),
  /** From `from` messages on (up to the next step), change the task count by `change`; the first step is from 0, by 0. */
  steps: list(object({ from: whole(0, 1_000_000_000), change: whole(0, 5000) }), {
    least: 1,
    most: 20,
    allowed: "1 to 20 steps",
  }),
  /** @default "2m" */
  cooldown: optional(Cooldown),
});

/** How many tasks run, and what changes that. */
export interface Scaling extends v.InferOutput<typeof Scaling> {}
export const Scaling = object({
  min: TaskCount,
  max: TaskCount,
  /** Average CPU in percent to hold. */
  cpu: optional(Target),
  /** Average memory in percent to hold. */
  memory: optional(Target),
  /** Steps on the visible messages of a queue that it consumes. */
  queue: optional(QueueScaling),
  /** @default "3m" */
  scaleInCooldown: optional(Cooldown),
  /** @default "1m" */
  scaleOutCooldown: optional(Cooldown),
});

const Field = matching(/^[^:\s]+$/, "a field of the secret's JSON, without a colon", 'write it like "apiKey"', 256);

/**
 * A secret of a service: made at random with a `length`; or one of Secrets Manager that exists, by its `arn`, or by a name (`existing`)
 * for which each stack's configuration says the ARN (`archipelago:secrets`).
 */
export type Secret = v.InferOutput<typeof Secret>;
export const Secret = keyed({
  length: object({
    /** Characters of a random secret. */
    length: whole(16, 4096),
  }),
  arn: object({
    /** Complete ARN, with the six characters behind the name. */
    arn: value<string>(
      (given) => typeof given === "string" && isSecretArn(given),
      SECRET_ARN,
      "look it up: aws secretsmanager describe-secret; a name alone is not enough",
      "string",
    ),
    /** Field of the secret's JSON. @default the whole secret */
    field: optional(Field),
    /** Key that the secret is encrypted with. @default AWS's own key, which needs no right */
    kmsKeyArn: optional(
      value<string>(
        (given) => typeof given === "string" && isKeyArn(given),
        KEY_ARN,
        "look it up: aws secretsmanager describe-secret --query KmsKeyId",
        "string",
      ),
    ),
  }),
  existing: object({
    /** A name of `archipelago:secrets`. */
    existing: matching(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/, "lower-case letters, digits and single dashes"),
    /** Field of the secret's JSON. @default the whole secret */
    field: optional(Field),
  }),
});

/** One deployable service and its edges: it gets what they say and nothing else. */
export interface Service extends v.InferOutput<typeof Service> {}
export const Service = object({
  /** The bounded context that it belongs to. */
  context: text(),
  /** What it does, in a few words. */
  description: sentence("say what it does"),
  /**
   * The name that the service had before: one `up` then renames it and keeps its stores. Remove it afterwards.
   * @default the name is new, or as it was
   */
  renamedFrom: optional(ServiceName),
  /** TCP port of the container. @default 8080 */
  port: optional(whole(1, 65_535)),
  /** CPU units (1024 = 1 vCPU). @default 256 */
  cpu: optional(Cpu),
  /** @default "512 MiB" */
  memory: optional(Memory),
  /** Processor that the image is built for. @default "X86_64" */
  architecture: optional(oneOf("X86_64", "ARM64")),
  /** What the image needs of its container: docs/images.md. @default user 10001, `/tmp` in memory, nothing else writable */
  runtime: optional(ContainerRuntime),
  /**
   * Operations of its API by name: whether each changes nothing, may be repeated, or must happen once.
   * @default not told: nobody can say whether a call to it may be repeated
   */
  offers: optional(record(OperationName, Operation)),
  /** What it offers through the load balancer. @default nothing: reachable by declared callers only */
  exposes: optional(Exposure),
  /** Stores that belong to this service alone. @default none */
  owns: optional(Ownership),
  /** Databases of other services that it opens, by their names. An anti-pattern, for systems that come from elsewhere. @default none */
  reachesInto: optional(record(text(), object({ ...accepting }))),
  /** Whether it uses the system's cache. @default false */
  usesCache: optional(flag()),
  /** Services it calls over HTTP, by name. @default none */
  calls: optional(record(text(), CallPolicy)),
  /** Events it publishes, by topic. @default none */
  publishes: optional(record(text(), Publication)),
  /** Queues it consumes, by name; each belongs to this service. @default none */
  consumes: optional(record(ChannelName, Consumption)),
  /** Entities of other contexts that it keeps a copy of, by name; each gets a queue of its own. @default none */
  projects: optional(record(text(), Projection)),
  /** Queues it sends work to directly, by name. @default none */
  sendsTo: optional(list(text())),
  /** Work at set times, by name. Not built yet: a description that has one is refused. @default none */
  jobs: optional(record(JobName, Job)),
  scaling: Scaling,
  /** What it promises to those who use it. @default nothing */
  serviceLevel: optional(ServiceLevel),
  /** Secrets that ECS puts into environment variables when a task starts, by variable. @default none */
  secrets: optional(record(SecretName, Secret)),
  /** Variables of its own, which everybody can read: no secrets. @default none */
  environment: optional(record(VariableName, VariableValue)),
  /** Variables of `environment` that look like secrets and are none, each with the reason. @default none */
  allowPlainVariables: optional(record(VariableName, sentence("say why it is no secret"))),
  /** Whether it may open HTTPS connections to the internet, and why. @default no */
  internetEgress: optional(object({ reason: sentence("say what it needs the internet for") })),
  ...accepting,
});
