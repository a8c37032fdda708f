// What a microservice takes and what it offers.
import type * as aws from "@pulumi/aws";
import type * as awsx from "@pulumi/awsx";
import type * as pulumi from "@pulumi/pulumi";
import type {
  CallPolicy,
  ContainerRuntime,
  Duration,
  Grant,
  Placement,
  SecretLink,
  Size,
  Signal,
  Transform,
} from "../../kit";
import type { CollectorSettings } from "./collector";
import type { EncryptionKeyArgs } from "../kit";

/** Arguments of {@link Microservice}. */
export interface MicroserviceArgs extends ContainerRuntime {
  readonly placement: Placement;
  /** Where tasks run and find each other. */
  readonly cluster: ClusterLink;
  /** Where tasks get their addresses; they never get a public one. */
  readonly network: {
    readonly vpcId: pulumi.Input<string>;
    readonly privateSubnetIds: pulumi.Input<pulumi.Input<string>[]>;
  };
  /** Image reference with a tag or a digest; exactly one of `image` and `build`. */
  readonly image?: pulumi.Input<string>;
  /** What the image is built from; exactly one of `image` and `build`. */
  readonly build?: BuildSettings;
  /** TCP port of the container, 1–65535; `"none"` for a worker, which takes no requests. @default 8080 */
  readonly port?: number | "none";
  /**
   * Longest time that an answer to a caller in the mesh may take, 1 second to 5 minutes; "none" has no end.
   * @default 15 seconds, which are Service Connect's own
   */
  readonly requestTimeout?: Duration | "none";
  /** Path that answers 200 while the service is well, asked by the load balancer. @default "/health" */
  readonly healthPath?: string;
  /** CPU units (1024 = 1 vCPU), or text (`"0.5 vCPU"`). @default 256 */
  readonly cpu?: number | `${number} vCPU`;
  /** Memory in MiB, or text (`"512 MiB"`); AWS pairs it with `cpu`. @default "512 MiB" */
  readonly memory?: number | Size;
  /** @default "X86_64" */
  readonly architecture?: "X86_64" | "ARM64";
  /** Variables of the container. Never a secret: they are readable in the console. @default none but the standard ones */
  readonly environment?: Readonly<Record<string, pulumi.Input<string>>>;
  /** Variables of `environment` that look like secrets and are none, each with the reason. @default none */
  readonly allowPlainVariables?: Readonly<Record<string, string>>;
  /** Variables whose values ECS reads from Secrets Manager when a task starts. @default none */
  readonly secrets?: Readonly<Record<string, SecretLink>>;
  /** Edges of the service by a name for each (`orders-db`); it gets what they say and nothing else. @default none */
  readonly grants?: Readonly<Record<string, Grant>>;
  /**
   * Says that security-group rules which are not in `grants` let tasks reach their image, logs and secrets; without them no task starts.
   * @default false: grants without such a connection are refused
   */
  readonly egressManagedElsewhere?: boolean;
  /** Requests from a load balancer. @default none: reachable by declared callers only */
  readonly routing?: RoutingSettings;
  readonly scaling: ScalingSettings;
  /** Days that logs are kept; one of CloudWatch's values. @default 30 */
  readonly logRetentionInDays?: number;
  /** Key of the logs. @default a key of its own */
  readonly logKeyArn?: pulumi.Input<string>;
  /**
   * Whether `up` waits until the new tasks run, and fails when ECS rolls back or when another version runs afterwards.
   * @default true
   */
  readonly waitForSteadyState?: boolean;
  /**
   * OpenTelemetry collector beside the container; the service gets the `OTEL_EXPORTER_OTLP_…` variables and sends to it inside the task.
   * It takes 128 MiB of the task's memory. @default no collector
   */
  readonly collector?: CollectorSettings;
  /** Topic that alarms go to. @default the alarms exist and send no notification */
  readonly alarmTopicArn?: pulumi.Input<string>;
  /** @default no tags but the provider's */
  readonly tags?: Readonly<Record<string, string>>;
  /** @default every child as described */
  readonly transform?: MicroserviceTransforms;
}

/** A cluster, as a service sees it. */
export interface ClusterLink {
  readonly clusterArn: pulumi.Input<string>;
  readonly clusterName: pulumi.Input<string>;
  /** Service Connect's namespace. */
  readonly namespaceArn: pulumi.Input<string>;
  readonly namespaceName: pulumi.Input<string>;
  readonly capacityProviderStrategy: pulumi.Input<aws.types.input.ecs.ServiceCapacityProviderStrategy[]>;
}

/** An image that is built and pushed whenever the program runs. */
export interface BuildSettings {
  /** Folder with the sources. */
  readonly context: string;
  /** @default "Dockerfile" in the context */
  readonly dockerfile?: string;
  /** Build arguments. Never a secret: they stay in the image's history. @default none */
  readonly args?: Readonly<Record<string, string>>;
  /** Stage of the Dockerfile. @default the last */
  readonly target?: string;
  /** Repository to push to, `<account>.dkr.ecr.<region>.amazonaws.com/<name>`. @default a repository of its own */
  readonly repositoryUrl?: pulumi.Input<string>;
  /**
   * Whether a repository of its own can't be deleted while images are in it, which is always so after a deployment: AWS refuses, and a
   * `destroy` stops there. Set it to false and update first.
   * @default true
   */
  readonly protectImages?: boolean;
}

