// The topology as RabbitMQ's own definitions (https://www.rabbitmq.com/docs/definitions). Pure.
import { createHash } from "node:crypto";
import { seconds } from "../../kit";
import type { MessagingArgs, QueueSettings, UserSettings } from "./args";

/** The exchange that dead letters pass through. It is internal: no client can publish to it. */
export const DEAD_LETTER_EXCHANGE = "dead-letter";
/** Queue of the messages that could not be processed. */
export const deadLetterQueueOf = (queue: string): string => `${queue}.dead-letter`;
/** Tag of the users that the definitions own. It gives no right; the import deletes users with it that are no longer declared. */
export const USER_TAG = "service";

const QUEUE_DEFAULTS = { retention: "4d", delay: "0s" } as const;
const DEAD_LETTER_RETENTION = "14d";
/** From RabbitMQ 4.0 on a queue drops messages after 20 deliveries. Looking at a dead letter must not drop it, so dead-letter queues have a high limit. */
const LOOKS_AT_A_DEAD_LETTER = 1_000_000;

type Arguments = Readonly<Record<string, string | number | boolean>>;
interface Named {
  readonly name: string;
  readonly vhost: string;
}

/** Definitions as the management API imports and exports them. */
export interface Definitions {
  readonly vhosts: readonly { readonly name: string }[];
  readonly users: readonly {
    readonly name: string;
    readonly password_hash: string;
    readonly hashing_algorithm: string;
    readonly tags: readonly string[];
  }[];
  readonly permissions: readonly {
    readonly user: string;
    readonly vhost: string;
    readonly configure: string;
    readonly write: string;
    readonly read: string;
  }[];
  readonly topic_permissions: readonly {
    readonly user: string;
    readonly vhost: string;
    readonly exchange: string;
    readonly write: string;
    readonly read: string;
  }[];
  readonly policies: readonly (Named & {
    readonly pattern: string;
    readonly "apply-to": "queues";
    readonly priority: number;
    readonly definition: Arguments;
  })[];
  readonly queues: readonly (Named & {
    readonly durable: true;
    readonly auto_delete: false;
    readonly arguments: Arguments;
  })[];
  readonly exchanges: readonly (Named & {
    readonly type: "topic" | "fanout" | "direct";
    readonly durable: true;
    readonly auto_delete: false;
    readonly internal: boolean;
    readonly arguments: Arguments;
  })[];
  readonly bindings: readonly {
    readonly vhost: string;
    readonly source: string;
    readonly destination: string;
    readonly destination_type: "queue";
    readonly routing_key: string;
    readonly arguments: Arguments;
  }[];
}

type Topology = Pick<MessagingArgs, "queues" | "topics" | "subscriptions" | "users">;

/**
 * The definitions of a topology. What may change is a policy, because RabbitMQ never changes the arguments of a queue that exists: a policy
 * takes effect at once and loses no message.
 *
 * @param passwords by the name of the user
 */
export function definitionsOf(
  vhost: string,
  topology: Topology,
  passwords: Readonly<Record<string, string>>,
): Definitions {
  const queues = Object.entries(topology.queues);
  const users = Object.entries(topology.users);
  return {
    vhosts: [{ name: vhost }],
    users: users.map(([name]) => ({
      name,
      password_hash: passwordHash(passwords[name] ?? ""),
      hashing_algorithm: "rabbit_password_hashing_sha256",
      tags: [USER_TAG],
    })),
    permissions: users.map(([user, settings]) => ({ user, vhost, ...permissionsOf(settings) })),
    topic_permissions: users.flatMap(([user, { publishes = {} }]) =>
      Object.entries(publishes).map(([exchange, types]) => ({
        user,
        vhost,
        exchange,
        write: types === "all" ? ".*" : oneOf(types),
        read: "^$",
      })),
    ),
    policies: queues.flatMap(([queue, settings]) =>
      Object.entries(policiesOf(queue, settings)).map(([name, definition]) => ({
        name,
        vhost,
        pattern: oneOf([name]),
        "apply-to": "queues" as const,
        priority: 1,
        definition,
      })),
    ),
    queues: queues.flatMap(([queue, settings]) => queuesOf(vhost, queue, settings)),
    exchanges: [
      exchange(vhost, DEAD_LETTER_EXCHANGE, "direct", true),
      ...topology.topics.map((topic) => exchange(vhost, topic, "topic")),
      ...queues.map(([queue]) => exchange(vhost, queue, "fanout")),
    ],
    bindings: bindingsOf(vhost, topology),
  };
}

