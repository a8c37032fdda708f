// Queues and topics together, because what makes them safe lies between them: a queue's policy names the topics that
// deliver to it, and one key lets SNS read a topic and write a queue. One key for all: messages pass from one to the other.
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type Grant, InvalidInput, tagged, throwIfAny, transformed, type Signal } from "../../kit";
import { type EncryptionKey, policyDocument, signalAlarms, placed } from "../kit";
import type { MessagingArgs, MessagingOutputs, QueueSettings, SubscriptionSettings, TopicSettings } from "./args";
import { createKey, mapValues, type QueueNodes, type SubscriptionNodes } from "./nodes";
import { type Observation, observed } from "./observe";
import { consumeGrant, type GrantedQueue, publishGrant, queueStatements, sendGrant, topicStatements } from "./policies";
import { deadLetterArgs, deliveryArgs, queueArgs, topicArgs } from "./resolve";
import { givenUpSignal, queueSignals, topicSignals } from "./signals";
import { undeliveredQueue, validateMessaging } from "./validate";

const TYPE = "archipelago:messaging:Messaging";

/**
 * SQS queues with dead-letter queues, SNS topics, and filtered subscriptions with dead-letter queues of their own, all
 * encrypted with one key, over TLS only, closed to other accounts; an alarm wherever messages are given up. About 1 USD a month for the key and
 * 0.10 USD an alarm, then by use. `fifo` on or off replaces a queue or topic and its subscriptions; everything else is updated in place.
 *
 * @example
 * new Messaging("messaging", {
 *   placement,
 *   queues: { "payment-queue": { visibilityTimeout: "5m", maxReceiveCount: 3 } },
 *   topics: { "order-events": {} },
 *   subscriptions: [{ topic: "order-events", queue: "payment-queue", eventTypes: ["ORDER_CREATED"] }],
 * });
 */
export class Messaging extends pulumi.ComponentResource implements MessagingOutputs {
  readonly queueUrls: MessagingOutputs["queueUrls"];
  readonly queueArns: MessagingOutputs["queueArns"];
  readonly queueNames: MessagingOutputs["queueNames"];
  readonly topicArns: MessagingOutputs["topicArns"];
  readonly deadLetterQueueArns: MessagingOutputs["deadLetterQueueArns"];
  readonly keyArn: pulumi.Output<string>;
  readonly signals: Signal[] = [];
  /** The children; queues and topics by their names, subscriptions by `<topic>-to-<queue>`. */
  readonly nodes: {
    readonly key: EncryptionKey;
    readonly queues: Readonly<Record<string, QueueNodes>>;
    readonly topics: Readonly<Record<string, { readonly topic: aws.sns.Topic; readonly policy: aws.sns.TopicPolicy }>>;
    readonly subscriptions: Readonly<Record<string, SubscriptionNodes>>;
  };

  constructor(
    private readonly name: string,
    private readonly args: MessagingArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super(TYPE, name, {}, placed(`${TYPE} "${name}"`, args.placement, opts));
    throwIfAny(`${TYPE} "${name}"`, validateMessaging(name, args));
    const key = createKey(this, name, args);
    this.keyArn = key.arn;
    const topics = mapValues(args.topics, (settings, topic) => this.createTopic(topic, settings));
    this.topicArns = mapValues(topics, ({ topic }) => topic.arn);
    const queues = mapValues(args.queues, (settings, queue) => this.createQueue(queue, settings));
    this.queueUrls = mapValues(queues, ({ queue }) => queue.url);
    this.queueArns = mapValues(queues, ({ queue }) => queue.arn);
    this.queueNames = mapValues(queues, ({ queue }) => queue.name);
    this.deadLetterQueueArns = mapValues(queues, ({ deadLetterQueue }) => deadLetterQueue.arn);
    const subscriptions = Object.fromEntries(
      args.subscriptions.map((settings) => [
        `${settings.topic}-to-${settings.queue}`,
        this.createSubscription(settings, topics, queues),
      ]),
    );
    this.nodes = { key, queues, topics, subscriptions };
    const { queueUrls, queueArns, queueNames, topicArns, deadLetterQueueArns, keyArn } = this;
    this.registerOutputs({ queueUrls, queueArns, queueNames, topicArns, deadLetterQueueArns, keyArn });
  }

