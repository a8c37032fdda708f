// A legacy system as a target of the load balancer. A target group takes functions, and addresses inside the VPC, but no URL
// (https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html#target-type), so a function forwards requests.
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { join } from "node:path";
import {
  type Metric,
  placementProblems,
  type Placement,
  type Problem,
  servicePrincipal,
  shortened,
  type Signal,
  SUFFIX_LENGTH,
  tagged,
  throwIfAny,
  type Transform,
  transformed,
  unless,
  wholeNumber,
} from "../../kit";
import { isHttpsOrigin } from "../../kit/https-origin";
import { placed, signalAlarms } from "../kit";
import { targetGroupMetric } from "../kit/target-group-metric";
import type { LambdaFunctionArgs } from "./args";
import { productHandler } from "./bundle";
import { LambdaFunction } from "./lambda-function";

const TYPE = "archipelago:gateway:LegacyTarget";
/** Characters of a target group's name. */
const LONGEST_NAME = 32;
const ROLE = "-legacy";
/** Milliseconds: an answer arrives within the 29 seconds of API Gateway. */
const TIMEOUT = 25_000;

/** Arguments of {@link LegacyTarget}. */
export interface LegacyTargetArgs {
  readonly placement: Placement;
  /** https origin of the legacy system, without a path; its certificate is verified, and the internet reaches it. */
  readonly url: string;
  /** Path that the load balancer asks for every 35 seconds; an answer from 200 to 399 is healthy. @default "/health" */
  readonly healthPath?: string;
  /** Requests at the same time, 1 to 900; more are answered with 502. They are taken from those of the account's functions. @default 100 */
  readonly concurrency?: number;
  /** ARN suffix of the load balancer, which the alarms are about. */
  readonly loadBalancerArnSuffix: pulumi.Input<string>;
  /** Days that logs are kept; one of CloudWatch's values. @default 90 */
  readonly logRetentionInDays?: number;
  /** @default the alarms send nothing */
  readonly alarmTopicArn?: pulumi.Input<string>;
  /** @default no tags but the provider's */
  readonly tags?: Readonly<Record<string, string>>;
  /** @default every child as described */
  readonly transform?: {
    readonly function?: LambdaFunctionArgs["transform"];
    readonly targetGroup?: Transform<aws.lb.TargetGroupArgs>;
    readonly permission?: Transform<aws.lambda.PermissionArgs>;
    readonly attachment?: Transform<aws.lb.TargetGroupAttachmentArgs>;
    readonly alarm?: Transform<aws.cloudwatch.MetricAlarmArgs>;
  };
}

/** The children. */
export interface LegacyTargetNodes {
  readonly function: LambdaFunction;
  readonly targetGroup: aws.lb.TargetGroup;
  readonly permission: aws.lambda.Permission;
  readonly attachment: aws.lb.TargetGroupAttachment;
  /** By the role of their signal. */
  readonly alarms: Readonly<Record<string, aws.cloudwatch.MetricAlarm>>;
}

/**
 * A target group whose target forwards each request to a legacy system over HTTPS. Bodies and answers have at most 1 MB. About 0.20 USD a million
 * requests and 0.0000033 USD a second of waiting; its key 1 USD a month. Another `url` updates the function; nothing is replaced.
 *
 * @example
 * new LegacyTarget("orders", { placement, url: "https://old.example.com", loadBalancerArnSuffix: cluster.loadBalancerArnSuffix });
 */
export class LegacyTarget extends pulumi.ComponentResource {
  /** For a weighted forward action; known once the function may be called. */
  readonly targetGroupArn: pulumi.Output<string>;
  /** Metrics of the legacy system and of the function, with thresholds where there are alarms. */
  readonly signals: readonly Signal[];
  /** The children. */
  readonly nodes: LegacyTargetNodes;

  constructor(
    private readonly name: string,
    private readonly args: LegacyTargetArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super(TYPE, name, {}, placed(`${TYPE} "${name}"`, args.placement, opts));
    throwIfAny(`${TYPE} "${name}"`, [...placementProblems(args.placement), ...validateLegacyTarget(args)]);
    const proxy = this.createFunction();
    const { targetGroup, permission, attachment } = this.createTarget(proxy);
    const own = legacySignals(name, args.loadBalancerArnSuffix, targetGroup.arnSuffix);
    const alarms = { ...proxy.nodes.alarms, ...this.createAlarms(own) };
    this.signals = [...own, ...proxy.signals];
    this.nodes = { function: proxy, targetGroup, permission, attachment, alarms };
    // By way of the attachment: no rule sends requests to an empty target group.
    this.targetGroupArn = attachment.targetGroupArn;
    this.registerOutputs({ targetGroupArn: this.targetGroupArn });
  }

