// Arguments of the components that watch a system.
import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { AlarmLink, Metric, Placement, Transform } from "../../kit";
import type { EncryptionKeyArgs } from "../kit";
import type { Section } from "./layout";

/** Arguments of {@link AlarmTopic}. */
export interface AlarmTopicArgs {
  readonly placement: Placement;
  /** Address that gets every alarm, once its owner has confirmed the subscription. @default no e-mail */
  readonly email?: string;
  /**
   * HTTPS URL that gets every alarm as JSON. Its server confirms the subscription by the `SubscribeURL` of SNS's first message.
   * @default no webhook
   */
  readonly webhookUrl?: string;
  /** Shown as the sender of e-mails, at most 100 characters. @default "Alarms" */
  readonly displayName?: string;
  /** @default no tags but the provider's */
  readonly tags?: Readonly<Record<string, string>>;
  /** @default every child as described */
  readonly transform?: {
    readonly key?: EncryptionKeyArgs["transform"];
    readonly topic?: Transform<aws.sns.TopicArgs>;
    readonly topicPolicy?: Transform<aws.sns.TopicPolicyArgs>;
    /** The e-mail's. */
    readonly subscription?: Transform<aws.sns.TopicSubscriptionArgs>;
    readonly webhook?: Transform<aws.sns.TopicSubscriptionArgs>;
  };
}

/** Arguments of {@link Dashboard}. */
export interface DashboardArgs {
  readonly placement: Placement;
  /** Name in the console: letters, digits, `-` and `_`. An account has each name once, in all its regions. */
  readonly dashboardName: pulumi.Input<string>;
  /** Heading and a sentence or two below it, in Markdown. */
  readonly text: pulumi.Input<string>;
  /** Alarms whose states stand above the charts. @default none */
  readonly alarmArns?: readonly pulumi.Input<string>[];
  /** From top to bottom; a section without a chart is left out. */
  readonly sections: readonly Section[];
  /** Log groups whose newest errors stand below the charts. @default none */
  readonly logGroupNames?: readonly pulumi.Input<string>[];
  /** @default every child as described */
  readonly transform?: { readonly dashboard?: Transform<aws.cloudwatch.DashboardArgs> };
}

/** Arguments of {@link AlarmGroup}. */
export interface AlarmGroupArgs {
  readonly placement: Placement;
  /** Name in the console; an account has each name once in a region. */
  readonly alarmName: pulumi.Input<string>;
  /** Text of the notification: the fault, and what to do. At most 1024 characters. */
  readonly description: string;
  /** It goes off while one of these holds: an alarm, or several alarms at the same time. */
  readonly anyOf: readonly (AlarmLink | readonly AlarmLink[])[];
  /** SNS topic of its messages. @default it sends none */
  readonly alarmTopicArn?: pulumi.Input<string>;
  /**
   * Whether it sends "OK" itself: when it is over, and once when it is new. Without, {@link RecoveryMessages} sends the first of the two.
   * @default true
   */
  readonly okMessages?: boolean;
  /** @default no tags but the provider's */
  readonly tags?: Readonly<Record<string, string>>;
  /** @default every child as described */
  readonly transform?: { readonly alarm?: Transform<aws.cloudwatch.CompositeAlarmArgs> };
}

/** Arguments of {@link RecoveryMessages}. */
export interface RecoveryMessagesArgs {
  readonly placement: Placement;
  /** Names of the composite alarms, as a pattern of EventBridge: `*` is any number of characters. */
  readonly alarmNames: pulumi.Input<string>;
  /** SNS topic of the messages. */
  readonly alarmTopicArn: pulumi.Input<string>;
  /** @default no tags but the provider's */
  readonly tags?: Readonly<Record<string, string>>;
  /** @default every child as described */
  readonly transform?: {
    readonly rule?: Transform<aws.cloudwatch.EventRuleArgs>;
    readonly target?: Transform<aws.cloudwatch.EventTargetArgs>;
  };
}

/** Arguments of {@link ServiceObjectives}. */
export interface ServiceObjectivesArgs {
  readonly placement: Placement;
  /** Percent of requests that succeed over 30 days, such as 99.9. */
  readonly availability: number;
  /** Percent of requests, and the seconds within which they are answered. @default no objective for latency */
  readonly latency?: { readonly percentile: number; readonly within: number };
  /** Requests, and those that failed; the sums of several metrics of the same requests. */
  readonly requests: readonly Metric[];
  readonly errors: readonly Metric[];
  /** Times of answers; the slowest of several counts. */
  readonly times: readonly Metric[];
  /** @default no tags but the provider's */
  readonly tags?: Readonly<Record<string, string>>;
  /** @default every child as described */
  readonly transform?: { readonly alarm?: Transform<aws.cloudwatch.MetricAlarmArgs> };
}

/** Arguments of {@link EventMetrics}. */
export interface EventMetricsArgs {
  readonly placement: Placement;
  /** Namespace of the metrics: `shop/prod/Business`. Without a colon. */
  readonly namespace: string;
  /** The metrics, each with the log lines that are counted. */
  readonly events: readonly CountedEvent[];
  /** @default every child as described */
  readonly transform?: { readonly filter?: Transform<aws.cloudwatch.LogMetricFilterArgs> };
}

/** An event that a service logs when it publishes it. */
export interface CountedEvent {
  /** Name of the metric: `OrdersCreated`. */
  readonly metric: string;
  /** Value of the field `event_type` in the log line: `ORDER_CREATED`. */
  readonly eventType: string;
  /** Logical name of the service that publishes it. */
  readonly publisher: string;
  readonly logGroupName: pulumi.Input<string>;
}

/** Arguments of {@link LogQueries}. */
export interface LogQueriesArgs {
  readonly placement: Placement;
  /** Folder of the queries in the console. */
  readonly folder: pulumi.Input<string>;
  readonly logGroupNames: readonly pulumi.Input<string>[];
  /** @default every child as described */
  readonly transform?: { readonly query?: Transform<aws.cloudwatch.QueryDefinitionArgs> };
}

/** Arguments of {@link Tracing}. */
export interface TracingArgs {
  readonly placement: Placement;
  /** Name of the group and of the rule, at most 32 characters; an account has each once in a region. */
  readonly groupName: pulumi.Input<string>;
  /** Attribute `stack` that the collectors give to every span. */
  readonly stack: string;
  /** Share of requests that are traced, 0 to 1, beside one a second. */
  readonly sampling: number;
  /** @default no tags but the provider's */
  readonly tags?: Readonly<Record<string, string>>;
  /** @default every child as described */
  readonly transform?: {
    readonly group?: Transform<aws.xray.GroupArgs>;
    readonly samplingRule?: Transform<aws.xray.SamplingRuleArgs>;
  };
}