  grantPublish(topic: string, eventTypes?: readonly string[]): Grant {
    const grant = publishGrant(this.grantSource, topic, this.known("topic", this.topicArns, topic), eventTypes);
    // SNS keeps nothing for a subscription that comes later.
    const subscriptions = this.args.subscriptions
      .filter((subscription) => subscription.topic === topic)
      .map(({ queue }) => this.known("subscription", this.nodes.subscriptions, `${topic}-to-${queue}`).subscription);
    return { ...grant, startsAfter: [this.known("topic", this.nodes.topics, topic).policy, ...subscriptions] };
  }

  grantSend(queue: string): Grant {
    return { ...sendGrant(this.grantSource, this.grantedQueue(queue)), ...this.queueIsReady(queue) };
  }

  grantConsume(queue: string): Grant {
    return { ...consumeGrant(this.grantSource, this.grantedQueue(queue)), ...this.queueIsReady(queue) };
  }

  observe(channel: string): Observation {
    return observed(
      { name: this.name, nodes: this.nodes, signals: this.signals, subscriptions: this.args.subscriptions },
      channel,
    );
  }

  private queueIsReady(queue: string): Pick<Grant, "startsAfter"> {
    const { policies, redriveAllowPolicy } = this.known("queue", this.nodes.queues, queue);
    return { startsAfter: [...policies, redriveAllowPolicy] };
  }

  private grantedQueue(name: string): GrantedQueue {
    const { arn, url } = this.known("queue", this.nodes.queues, name).queue;
    return { name, arn, url };
  }

  private get grantSource() {
    return { placement: this.args.placement, keyArn: this.keyArn };
  }

  private known<T>(kind: string, things: Readonly<Record<string, T>>, name: string): T {
    const thing = things[name];
    if (thing !== undefined) return thing;
    throw new InvalidInput(`${TYPE} "${this.name}"`, [
      { path: kind, value: name, allowed: Object.keys(things).join(", "), remedy: "declare it, or correct the name" },
    ]);
  }

  private createTopic(topicName: string, settings: TopicSettings) {
    const { placement, transform } = this.args;
    const name = `${this.name}-${topicName}`;
    const topic = new aws.sns.Topic(
      ...transformed<aws.sns.TopicArgs>(
        transform?.topic,
        name,
        { kmsMasterKeyId: this.keyArn, ...topicArgs(settings), ...tagged(this.args.tags) },
        { parent: this },
      ),
    );
    const policy = new aws.sns.TopicPolicy(
      ...transformed<aws.sns.TopicPolicyArgs>(
        transform?.topicPolicy,
        `${name}-policy`,
        { arn: topic.arn, policy: policyDocument(topicStatements(placement, topic.arn)) },
        { parent: this },
      ),
    );
    this.watch(topicSignals(name, topic), () => name);
    return { topic, policy };
  }

  private createQueue(queueName: string, settings: QueueSettings): QueueNodes {
    const { subscriptions, transform } = this.args;
    const name = `${this.name}-${queueName}`;
    const fifo = settings.fifo !== undefined;
    const deadLetterQueue = new aws.sqs.Queue(
      ...transformed(transform?.deadLetterQueue, `${name}-dead-letter`, this.deadLetterArgs(fifo), { parent: this }),
    );
    const queue = new aws.sqs.Queue(
      ...transformed<aws.sqs.QueueArgs>(
        transform?.queue,
        name,
        { kmsMasterKeyId: this.keyArn, ...queueArgs(settings, deadLetterQueue.arn), ...tagged(this.args.tags) },
        { parent: this },
      ),
    );
    const redriveAllowPolicy = new aws.sqs.RedriveAllowPolicy(
      ...transformed<aws.sqs.RedriveAllowPolicyArgs>(
        transform?.redriveAllowPolicy,
        `${name}-dead-letter-redrive`,
        {
          queueUrl: deadLetterQueue.url,
          redriveAllowPolicy: pulumi.jsonStringify({ redrivePermission: "byQueue", sourceQueueArns: [queue.arn] }),
        },
        { parent: this },
      ),
    );
    const sources = subscriptions.filter((subscription) => subscription.queue === queueName).map(({ topic }) => topic);
    const policies = [
      this.createQueuePolicy(name, queue, sources),
      this.createQueuePolicy(`${name}-dead-letter`, deadLetterQueue, []),
    ];
    const { alarm } = this.watchGivenUp(`${name}-dead-letter`, deadLetterQueue);
    const { maxAge } = settings;
    const { age: ageAlarm } = this.watch(queueSignals(name, queue, maxAge), ({ role }) => `${name}-${role}`);
    return { queue, deadLetterQueue, redriveAllowPolicy, policies, alarm, ageAlarm };
  }