  private createFunction(): LambdaFunction {
    const { placement, url, concurrency = 100, logRetentionInDays, alarmTopicArn, tags, transform } = this.args;
    return new LambdaFunction(
      `${this.name}${ROLE}`,
      {
        placement,
        description: `Sends requests of ${this.name} to the legacy system`,
        code: { entry: productHandler(join(__dirname, "functions", "legacy-proxy")) },
        environment: { LEGACY_ORIGIN: new URL(url).origin, LEGACY_TIMEOUT_MS: String(TIMEOUT) },
        reservedConcurrency: concurrency,
        timeout: "28s",
        ...(logRetentionInDays !== undefined && { logRetentionInDays }),
        ...(alarmTopicArn !== undefined && { alarmTopicArn }),
        ...tagged(tags),
        ...(transform?.function && { transform: transform.function }),
      },
      { parent: this },
    );
  }

  private createTarget(proxy: LambdaFunction) {
    const { placement, healthPath = "/health", tags, transform } = this.args;
    const targetGroup = new aws.lb.TargetGroup(
      ...transformed<aws.lb.TargetGroupArgs>(
        transform?.targetGroup,
        `${shortened(this.name, LONGEST_NAME - SUFFIX_LENGTH - ROLE.length)}${ROLE}`,
        {
          targetType: "lambda",
          // Headers and parameters with several values reach the legacy system whole.
          lambdaMultiValueHeadersEnabled: true,
          healthCheck: { enabled: true, path: healthPath, interval: 35, timeout: 30, matcher: "200-399" },
          ...tagged(tags),
        },
        { parent: this },
      ),
    );
    const permission = new aws.lambda.Permission(
      ...transformed<aws.lambda.PermissionArgs>(
        transform?.permission,
        `${this.name}${ROLE}`,
        {
          function: proxy.functionName,
          action: "lambda:InvokeFunction",
          principal: servicePrincipal("elasticloadbalancing", placement),
          sourceArn: targetGroup.arn,
        },
        { parent: this },
      ),
    );
    const attachment = new aws.lb.TargetGroupAttachment(
      ...transformed<aws.lb.TargetGroupAttachmentArgs>(
        transform?.attachment,
        `${this.name}${ROLE}`,
        { targetGroupArn: targetGroup.arn, targetId: proxy.functionArn },
        // The load balancer refuses a function that it may not call.
        { parent: this, dependsOn: [permission] },
      ),
    );
    return { targetGroup, permission, attachment };
  }

  private createAlarms(signals: readonly Signal[]): Readonly<Record<string, aws.cloudwatch.MetricAlarm>> {
    const { alarmTopicArn: topicArn, tags, transform } = this.args;
    const nameOf = ({ role }: Signal) => `${this.name}-${role}`;
    return signalAlarms({ parent: this, tags, transform: transform?.alarm, topicArn, nameOf }, signals);
  }
}

/** Signals of the target group of a legacy system; an alarm when it fails its health check, or answers with errors. */
function legacySignals(
  of: string,
  loadBalancer: Metric["dimensions"][string],
  targetGroup: Metric["dimensions"][string],
): Signal[] {
  const metric = targetGroupMetric(loadBalancer, targetGroup);
  const alarm = { comparison: "at least", missingData: "notBreaching" } as const;
  return [
    {
      of,
      role: "legacy-unhealthy",
      meaning: "errors",
      metric: metric("UnHealthyHostCount", "Maximum", 60),
      alarmAt: {
        ...alarm,
        description: `The legacy system of ${of} fails its health check.`,
        threshold: 1,
        periods: 3,
      },
    },
    {
      of,
      role: "legacy-5xx",
      meaning: "errors",
      metric: metric("HTTPCode_Target_5XX_Count", "Sum", 300),
      alarmAt: { ...alarm, description: `The legacy system of ${of} answers with 5XX.`, threshold: 10, periods: 2 },
    },
    { of, role: "legacy-requests", meaning: "traffic", metric: metric("RequestCount", "Sum", 60) },
  ];
}

/** Everything that is wrong with the arguments. */
export function validateLegacyTarget({ url, healthPath, concurrency }: LegacyTargetArgs): Problem[] {
  return [
    ...unless(isHttpsOrigin(url), {
      path: "url",
      value: url,
      allowed: "an https URL of scheme and host, such as https://old.example.com",
      remedy: "leave out path, query and user; requests keep their own path",
    }),
    ...unless(healthPath === undefined || /^\/\S*$/.test(healthPath), {
      path: "healthPath",
      value: healthPath,
      allowed: "a path that begins with /",
      remedy: "correct it",
    }),
    ...wholeNumber("concurrency", concurrency, 1, 900, "take 100, or what the legacy system bears"),
  ];
}