/** Requests from a load balancer's listener. */
export interface RoutingSettings {
  readonly listenerArn: pulumi.Input<string>;
  readonly loadBalancerSecurityGroupId: pulumi.Input<string>;
  /** Needed by `scaling.requestsPerTarget` and the load balancer's alarms. @default no such alarms */
  readonly loadBalancerArnSuffix?: pulumi.Input<string>;
  /**
   * Logical name of the listener, needed where services of one stack are behind several listeners: a rule is named after its
   * listener and its priority. @default none: the stack has one listener with rules
   */
  readonly listener?: string;
  /** Path patterns (`/api/orders/*`). Paths, host and their wildcards together are at most 5. */
  readonly paths: readonly string[];
  /** Host name, `*` and `?` allowed. @default any */
  readonly host?: string;
  /** 1–50000, unique at the listener; lower wins. */
  readonly priority: number;
  /** JWT validation at the load balancer; the listener must be an HTTPS listener. @default none: requests need no token */
  readonly jwt?: JwtSettings;
  readonly healthCheck?: HealthCheckSettings;
  /** How the load balancer chooses a task; by outstanding requests there is no `slowStart`. @default "round_robin" */
  readonly balancing?: "round_robin" | "least_outstanding_requests";
  /** Time in which a task that is deregistered finishes its requests, 0 seconds to 1 hour. @default "30s" */
  readonly deregistrationDelay?: Duration;
  /** Time in which a new task's share of requests grows to its full share, 30 seconds to 15 minutes, or "0s" for none. @default "0s" */
  readonly slowStart?: Duration;
  /** Another target group that answers a part of the requests, such as that of a `LegacyTarget`. @default the service answers all */
  readonly shared?: SharedRouting;
}

/** Requests of a route that the service shares with another target group. A target group without healthy targets still gets its part. */
export interface SharedRouting {
  readonly targetGroupArn: pulumi.Input<string>;
  /** Percent of the requests that the service answers, 0–100. */
  readonly percent: number;
}

/**
 * A check of the JSON Web Token that a request brings as its bearer token: signed by RS256, not expired, of this issuer, for this
 * audience. The load balancer fetches the keys itself: its security group must let it out (`Cluster`'s `jwtValidation`).
 * The token goes on to the service; a request without a valid one is answered with 401.
 */
export interface JwtSettings {
  /** Claim `iss` of the tokens, at most 256 characters. */
  readonly issuer: pulumi.Input<string>;
  /** https URL of the issuer's keys (JWKS), at most 10 of them; it must answer to the internet. */
  readonly jwksEndpoint: pulumi.Input<string>;
  /** Audience of the tokens (`aud`), at most 256 characters. The load balancer refuses tokens of the issuer for another audience. */
  readonly audience: pulumi.Input<string>;
  /** Claim that says the audience; `client_id` for access tokens of Amazon Cognito, which have no `aud`. @default "aud" */
  readonly audienceClaim?: string;
  /** How the issuer writes the audience: as text, or as a list. The load balancer takes one of them. @default "single-string" */
  readonly audienceFormat?: "single-string" | "string-array";
  /** Scopes, in the claim `scope` as text with spaces between them, at most 10. @default any */
  readonly scopes?: readonly string[];
  /** Other claims by name, with 1 to 10 values each. Claims, audience and scopes together are at most 10. @default any */
  readonly claims?: Readonly<Record<string, ClaimSettings>>;
}

/** A claim that a token must have, and its allowed values. */
export interface ClaimSettings {
  readonly format: "single-string" | "string-array" | "space-separated-values";
  /** Each at most 256 characters; without spaces where spaces separate them. */
  readonly values: readonly string[];
}

/** Health checks of the load balancer. */
export interface HealthCheckSettings {
  /** @default `healthPath` */
  readonly path?: string;
  /** 5 to 300 seconds. @default "30s" */
  readonly interval?: Duration;
  /** 2 to 120 seconds, and less than `interval`. @default "5s" */
  readonly timeout?: Duration;
  /** 2–10. @default 2 */
  readonly healthyThreshold?: number;
  /** 2–10. @default 3 */
  readonly unhealthyThreshold?: number;
  /** HTTP codes of a healthy task. @default "200" */
  readonly matcher?: string;
}

