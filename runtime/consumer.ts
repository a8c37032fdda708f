// Messages of a queue that a service consumes: checked against their contracts, handled, deleted; or left to the dead-letter queue.
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import { constantCase } from "../components/kit/names";
import { inContextOf } from "./context";
import { checkContract, ContractBroken } from "./contracts";
import {
  type ConsumedData,
  type ConsumedQueue,
  type ConsumedType,
  type Described,
  type EventNames,
  namedIn,
  type ServiceOf,
} from "./description";

/** An event that has arrived. */
export interface ReceivedEvent<Data> {
  /** The same for each delivery of one event. */
  readonly id: string;
  readonly type: string;
  /** Undefined: the message does not say; the contract's own. */
  readonly version: string | undefined;
  readonly data: Data;
  /** Attributes of the message: `aggregate_id`, `version` and `replay` of an event store's events. */
  readonly attributes: Readonly<Record<string, string>>;
  /** 1 at the first delivery. */
  readonly deliveries: number;
}

/** Remembers which events are handled. It outlives the process: a table of the service, or better a row in the transaction of the work itself. */
export interface Inbox {
  has(id: string): Promise<boolean>;
  add(id: string): Promise<void>;
}

/** Arguments of a consumer: the handlers of its messages, and settings. */
export interface ConsumerArgs<Handlers> {
  readonly sqs: SQSClient;
  /** Work by event type. It may run twice for one event when the process ends in the middle. */
  readonly on: Handlers;
  /** Work that was sent to the queue directly (`sendsTo`): its body is JSON. @default such a message is refused */
  readonly onWork?: (work: ReceivedEvent<unknown>) => Promise<void>;
  /**
   * Whether events that their owner sends again (attribute `replay`) are handled. They are meant for copies and read models; another handler would, say,
   * send its e-mail again.
   * @default false: they are deleted
   */
  readonly replays?: boolean;
  /** Events that it has are not handled again. @default every delivery is handled */
  readonly inbox?: Inbox;
  /** @default process.env */
  readonly variables?: Readonly<Record<string, string | undefined>>;
}

/** A handler for each event type that reaches the queue. */
export type HandlersOf<S, N extends ServiceOf<S>, Q extends ConsumedQueue<S, N>> = {
  readonly [Type in ConsumedType<S, N, Q>]: (event: ReceivedEvent<ConsumedData<S, N, Q, Type>>) => Promise<void>;
};

type AnyHandlers = Readonly<Record<string, (event: ReceivedEvent<unknown>) => Promise<void>>>;

/** Selections of a queue by topic. */
type From = Readonly<Record<string, "all" | EventNames>>;

/** Receives the messages of one queue. */
export interface Consumer {
  /**
   * Receives messages once, at most ten, and handles them.
   *
   * @returns how many messages were handled
   */
  receive(waitSeconds?: number): Promise<number>;
}

/**
 * The consumer of a queue that a service names in `consumes`. An event type that reaches the queue and has no handler, or the other way round, does
 * not compile. A message is deleted after its handler only. One that fails stays hidden for 2, 4, 8 … seconds; one that breaks its contract
 * comes back at once, because no try helps. After `maxReceiveCount` deliveries SQS moves either to the dead-letter queue.
 *
 * @throws Error when the variable of the queue is missing
 */
export function consumer<S extends Described, N extends ServiceOf<S>, Q extends ConsumedQueue<S, N>>(
  system: S,
  service: N,
  queue: Q,
  args: ConsumerArgs<NoInfer<HandlersOf<S, N, Q>>>,
): Consumer;
export function consumer(system: Described, service: string, queue: string, args: ConsumerArgs<AnyHandlers>): Consumer {
  const { consumes = {} } = (system.services[service] ?? {}) as {
    readonly consumes?: Readonly<Record<string, { readonly from?: From }>>;
  };
  return new QueueConsumer(system, queue, consumes[queue]?.from ?? {}, args);
}

/** Receives from a queue whose topics and events are known by name only. */
export class QueueConsumer implements Consumer {
  private readonly queueUrl: string;

  constructor(
    private readonly system: Described,
    queue: string,
    private readonly from: From,
    private readonly args: ConsumerArgs<AnyHandlers>,
  ) {
    const variable = `${constantCase(queue)}_URL`;
    const url = (args.variables ?? process.env)[variable];
    if (url === undefined) throw new Error(`${variable} is not set: does the service consume ${queue}?`);
    this.queueUrl = url;
  }

  async receive(waitSeconds = 20): Promise<number> {
    const { Messages = [] } = await this.args.sqs.send(
      new ReceiveMessageCommand({
        ...{ QueueUrl: this.queueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: waitSeconds },
        MessageAttributeNames: ["All"],
        MessageSystemAttributeNames: ["ApproximateReceiveCount", "MessageGroupId"],
      }),
    );
    // Messages of a group keep their order, and deliveries of one event follow each other, so that the inbox has the first before the second.
    const groups = new Map<string, Message[]>();
    for (const message of Messages) {
      const group = message.Attributes?.MessageGroupId ?? identifierOf(message);
      groups.set(group, [...(groups.get(group) ?? []), message]);
    }
    const counts = await Promise.all([...groups.values()].map((group) => this.inOrder(group)));
    return counts.reduce((sum, count) => sum + count, 0);
  }

