// What a microservice on Kubernetes takes and what it offers.
import type * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { CallPolicy, ContainerRuntime, Duration, Size, Transform } from "../../kit";
import type {
  GatewayImplementation,
  Grant,
  NetworkPolicyTransform,
  Placement,
  PodSelector,
  ScalingTrigger,
  SecretKey,
  Signal,
} from "../kit";

/** What a service and a job have in common. */
export interface WorkloadArgs extends Omit<ContainerRuntime, "allowRootUser"> {
  /** Namespace of the workload, and labels of all its objects. */
  readonly placement: Placement;
  /** Image reference with a tag or a digest. */
  readonly image: pulumi.Input<string>;
  /** Command instead of the image's own. @default the image's entrypoint */
  readonly command?: readonly string[];
  /** CPU units (1024 = 1 vCPU), requested and limited. @default 256 */
  readonly cpu?: number;
  /** Memory, requested and limited. @default "512 MiB" */
  readonly memory?: Size;
  /** Processor of the image; pods run on nodes of this kind only. @default "X86_64" */
  readonly architecture?: "X86_64" | "ARM64";
  /** Variables of the container. Never a secret: they are readable in the Deployment. @default the standard ones only */
  readonly environment?: Readonly<Record<string, pulumi.Input<string>>>;
  /** Variables of `environment` that look like secrets and are none, each with the reason. @default none */
  readonly allowPlainVariables?: Readonly<Record<string, string>>;
  /** Variables whose values a pod reads from Secrets of its namespace when it starts. @default none */
  readonly secrets?: Readonly<Record<string, SecretKey>>;
  /** Edges of the workload by a name for each (`orders-db`); it gets what they say and nothing else. @default none */
  readonly grants?: Readonly<Record<string, Grant>>;
  /** Names of Secrets (`kubernetes.io/dockerconfigjson`) in the namespace that open the registry. @default the nodes' own rights */
  readonly imagePullSecrets?: readonly string[];
}

/** Arguments of {@link Microservice}. */
export interface MicroserviceArgs extends WorkloadArgs {
  /** TCP port of the container, 1–65535; `"none"` for a worker, which takes no requests. @default 8080 */
  readonly port?: number | "none";
  /** Readiness probe. @default each setting's own */
  readonly healthCheck?: HealthCheckSettings;
  /** IPv4 ranges outside the cluster that connect to the port: subnets of a load balancer, without pods in them. @default none */
  readonly clientCidrs?: readonly string[];
  /** Requests through a gateway. @default none: reachable by declared callers only */
  readonly routing?: RoutingSettings;
  readonly scaling: ScalingSettings;
  /** @default every child as described */
  readonly transform?: MicroserviceTransforms;
}

/** Settings of the readiness probe; a pod that is not ready gets no requests. */
export interface HealthCheckSettings {
  /** Path that answers with a status from 200 to 399 while the service is well. @default "/health" */
  readonly path?: string;
  /** 1 second to 5 minutes. @default "10s" */
  readonly interval?: Duration;
  /** 1 to 120 seconds. @default "5s" */
  readonly timeout?: Duration;
  /** Answers in a row after which it is ready, 1–10. @default 1 */
  readonly healthyThreshold?: number;
  /** Failures in a row after which it is not, 1–10. @default 3 */
  readonly unhealthyThreshold?: number;
}

/** Requests through a Gateway of the same namespace. */
export interface RoutingSettings {
  readonly gateway: GatewayLink;
  /** Paths: exact (`/api/orders`), or with all that is below them (`/api/orders/*`). */
  readonly paths: readonly string[];
  /** Longest time of an answer; "none" has no end. @default the gateway's own */
  readonly responseTime?: Duration | "none";
  /** JWT validation at the gateway; needs HTTPS and `gateway.implementation`. @default no validation */
  readonly jwt?: JwtSettings;
  /** Requests that one address may send in a minute through one proxy, 1 and up; needs `gateway.implementation`. @default no limit */
  readonly requestsPerMinute?: number;
  /** How the gateway chooses a pod; without `gateway.implementation` it is the gateway's own choice. @default "round_robin" */
  readonly balancing?: "round_robin" | "least_outstanding_requests";
  /** How long a new pod gets a growing share of the requests, 1 second to 15 minutes; needs `gateway.implementation`. @default none */
  readonly slowStart?: Duration;
}

/**
 * Validation of the JSON Web Token in the header `Authorization: Bearer`. A request without a valid token is answered with 401, one whose claims
 * do not fit with 403. The proxies of the gateway fetch the keys from `jwksEndpoint`.
 */
export interface JwtSettings {
  /** Claim `iss`, at most 253 characters. */
  readonly issuer: string;
  /** https URL of the issuer's keys (JWKS), at most 253 characters. */
  readonly jwksEndpoint: string;
  /** Audience of the tokens (`aud`). */
  readonly audience: string;
  /** Claim that has the audience. @default "aud" */
  readonly audienceClaim?: string;
  /** Format of an `audienceClaim` other than `aud`; of `aud`, both are taken. @default "single-string" */
  readonly audienceFormat?: "single-string" | "string-array";
  /** Scopes that a token has, all of them, at most 16. @default any */
  readonly scopes?: readonly string[];
  /** Other claims by name: a text is one of the values, a list has all of them. @default any */
  readonly claims?: Readonly<Record<string, ClaimSettings>>;
}

/** A claim that a token must have, and its allowed values. */
export interface ClaimSettings {
  /** Envoy Gateway splits only scopes at spaces, so `space-separated-values` is refused. */
  readonly format: "single-string" | "string-array" | "space-separated-values";
  readonly values: readonly string[];
}

