// One deployable service and its edges.
import { SCALING_LIMITS, SCHEDULE } from "../../../../components/kit/limits";
import type * as v from "valibot";
import { isKeyArn, isSecretArn, KEY_ARN, SECRET_ARN } from "../../../../components/kit/existing-secret";
import { accepting } from "../../acceptance";
import {
  between,
  duration,
  either,
  keyed,
  list,
  matching,
  object,
  oneOf,
  optional,
  precise,
  record,
  sentence,
  text,
  value,
  whole,
} from "../../schema/words";
import { entriesAt } from "../registry";
import { CallPolicy } from "./calls";
import { Exposure } from "./exposure";
import { ContainerRuntime, Cpu, Memory, VariableName, VariableValue } from "./runtime";

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

/** `read` changes nothing, `idempotent` may be repeated, `once` must not be. */
export type Operation = v.InferOutput<typeof Operation>;
export const Operation = oneOf("read", "idempotent", "once");
const OperationName = matching(
  /^[a-z][A-Za-z0-9]*$/,
  "letters and digits in camelCase, at most 64 (placeOrder)",
  "respell it; callers name it in calls.<service>.operations",
  64,
);

/** Service level of a service. */
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

const ScheduleName = matching(
  /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/,
  "lower-case letters, digits and single dashes, at most 20",
  "shorten or respell it; it becomes part of a resource name",
  20,
);

/** Bounds from a time on. */
export interface Schedule extends v.InferOutput<typeof Schedule> {}
export const Schedule = object({
  /** `cron(0 8 ? * MON-FRI *)`, `rate(1 day)` or `at(2030-01-01T00:00:00)`. */
  schedule: matching(SCHEDULE, "cron(…), rate(…) or at(…)", "write it as Application Auto Scaling does", 256),
  /** IANA name, such as `Europe/Berlin`. @default "UTC" */
  timezone: optional(
    matching(/^[A-Za-z_]+(?:\/[A-Za-z0-9_+-]+)*$/, "an IANA name", 'write it like "Europe/Berlin"', 64),
  ),
  min: TaskCount,
  max: TaskCount,
});

/** Number of tasks, and the rules that change it. */
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
  /** Requests a minute and task to hold; for services with `exposes`. */
  requestsPerTarget: optional(whole(...SCALING_LIMITS.perTask)),
  /** Visible messages of a queue that it consumes, for each running task, to hold. */
  backlogPerTask: optional(object({ queue: text(), target: whole(...SCALING_LIMITS.perTask) })),
  /** Times at which `min` and `max` change, by a name for each; they hold until the next one. */
  schedules: optional(record(ScheduleName, Schedule)),
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

/** Stores of a service. Other services have no access to them; they call its API or consume its events. */
export interface Ownership extends v.InferOutput<typeof Ownership> {}
export const Ownership = object(entriesAt("owns"));

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
  /** TCP port of the container; "none" for a worker, which receives messages and takes no requests. @default 8080 */
  port: optional(either("none", whole(1, 65_535))),
  /** CPU units (1024 = 1 vCPU). @default 256 */
  cpu: optional(Cpu),
  /** @default "512 MiB" */
  memory: optional(Memory),
  /** Processor that the image is built for. @default "X86_64" */
  architecture: optional(oneOf("X86_64", "ARM64")),
  /** Requirements of the image on its container: docs/images.md. @default user 10001, `/tmp` in memory, nothing else writable */
  runtime: optional(ContainerRuntime),
  /**
   * Operations of its API by name: whether each changes nothing, may be repeated, or must happen once.
   * @default none: callers have no information whether they may repeat a call
   */
  offers: optional(record(OperationName, Operation)),
  /** What it offers through the load balancer. @default nothing: reachable by declared callers only */
  exposes: optional(Exposure),
  /** Stores that belong to this service alone. @default none */
  owns: optional(Ownership),
  /** Databases of other services that it opens, by their names. An anti-pattern, for systems that come from elsewhere. @default none */
  reachesInto: optional(record(text(), object({ ...accepting }))),
  /** Services it calls over HTTP, by name. @default none */
  calls: optional(record(text(), CallPolicy)),
  ...entriesAt("service"),
  scaling: Scaling,
  /** Service level that it offers to its users. @default none */
  serviceLevel: optional(ServiceLevel),
  /** Secrets that ECS puts into environment variables when a task starts, by variable. @default none */
  secrets: optional(record(SecretName, Secret)),
  /** Environment variables of its own. They are not encrypted: no secrets. @default none */
  environment: optional(record(VariableName, VariableValue)),
  /** Variables of `environment` that look like secrets and are none, each with the reason. @default none */
  allowPlainVariables: optional(record(VariableName, sentence("say why it is no secret"))),
  /** Whether it may open HTTPS connections to the internet, and why. @default no */
  internetEgress: optional(object({ reason: sentence("say what it needs the internet for") })),
  ...accepting,
});