  /** Handles the messages of a group one by one. When one fails, those behind it wait for it. */
  private async inOrder(group: readonly Message[]): Promise<number> {
    for (const [index, message] of group.entries()) {
      const wait = await this.handle(message);
      if (wait === undefined) continue;
      const ordered = message.Attributes?.MessageGroupId !== undefined;
      // SQS delivers nothing of a group while a message of it is hidden, so those behind it need not be hidden themselves.
      await this.hide(message, wait);
      await Promise.all(group.slice(index + 1).map((later) => this.hide(later, ordered ? 0 : wait)));
      return index;
    }
    return group.length;
  }

  /** @returns undefined when the message is handled; otherwise seconds until the next try */
  private async handle(message: Message): Promise<number | undefined> {
    const deliveries = Number(message.Attributes?.ApproximateReceiveCount ?? 1);
    try {
      const event = eventOf(message, deliveries);
      const headers = {
        "x-correlation-id": event.attributes.correlation_id,
        traceparent: event.attributes.traceparent,
      };
      await inContextOf(headers, () => this.once(event));
      await this.args.sqs.send(
        new DeleteMessageCommand({ QueueUrl: this.queueUrl, ReceiptHandle: message.ReceiptHandle }),
      );
      return undefined;
    } catch (error) {
      const broken = error instanceof ContractBroken;
      // The data stays out of the log: it may be personal.
      const reason = broken ? error.message : error instanceof Error ? error.name : "unknown";
      console.error(JSON.stringify({ failed: message.MessageId, deliveries, reason }));
      return broken ? 0 : Math.min(2 ** deliveries, 900);
    }
  }

  private async once(event: ReceivedEvent<unknown>): Promise<void> {
    const { on, onWork, inbox, replays = false } = this.args;
    if (event.attributes.replay !== undefined && !replays) return;
    const work = event.type === "" ? onWork : on[event.type];
    if (!work)
      throw new ContractBroken(event.type === "" ? "a message without event_type" : `no handler for ${event.type}`);
    if (event.type !== "") this.check(event);
    // A replay has the identifier of the event that was handled before.
    const seen = event.attributes.replay === undefined ? inbox : undefined;
    if ((await seen?.has(event.id)) === true) return;
    await work(event);
    await seen?.add(event.id);
  }

  /** When several topics have the event type, the message must satisfy the contract of one of them. */
  private check({ type, version, data }: ReceivedEvent<unknown>): void {
    const readings = Object.entries(this.from).flatMap(([topic, selection]) => {
      const selected = selection === "all" ? {} : namedIn(selection, type);
      return selected && this.system.topics[topic]?.events[type] ? [{ topic, reading: selected.version }] : [];
    });
    const problems = readings.flatMap(({ topic, reading }) => {
      try {
        checkContract(this.system, topic, type, this.readAs(topic, type, version, reading), data);
        return [];
      } catch (error) {
        return [error instanceof Error ? error.message : String(error)];
      }
    });
    if (problems.length > 0 && problems.length === readings.length) throw new ContractBroken(problems.join("; "));
  }

  /**
   * The version whose schema a message must satisfy. A publisher may be deployed first and send a minor version that this consumer has not seen: it
   * only adds fields, so the schema that the consumer was written for must hold.
   */
  private readAs(
    topic: string,
    type: string,
    sent: string | undefined,
    reading: string | undefined,
  ): string | undefined {
    const { version = "1.0" } = this.system.topics[topic]?.events[type] ?? {};
    const written = reading ?? version;
    if (sent === undefined) return written;
    return major(sent) === major(written) ? written : sent;
  }

  private async hide({ ReceiptHandle, MessageId }: Message, VisibilityTimeout: number): Promise<void> {
    try {
      await this.args.sqs.send(
        new ChangeMessageVisibilityCommand({ QueueUrl: this.queueUrl, ReceiptHandle, VisibilityTimeout }),
      );
    } catch (error) {
      // It comes back after the queue's own time.
      console.error(JSON.stringify({ hidden: MessageId, reason: error instanceof Error ? error.name : "unknown" }));
    }
  }
}

const major = (version: string): string | undefined => version.split(".")[0];

/** Envelope that SNS puts around a message without raw message delivery. */
interface Envelope {
  readonly Type: "Notification";
  readonly MessageId: string;
  readonly Message: string;
  readonly MessageAttributes?: Readonly<Record<string, { readonly Value: string }>>;
}

/** The event's identifier; the message's when its body can't be read. */
function identifierOf(message: Message): string {
  try {
    return eventOf(message, 1).id;
  } catch {
    return message.MessageId ?? "";
  }
}

/** @throws ContractBroken when a body is no JSON */
function eventOf(message: Message, deliveries: number): ReceivedEvent<unknown> {
  const body = parsed(message.Body ?? "");
  const wrapped = isEnvelope(body);
  const attributes = wrapped
    ? Object.fromEntries(Object.entries(body.MessageAttributes ?? {}).map(([name, { Value }]) => [name, Value]))
    : Object.fromEntries(
        Object.entries(message.MessageAttributes ?? {}).map(([name, { StringValue = "" }]) => [name, StringValue]),
      );
  return {
    id: attributes.event_id ?? (wrapped ? body.MessageId : (message.MessageId ?? "")),
    type: attributes.event_type ?? "",
    version: attributes.event_version,
    data: wrapped ? parsed(body.Message) : body,
    attributes,
    deliveries,
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new ContractBroken("the body is no JSON");
  }
}

function isEnvelope(body: unknown): body is Envelope {
  if (typeof body !== "object" || body === null) return false;
  const { Type, Message, TopicArn } = body as Readonly<Record<string, unknown>>;
  return Type === "Notification" && typeof Message === "string" && typeof TopicArn === "string";
}