/** Where new messages of a queue go: the queue itself, or the one in which they wait first. */
const entryOf = (queue: string, settings: QueueSettings | undefined): string =>
  settings !== undefined && isDelayed(settings) ? `${queue}.delay` : queue;

function isDelayed({ delay = QUEUE_DEFAULTS.delay }: QueueSettings): boolean {
  return milliseconds(delay) > 0;
}

function queuesOf(vhost: string, queue: string, settings: QueueSettings): Definitions["queues"] {
  const names = [queue, deadLetterQueueOf(queue), ...(isDelayed(settings) ? [`${queue}.delay`] : [])];
  return names.map((name) => ({
    name,
    vhost,
    durable: true,
    auto_delete: false,
    arguments: {
      "x-queue-type": "quorum",
      ...(name === queue && settings.singleActiveConsumer === true && { "x-single-active-consumer": true }),
    },
  }));
}

/** At-least-once: a message leaves a queue after the next one has confirmed it. It needs `reject-publish` (https://www.rabbitmq.com/docs/quorum-queues#dead-lettering). */
const SAFELY = { "dead-letter-strategy": "at-least-once", overflow: "reject-publish" } as const;

function policiesOf(queue: string, settings: QueueSettings): Readonly<Record<string, Arguments>> {
  const { visibilityTimeout, maxReceiveCount, retention = QUEUE_DEFAULTS.retention } = settings;
  const { delay = QUEUE_DEFAULTS.delay } = settings;
  return {
    [queue]: {
      // A message is given up when it comes back more often than this.
      "delivery-limit": maxReceiveCount - 1,
      "message-ttl": milliseconds(retention),
      "consumer-timeout": Math.max(milliseconds(visibilityTimeout), 60_000),
      "dead-letter-exchange": DEAD_LETTER_EXCHANGE,
      "dead-letter-routing-key": queue,
      ...SAFELY,
    },
    [deadLetterQueueOf(queue)]: {
      "message-ttl": milliseconds(DEAD_LETTER_RETENTION),
      "delivery-limit": LOOKS_AT_A_DEAD_LETTER,
    },
    ...(isDelayed(settings) && {
      // This queue has no consumer: its messages expire, and the default exchange routes them to the queue that the routing key names.
      [`${queue}.delay`]: {
        "message-ttl": milliseconds(delay),
        "dead-letter-exchange": "",
        "dead-letter-routing-key": queue,
        ...SAFELY,
      },
    }),
  };
}

function exchange(vhost: string, name: string, type: Definitions["exchanges"][number]["type"], internal = false) {
  return { name, vhost, type, durable: true, auto_delete: false, internal, arguments: {} } as const;
}

function bindingsOf(vhost: string, { queues, subscriptions }: Topology): Definitions["bindings"] {
  const binding = (source: string, destination: string, key: string) =>
    ({ vhost, source, destination, destination_type: "queue", routing_key: key, arguments: {} }) as const;
  return [
    ...Object.entries(queues).flatMap(([queue, settings]) => [
      binding(queue, entryOf(queue, settings), ""),
      binding(DEAD_LETTER_EXCHANGE, deadLetterQueueOf(queue), queue),
    ]),
    ...subscriptions.flatMap(({ topic, queue, eventTypes = ["#"] }) =>
      eventTypes.map((type) => binding(topic, entryOf(queue, queues[queue]), type)),
    ),
  ];
}

/** A user publishes to exchanges (`write`) and consumes queues (`read`); it declares, binds and deletes nothing. */
function permissionsOf({ publishes = {}, sends = [], consumes = [] }: UserSettings) {
  return { configure: "^$", write: oneOf([...Object.keys(publishes), ...sends]), read: oneOf(consumes) };
}

/** A regular expression that matches these names and nothing else; no name matches nothing. */
function oneOf(names: readonly string[]): string {
  const escaped = [...new Set(names)].sort().map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return escaped.length === 0 ? "^$" : `^(${escaped.join("|")})$`;
}

/**
 * A salted hash as RabbitMQ computes it (https://www.rabbitmq.com/docs/passwords#computing-password-hash). The salt follows from the
 * password, so that a password has the same hash in each run. Passwords are 40 random characters, so a rainbow table can't contain them.
 */
export function passwordHash(password: string): string {
  const salt = createHash("sha256").update(`salt ${password}`).digest().subarray(0, 4);
  const hash = createHash("sha256").update(salt).update(password, "utf8").digest();
  return Buffer.concat([salt, hash]).toString("base64");
}

/** Validation has refused every text that is no duration. */
function milliseconds(duration: string): number {
  const value = seconds(duration);
  if (value === undefined) throw new Error(`not a duration: ${duration}`);
  return value * 1000;
}
