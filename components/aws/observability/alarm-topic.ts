// The SNS topic of alarms and of failed deployments. CloudWatch and EventBridge publish as service principals, so an encrypted topic must allow each
// of them in two policies: the topic's and the key's. Without one of these, notifications are lost without an error.
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import {
  type Grant,
  type Placement,
  placementProblems,
  type Problem,
  servicePrincipal,
  type Statement,
  tagged,
  throwIfAny,
  type Transform,
  transformed,
  unless,
} from "../../kit";
import { denyInsecureTransport, EncryptionKey, policyDocument, TOPIC_ACTIONS, placed, useKeyThrough } from "../kit";
import type { AlarmTopicArgs } from "./args";

const TYPE = "archipelago:observability:AlarmTopic";

/**
 * An encrypted SNS topic that only this account's CloudWatch alarms and EventBridge rules publish to, over TLS only, with an e-mail
 * subscription if wanted. About 1 USD a month for its key. Changing `email` replaces the subscription, nothing else.
 *
 * @example
 * new AlarmTopic("alarms", { placement, email: "operations@example.com" });
 */
export class AlarmTopic extends pulumi.ComponentResource {
  /** ARN of the topic, for the actions of alarms. */
  readonly topicArn: pulumi.Output<string>;
  /** The children. */
  readonly nodes: {
    readonly key: EncryptionKey;
    readonly topic: aws.sns.Topic;
    readonly topicPolicy: aws.sns.TopicPolicy;
    readonly subscription: aws.sns.TopicSubscription | undefined;
    readonly webhook: aws.sns.TopicSubscription | undefined;
  };

  private readonly placement: Placement;

  constructor(name: string, args: AlarmTopicArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TYPE, name, {}, placed(`${TYPE} "${name}"`, args.placement, opts));
    throwIfAny(`${TYPE} "${name}"`, [...placementProblems(args.placement), ...validateAlarmTopic(args)]);
    this.placement = args.placement;
    const key = this.createKey(name, args);
    const topic = this.createTopic(name, args, key.arn);
    const topicPolicy = new aws.sns.TopicPolicy(
      ...transformed<aws.sns.TopicPolicyArgs>(
        args.transform?.topicPolicy,
        `${name}-topic-policy`,
        { arn: topic.arn, policy: policyDocument(alarmTopicStatements(args.placement, topic.arn)) },
        { parent: this },
      ),
    );
    const { email, webhookUrl, transform } = args;
    const subscription =
      email === undefined
        ? undefined
        : this.subscribe(topic, `${name}-email`, { protocol: "email", endpoint: email }, transform?.subscription);
    const webhook =
      webhookUrl === undefined
        ? undefined
        : this.subscribe(topic, `${name}-webhook`, { protocol: "https", endpoint: webhookUrl }, transform?.webhook);
    // By way of the policy: an alarm that rings before CloudWatch may publish is lost.
    this.topicArn = topicPolicy.arn;
    this.nodes = { key, topic, topicPolicy, subscription, webhook };
    this.registerOutputs({ topicArn: this.topicArn });
  }

  /** The right to publish to the topic, for what alerts by itself; `ALERT_TOPIC_ARN`. */
  grantPublish(): Grant {
    const { key, topic } = this.nodes;
    return {
      environment: { ALERT_TOPIC_ARN: this.topicArn },
      statements: [
        { Sid: "PublishAlerts", Action: "sns:Publish", Resource: topic.arn },
        {
          Sid: "UseAlertKey",
          ...useKeyThrough("sns", this.placement, key.arn, ["kms:Decrypt", "kms:GenerateDataKey*"]),
        },
      ],
    };
  }

  private createKey(name: string, { placement, tags, transform }: AlarmTopicArgs): EncryptionKey {
    return new EncryptionKey(
      name,
      {
        placement,
        description: `Alarms of ${name}`,
        services: ["cloudwatch.amazonaws.com"],
        events: true,
        ...tagged(tags),
        ...(transform?.key && { transform: transform.key }),
      },
      { parent: this },
    );
  }

  private createTopic(name: string, args: AlarmTopicArgs, keyArn: pulumi.Input<string>): aws.sns.Topic {
    const { displayName = "Alarms", tags, transform } = args;
    return new aws.sns.Topic(
      ...transformed<aws.sns.TopicArgs>(
        transform?.topic,
        `${name}-topic`,
        { kmsMasterKeyId: keyArn, displayName, ...tagged(tags) },
        { parent: this },
      ),
    );
  }

  private subscribe(
    topic: aws.sns.Topic,
    name: string,
    args: Omit<aws.sns.TopicSubscriptionArgs, "topic">,
    transform: Transform<aws.sns.TopicSubscriptionArgs> | undefined,
  ) {
    return new aws.sns.TopicSubscription(
      ...transformed<aws.sns.TopicSubscriptionArgs>(transform, name, { topic: topic.arn, ...args }, { parent: this }),
    );
  }
}

/** The topic's own policy: CloudWatch for this account, and EventBridge; everyone else of this account by IAM. Pure. */
export function alarmTopicStatements(placement: Placement, topicArn: pulumi.Input<string>): Statement[] {
  return [
    {
      Sid: "PublishAlarms",
      Principal: { Service: servicePrincipal("cloudwatch", placement) },
      Action: "sns:Publish",
      Resource: topicArn,
      Condition: { StringEquals: { "aws:SourceAccount": placement.accountId } },
    },
    {
      Sid: "PublishEvents",
      Principal: { Service: servicePrincipal("events", placement) },
      Action: "sns:Publish",
      Resource: topicArn,
      // No condition: EventBridge sets no condition keys when it publishes to SNS, so the event would be dropped
      // (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-troubleshooting.html). The key's policy holds it to this account.
    },
    denyInsecureTransport(TOPIC_ACTIONS, topicArn),
  ];
}

function validateAlarmTopic({ email, webhookUrl, displayName = "" }: AlarmTopicArgs): Problem[] {
  return [
    ...unless(webhookUrl === undefined || /^https:\/\/[^\s@#]+$/.test(webhookUrl), {
      path: "webhookUrl",
      value: webhookUrl,
      allowed: "an https URL without a user, a password and a fragment",
      remedy: "correct it, or leave it out",
    }),
    ...unless(email === undefined || /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(email), {
      path: "email",
      value: email,
      allowed: "an e-mail address",
      remedy: "correct it, or leave it out",
    }),
    ...unless(displayName.length <= 100, {
      path: "displayName",
      value: displayName,
      allowed: "at most 100 characters",
      remedy: "shorten it",
    }),
  ];
}