/** Number of tasks, and the rules that change it. */
export interface ScalingSettings {
  /** Tasks that always run, 0 and up. */
  readonly min: number;
  /** Tasks that run at most. The same as `min` is a fixed number of tasks. */
  readonly max: number;
  /** Average CPU in percent to hold. @default not looked at */
  readonly cpu?: number;
  /** Average memory in percent to hold. @default not looked at */
  readonly memory?: number;
  /** Requests a minute and task to hold; needs `routing.loadBalancerArnSuffix`. @default not looked at */
  readonly requestsPerTarget?: number;
  /** Steps on the visible messages of a queue. @default none */
  readonly queue?: QueueScalingSettings;
  /** Visible messages for each running task to hold. @default not looked at */
  readonly backlogPerTask?: { readonly queueName: pulumi.Input<string>; readonly target: number };
  /**
   * Times at which the bounds change, by a name for each. From the first of them on, `min` and `max` hold only until the next:
   * no deployment and no refresh moves back what a schedule has set. A changed `min` or `max` counts at once.
   * @default none
   */
  readonly schedules?: Readonly<Record<string, ScheduleSettings>>;
  /** @default "3m" */
  readonly scaleInCooldown?: Duration;
  /** @default "1m" */
  readonly scaleOutCooldown?: Duration;
}

/** Step scaling on queue depth. */
export interface QueueScalingSettings {
  /** Physical name of the queue. */
  readonly queueName: pulumi.Input<string>;
  /**
   * From `from` messages on, up to the next step, the number of tasks changes by `change`; changes never fall from step
   * to step. The first step begins at 0 messages with 0 or less. A change of 0 is no alarm; but where no target tracking
   * scales in, a queue that stayed in such a first step for five minutes takes one task a cooldown.
   */
  readonly steps: readonly { readonly from: number; readonly change: number }[];
  /** @default "2m" */
  readonly cooldown?: Duration;
}

/** Bounds from a time on. */
export interface ScheduleSettings {
  /** `cron(0 8 ? * MON-FRI *)`, `rate(1 day)` or `at(2030-01-01T00:00:00)`. */
  readonly schedule: string;
  /** IANA name. @default "UTC" */
  readonly timezone?: string;
  readonly min: number;
  readonly max: number;
}

/** One slot for each kind of child. A function receives the child's logical name, which tells children of one kind apart. */
export interface MicroserviceTransforms {
  readonly taskRole?: Transform<aws.iam.RoleArgs>;
  readonly taskRolePolicy?: Transform<aws.iam.RolePolicyArgs>;
  /** Managed policies of the task role: only for a service whose rights exceed the quota of inline policies. */
  readonly taskPolicy?: Transform<aws.iam.PolicyArgs>;
  readonly taskPolicyAttachment?: Transform<aws.iam.RolePolicyAttachmentArgs>;
  readonly executionRole?: Transform<aws.iam.RoleArgs>;
  readonly executionRolePolicy?: Transform<aws.iam.RolePolicyArgs>;
  readonly repository?: Partial<awsx.ecr.RepositoryArgs>;
  readonly image?: Partial<awsx.ecr.ImageArgs>;
  readonly logKey?: EncryptionKeyArgs["transform"];
  readonly logGroup?: Transform<aws.cloudwatch.LogGroupArgs>;
  readonly securityGroup?: Transform<aws.ec2.SecurityGroupArgs>;
  readonly ingressRule?: Transform<aws.vpc.SecurityGroupIngressRuleArgs>;
  readonly egressRule?: Transform<aws.vpc.SecurityGroupEgressRuleArgs>;
  readonly taskDefinition?: Transform<aws.ecs.TaskDefinitionArgs>;
  readonly targetGroup?: Transform<aws.lb.TargetGroupArgs>;
  readonly listenerRule?: Transform<aws.lb.ListenerRuleArgs>;
  readonly service?: Transform<aws.ecs.ServiceArgs>;
  readonly scalableTarget?: Transform<aws.appautoscaling.TargetArgs>;
  readonly scalingPolicy?: Transform<aws.appautoscaling.PolicyArgs>;
  readonly scheduledAction?: Transform<aws.appautoscaling.ScheduledActionArgs>;
  readonly alarm?: Transform<aws.cloudwatch.MetricAlarmArgs>;
}

/** What {@link Microservice} offers. */
export interface MicroserviceOutputs {
  /** Metrics, with thresholds where there are alarms. */
  readonly signals: readonly Signal[];
  readonly serviceName: pulumi.Output<string>;
  readonly serviceArn: pulumi.Output<string>;
  readonly securityGroupId: pulumi.Output<string>;
  readonly taskRoleArn: pulumi.Output<string>;
  readonly taskRoleName: pulumi.Output<string>;
  readonly executionRoleArn: pulumi.Output<string>;
  readonly taskDefinitionArn: pulumi.Output<string>;
  readonly logGroupName: pulumi.Output<string>;
  /** `http://<name>.<namespace>:<port>`, known once the service is there; undefined without a port. */
  readonly url: pulumi.Output<string> | undefined;
  /** As metrics have it in the dimension `TargetGroup`; undefined without routing. */
  readonly targetGroupArnSuffix: pulumi.Output<string> | undefined;
  /**
   * The connection that a caller needs, with `<NAME>_SERVICE_URL` (one `SERVICE` for `order-service` too) and how to treat it: `_TIMEOUT_MS`, `_RETRIES`,
   * `_BACKOFF_MS`, `_BREAKER_FAILURES`, `_BREAKER_RESET_MS` and `_MAX_CONCURRENT`. Callers start after this service: Service Connect shows a task only what was there before it.
   */
  grantCall(policy?: CallPolicy): Grant;
}