/** A gateway, as a service sees it. */
export interface GatewayLink {
  readonly gatewayName: pulumi.Input<string>;
  /** Listener that routes are attached to. */
  readonly listener: string;
  /** Pods that forward the requests. */
  readonly dataPlane: PodSelector;
  /** Implementation of which policies are made: JWT validation, rate limits, balancing. @default none: a route of Gateway API's core alone */
  readonly implementation?: GatewayImplementation | undefined;
}

/** Number of pods, and the metrics that change it. */
export interface ScalingSettings {
  /** Pods that always run, 1 and up. */
  readonly min: number;
  /** Pods that run at most. The same as `min` is a fixed number of pods. */
  readonly max: number;
  /** Average CPU in percent of the request to hold. @default not looked at */
  readonly cpu?: number;
  /** Average memory in percent of the request to hold. @default not looked at */
  readonly memory?: number;
  /** Triggers of KEDA beside CPU and memory: with them a ScaledObject scales, and without them a HorizontalPodAutoscaler. @default none */
  readonly triggers?: readonly ScalingTrigger[];
  /** How long usage must be low before pods go. @default "3m" */
  readonly scaleInCooldown?: Duration;
  /** Time in which the number of pods at most doubles. @default "1m" */
  readonly scaleOutCooldown?: Duration;
}

/** One slot a child; where there are several of a kind, a function is given the child's logical name. */
export interface MicroserviceTransforms {
  readonly serviceAccount?: Transform<kubernetes.core.v1.ServiceAccountArgs>;
  readonly networkPolicy?: NetworkPolicyTransform;
  readonly deployment?: Transform<kubernetes.apps.v1.DeploymentArgs>;
  readonly service?: Transform<kubernetes.core.v1.ServiceArgs>;
  readonly disruptionBudget?: Transform<kubernetes.policy.v1.PodDisruptionBudgetArgs>;
  readonly autoscaler?: Transform<kubernetes.autoscaling.v2.HorizontalPodAutoscalerArgs>;
  readonly scaledObject?: Transform<kubernetes.apiextensions.CustomResourceArgs>;
  readonly securityPolicy?: Transform<kubernetes.apiextensions.CustomResourceArgs>;
  readonly trafficPolicy?: Transform<kubernetes.apiextensions.CustomResourceArgs>;
  readonly route?: Transform<kubernetes.apiextensions.CustomResourceArgs>;
}

/** What {@link Microservice} offers. */
export interface MicroserviceOutputs {
  readonly deploymentName: pulumi.Output<string>;
  readonly serviceAccountName: pulumi.Output<string>;
  /** `http://<name>.<namespace>:<port>`, known once pods are available; undefined without a port. */
  readonly url: pulumi.Output<string> | undefined;
  /** Prometheus metrics of it. */
  readonly signals: readonly Signal[];
  /**
   * The connection that a caller needs, with `<NAME>_SERVICE_URL` (one `SERVICE` for `order-service` too) and how to treat it: `_TIMEOUT_MS`, `_RETRIES`,
   * `_BACKOFF_MS`, `_BREAKER_FAILURES`, `_BREAKER_RESET_MS` and `_MAX_CONCURRENT`.
   */
  grantCall(policy?: CallPolicy): Grant;
}

/** Arguments of {@link Job}. */
export interface JobArgs extends Omit<WorkloadArgs, "containerHealthCheck" | "startTime"> {
  /** When it runs, in the five fields of cron (`0 3 * * *`). @default never by itself: a person starts it with `runCommand` */
  readonly schedule?: string;
  /** IANA name of the schedule's time zone. @default "UTC" */
  readonly timeZone?: string;
  /** Longest time of a run, 1 minute to 7 days. @default "1h" */
  readonly deadline?: Duration;
  /** How late a run of the schedule may start, 1 minute to 1 day. @default "5m" */
  readonly startingDeadline?: Duration;
  /** New pods after one that failed, 0 to 10. @default 2 */
  readonly retries?: number;
  /** @default every child as described */
  readonly transform?: JobTransforms;
}

/** One slot a child. */
export interface JobTransforms {
  readonly serviceAccount?: Transform<kubernetes.core.v1.ServiceAccountArgs>;
  readonly networkPolicy?: NetworkPolicyTransform;
  readonly cronJob?: Transform<kubernetes.batch.v1.CronJobArgs>;
}

/** What {@link Job} offers. */
export interface JobOutputs {
  readonly cronJobName: pulumi.Output<string>;
  /** Command that starts a run now. */
  readonly runCommand: pulumi.Output<string>;
  /** Prometheus metrics of it. */
  readonly signals: readonly Signal[];
}

/** Arguments of {@link QueueTrigger}. */
export interface QueueTriggerArgs {
  readonly placement: Placement;
  /** `grantConnect` of the broker for the service that consumes the queue. */
  readonly broker: Grant;
  /** Name of the queue. */
  readonly queue: string;
  /** Messages for each pod: more of them add pods. */
  readonly messages: number;
  /** Namespace of KEDA's operator. */
  readonly scalerNamespace: string;
  /** @default every child as described */
  readonly transform?: QueueTriggerTransforms;
}

/** One slot a child. */
export interface QueueTriggerTransforms {
  readonly settings?: Transform<kubernetes.core.v1.ConfigMapArgs>;
  readonly authentication?: Transform<kubernetes.apiextensions.CustomResourceArgs>;
  readonly networkPolicy?: NetworkPolicyTransform;
}
