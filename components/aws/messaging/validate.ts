// Validates the arguments as AWS would; all problems at once, before anything is created.
import {
  QUEUE_LIMITS,
  durationWithin,
  lowerCaseProblems,
  nameTooLong,
  placementProblems,
  type Problem,
  seconds,
  shortened,
  SUFFIX_LENGTH,
  wholeNumber,
} from "../../kit";
import type { MessagingArgs, QueueSettings, SubscriptionSettings } from "./args";

/** Longest queue name: 80 characters, five of which `.fifo` may take. */
const QUEUE_NAME_LIMIT = 75;
const RESERVED = ["-dead-letter", "-undelivered"];

/** Logical name of the queue for what a subscription could not deliver: both ends in full where they fit. */
export function undeliveredQueue(subscription: string): string {
  const role = "-undelivered";
  return `${shortened(subscription, QUEUE_NAME_LIMIT - SUFFIX_LENGTH - role.length)}${role}`;
}

/** Every problem of the arguments; none when AWS will take them. */
export function validateMessaging(name: string, args: MessagingArgs): Problem[] {
  return [
    ...placementProblems(args.placement),
    ...Object.entries(args.queues).flatMap(([queue, settings]) => validateQueue(name, queue, settings)),
    ...Object.entries(args.topics).flatMap(([topic, { displayName }]) => [
      ...validateName(`topics.${topic}`, topic),
      ...validateDisplayName(`topics.${topic}.displayName`, displayName),
    ]),
    ...args.subscriptions.flatMap((subscription, index) => validateSubscription(args, subscription, index)),
  ];
}

/** SNS cuts nothing: a display name over 100 characters is refused. */
export function validateDisplayName(path: string, displayName: string | undefined): Problem[] {
  if (displayName === undefined || displayName.length <= 100) return [];
  return [{ path, value: displayName, allowed: "at most 100 characters", remedy: "shorten it" }];
}

function validateQueue(name: string, queue: string, settings: QueueSettings): Problem[] {
  const path = `queues.${queue}`;
  const tooLong = nameTooLong(name, `${queue}-dead-letter`, QUEUE_NAME_LIMIT);
  return [
    ...validateName(path, queue),
    ...(tooLong ? [{ ...tooLong, path, value: queue }] : []),
    ...durationWithin(`${path}.visibilityTimeout`, settings.visibilityTimeout, ...QUEUE_LIMITS.visibilityTimeout),
    ...durationWithin(`${path}.retention`, settings.retention, ...QUEUE_LIMITS.retention),
    ...durationWithin(`${path}.maxAge`, settings.maxAge, "1m", "14d"),
    ...unreachableAge(`${path}.maxAge`, settings),
    ...durationWithin(`${path}.delay`, settings.delay, ...QUEUE_LIMITS.delay),
    ...wholeNumber(
      `${path}.maxReceiveCount`,
      settings.maxReceiveCount,
      ...QUEUE_LIMITS.maxReceiveCount,
      "choose how often handling is tried",
    ),
  ];
}

/** A message never becomes older than the queue keeps it. */
function unreachableAge(path: string, { maxAge, retention = "4d" }: QueueSettings): Problem[] {
  if (maxAge === undefined || (seconds(maxAge) ?? 0) < (seconds(retention) ?? Infinity)) return [];
  const remedy = "lower maxAge or raise retention";
  return [{ path, value: maxAge, allowed: `less than retention, which is ${retention}`, remedy }];
}

function validateName(path: string, value: string): Problem[] {
  const reserved = RESERVED.find((suffix) => value.endsWith(suffix));
  if (reserved !== undefined) {
    return [{ path, value, allowed: `a name that does not end in ${reserved}`, remedy: "choose another name" }];
  }
  return lowerCaseProblems(path, value, "rename it");
}

function validateSubscription(
  args: MessagingArgs,
  { topic, queue, eventTypes }: SubscriptionSettings,
  index: number,
): Problem[] {
  const path = `subscriptions[${index}]`;
  const first = args.subscriptions.findIndex((other) => other.topic === topic && other.queue === queue);
  return [
    ...known(`${path}.topic`, topic, Object.keys(args.topics)),
    ...known(`${path}.queue`, queue, Object.keys(args.queues)),
    ...(first === index
      ? []
      : [
          {
            path,
            value: `${topic} to ${queue}`,
            allowed: "one subscription for a topic and a queue",
            remedy: `add its event types to subscriptions[${first}]`,
          },
        ]),
    ...validateEventTypes(`${path}.eventTypes`, eventTypes),
    ...(args.queues[queue]?.fifo !== undefined && args.topics[topic] !== undefined && !args.topics[topic].fifo
      ? [
          {
            path,
            value: `${topic} to ${queue}`,
            allowed: "a FIFO topic for a FIFO queue",
            remedy: `set topics.${topic}.fifo, or make the queue a standard one`,
          },
        ]
      : []),
  ];
}

function known(path: string, value: string, names: readonly string[]): Problem[] {
  if (names.includes(value)) return [];
  return [{ path, value, allowed: names.join(", "), remedy: "declare it, or correct the name" }];
}

/** SNS takes at most 150 combinations of values in a filter policy; an empty list would match nothing. */
function validateEventTypes(path: string, eventTypes: readonly string[] | undefined): Problem[] {
  if (eventTypes === undefined) return [];
  const distinct = new Set(eventTypes);
  if (eventTypes.length >= 1 && eventTypes.length <= 150 && distinct.size === eventTypes.length && !distinct.has("")) {
    return [];
  }
  return [
    {
      path,
      value: eventTypes,
      allowed: "1 to 150 different event types",
      remedy: "leave it out to get every message of the topic",
    },
  ];
}
