// Validates the arguments as Kubernetes and RabbitMQ would; all problems at once, before anything is created.
import {
  durationWithin,
  imageProblems,
  lowerCaseProblems,
  mebibytes,
  type Problem,
  unless,
  wholeNumber,
} from "../../kit";
import { objectNameProblems } from "../kit";
import type { MessagingArgs, QueueSettings, SubscriptionSettings, UserSettings } from "./args";
import { DEAD_LETTER_EXCHANGE } from "./definitions";

/** The operator names its objects `<name>-server-<n>`, `<name>-plugins-conf`, and a label holds 63 characters. */
const NAME_LIMIT = 40;
/** RabbitMQ's names and routing keys hold 255 bytes; `.dead-letter` comes behind a queue's. */
const QUEUE_LIMIT = 240;
const KEY_LIMIT = 255;
const NODES = [1, 3, 5];

/** Every problem of the arguments. */
export function validateMessaging(name: string, args: MessagingArgs): Problem[] {
  const { nodes = 3 } = args;
  return [
    ...objectNameProblems("name", name, NAME_LIMIT),
    ...Object.entries(args.queues).flatMap(([queue, settings]) => queueProblems(args, queue, settings)),
    ...args.topics.flatMap((topic, index) => topicProblems(args, topic, index)),
    ...args.subscriptions.flatMap((subscription, index) => subscriptionProblems(args, subscription, index)),
    ...Object.entries(args.users).flatMap(([user, settings]) => userProblems(args, name, user, settings)),
    ...unless(NODES.includes(nodes), {
      path: "nodes",
      value: nodes,
      allowed: "1, 3 or 5: a majority of the nodes must be up",
      remedy: "choose 3, or 1 where messages may be lost",
    }),
    ...(args.image === undefined ? [] : imageProblems("image", args.image)),
    ...(args.importImage === undefined ? [] : imageProblems("importImage", args.importImage)),
    ...wholeNumber("cpu", args.cpu, 128, 65_536, "choose CPU units, 1024 for a processor"),
    ...leastSize("memory", args.memory, 512),
    ...leastSize("storage", args.storage, 5 * 1024),
  ];
}

/** A problem when a size is smaller than a number of MiB; none when it isn't set. */
function leastSize(path: string, value: string | undefined, least: number): Problem[] {
  const given = value === undefined ? Infinity : mebibytes(value);
  return unless(given !== undefined && given >= least, {
    path,
    value,
    allowed: `${least} MiB or more`,
    remedy: 'write a number and a unit, such as "1 GiB"',
  });
}

function queueProblems({ topics }: MessagingArgs, queue: string, settings: QueueSettings): Problem[] {
  const path = `queues.${queue}`;
  return [
    ...channelProblems(path, queue),
    // Permissions of RabbitMQ name exchanges and queues alike.
    ...unless(!topics.includes(queue), {
      path,
      value: queue,
      allowed: "a name that no topic has: who may publish to the topic could bind the queue",
      remedy: "rename the queue or the topic",
    }),
    ...durationWithin(`${path}.visibilityTimeout`, settings.visibilityTimeout, "0s", "12h"),
    ...durationWithin(`${path}.retention`, settings.retention, "1m", "14d"),
    ...durationWithin(`${path}.delay`, settings.delay, "0s", "15m"),
    ...wholeNumber(`${path}.maxReceiveCount`, settings.maxReceiveCount, 1, 1000, "choose how often handling is tried"),
  ];
}

function topicProblems({ topics }: MessagingArgs, topic: string, index: number): Problem[] {
  const path = `topics[${index}]`;
  return [
    ...channelProblems(path, topic),
    ...unless(topics.indexOf(topic) === index, {
      path,
      value: topic,
      allowed: "each topic once",
      remedy: "remove the repetition",
    }),
  ];
}

function channelProblems(path: string, value: string): Problem[] {
  return [
    ...lowerCaseProblems(path, value, "rename it", QUEUE_LIMIT),
    ...unless(value !== DEAD_LETTER_EXCHANGE, {
      path,
      value,
      allowed: `a name other than "${DEAD_LETTER_EXCHANGE}", which is the exchange of all dead letters`,
      remedy: "choose another name",
    }),
  ];
}

function subscriptionProblems(
  { topics, queues, subscriptions }: MessagingArgs,
  { topic, queue, eventTypes }: SubscriptionSettings,
  index: number,
): Problem[] {
  const path = `subscriptions[${index}]`;
  const first = subscriptions.findIndex((other) => other.topic === topic && other.queue === queue);
  return [
    ...knownProblems(`${path}.topic`, topic, topics),
    ...knownProblems(`${path}.queue`, queue, Object.keys(queues)),
    ...unless(first === index, {
      path,
      value: `${topic} to ${queue}`,
      allowed: "one subscription for a topic and a queue",
      remedy: `add its event types to subscriptions[${first}]`,
    }),
    ...(eventTypes === undefined ? [] : eventTypeProblems(`${path}.eventTypes`, eventTypes)),
  ];
}

function userProblems(args: MessagingArgs, name: string, user: string, settings: UserSettings): Problem[] {
  const path = `users.${user}`;
  const { publishes = {}, sends = [], consumes = [] } = settings;
  const queues = Object.keys(args.queues);
  return [
    // Its Secret is called <name>-<user>-user.
    ...objectNameProblems(path, user, 253 - name.length - 6),
    ...Object.entries(publishes).flatMap(([topic, types]) => [
      ...knownProblems(`${path}.publishes.${topic}`, topic, args.topics),
      ...(types === "all" ? [] : eventTypeProblems(`${path}.publishes.${topic}`, types)),
    ]),
    ...sends.flatMap((queue, index) => knownProblems(`${path}.sends[${index}]`, queue, queues)),
    ...consumes.flatMap((queue, index) => knownProblems(`${path}.consumes[${index}]`, queue, queues)),
  ];
}

function knownProblems(path: string, value: string, names: readonly string[]): Problem[] {
  return unless(names.includes(value), {
    path,
    value,
    allowed: names.length === 0 ? "none: nothing of the kind is declared" : names.join(", "),
    remedy: "declare it, or correct the name",
  });
}

/** A topic exchange reads `*`, `#` and dots of a binding as wildcards and separators. */
function eventTypeProblems(path: string, eventTypes: readonly string[]): Problem[] {
  const fits = (type: string): boolean => /^[\w:-]+$/.test(type) && type.length <= KEY_LIMIT;
  const good = eventTypes.length > 0 && new Set(eventTypes).size === eventTypes.length && eventTypes.every(fits);
  return unless(good, {
    path,
    value: eventTypes,
    allowed: `different event types of letters, digits, "_", "-" and ":", at most ${KEY_LIMIT} characters each`,
    remedy: "respell them: they are routing keys, in which other characters have a meaning",
  });
}