  private createSubscription(
    settings: SubscriptionSettings,
    topicNodes: Messaging["nodes"]["topics"],
    queueNodes: Messaging["nodes"]["queues"],
  ): SubscriptionNodes {
    const { topic, queue } = settings;
    const { topics, transform } = this.args;
    const name = `${this.name}-${topic}-to-${queue}`;
    const undelivered = undeliveredQueue(name);
    // SNS wants a dead-letter queue of the topic's kind, whatever the subscribed queue is.
    const args = this.deadLetterArgs(topics[topic]?.fifo !== undefined);
    const deadLetterQueue = new aws.sqs.Queue(
      ...transformed(transform?.subscriptionDeadLetterQueue, undelivered, args, { parent: this }),
    );
    const policy = this.createQueuePolicy(undelivered, deadLetterQueue, [topic]);
    const subscription = new aws.sns.TopicSubscription(
      ...transformed<aws.sns.TopicSubscriptionArgs>(
        transform?.subscription,
        name,
        {
          topic: this.known("topic", this.topicArns, topic),
          protocol: "sqs",
          endpoint: this.known("queue", this.queueArns, queue),
          ...deliveryArgs(settings, deadLetterQueue.arn),
        },
        {
          parent: this,
          // While the queue's policy does not allow the topic, SNS sends messages to the dead-letter queue; while that queue's policy does
          // not either, they are lost.
          dependsOn: [
            policy,
            ...(queueNodes[queue]?.policies ?? []),
            ...(topicNodes[topic] ? [topicNodes[topic].policy] : []),
          ],
        },
      ),
    );
    const { alarm } = this.watchGivenUp(undelivered, deadLetterQueue);
    return { subscription, deadLetterQueue, policy, alarm };
  }

  private createQueuePolicy(name: string, queue: aws.sqs.Queue, topics: readonly string[]): aws.sqs.QueuePolicy {
    const topicArns = topics.map((topic) => this.known("topic", this.topicArns, topic));
    return new aws.sqs.QueuePolicy(
      ...transformed<aws.sqs.QueuePolicyArgs>(
        this.args.transform?.queuePolicy,
        `${name}-policy`,
        {
          queueUrl: queue.url,
          policy: policyDocument(queueStatements(this.args.placement, queue.arn, topicArns)),
        },
        { parent: this },
      ),
    );
  }

  /** Adds to the signals and makes those alarms that have a threshold. */
  private watch(signals: readonly Signal[], nameOf: (signal: Signal) => string) {
    const { alarmTopicArn, tags, transform } = this.args;
    this.signals.push(...signals);
    return signalAlarms({ parent: this, tags, transform: transform?.alarm, topicArn: alarmTopicArn, nameOf }, signals);
  }

  private watchGivenUp(name: string, queue: aws.sqs.Queue) {
    const alarms = this.watch([givenUpSignal(name, queue)], () => name);
    return { alarm: this.known("alarm", alarms, "given-up") };
  }

  private deadLetterArgs(fifo: boolean): aws.sqs.QueueArgs {
    return { kmsMasterKeyId: this.keyArn, ...deadLetterArgs(fifo), ...tagged(this.args.tags) };
  }
}
