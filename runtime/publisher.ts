// Events that the description declares, published with their contract checked.
import { PublishCommand, type SNSClient } from "@aws-sdk/client-sns";
import { randomUUID } from "node:crypto";
import { constantCase } from "../components/kit/names";
import { outgoingHeaders } from "./context";
import { checkContract, contractOf } from "./contracts";
import {
  type Described,
  type EventData,
  type EventNames,
  namedIn,
  type PublishedTopic,
  type PublishedType,
  type ServiceOf,
} from "./description";

/** Options of one message. */
export interface PublishOptions {
  /** Identifies the event: consumers recognise a repetition by it. @default a new UUID */
  readonly id?: string;
  /** Marks an event that is sent again, by the name of the replay: only copies and read models handle it. @default it is new */
  readonly replay?: string;
  /** Messages of one group keep their order; needed by a topic with `fifo: true`, and by no other. */
  readonly group?: string;
}

/** Publishes events of one service. Rejects with ContractBroken, and sends nothing, when the data breaks the contract. */
export type Publish<S, N extends ServiceOf<S>> = <T extends PublishedTopic<S, N>, Type extends PublishedType<S, N, T>>(
  topic: T,
  type: Type,
  data: EventData<S, T, Type>,
  options?: PublishOptions,
) => Promise<{ readonly id: string }>;

/** Where a publisher finds the topics. */
export interface PublisherPlace {
  readonly sns: SNSClient;
  /** @default process.env */
  readonly variables?: Readonly<Record<string, string | undefined>>;
}

/**
 * Publishes the events that a service declares in `publishes`: `publisher(shop, "order", { sns })("order-events", "ORDER_CREATED", { … })`. A topic,
 * event or field that the description does not declare does not compile. The message has the attributes `event_type`, `event_id`,
 * `event_version`, `correlation_id` and `traceparent`. An event with a `metric` is counted: its publisher logs a line of JSON with its type.
 */
export function publisher<S extends Described, N extends ServiceOf<S>>(
  system: S,
  service: N,
  place: PublisherPlace,
): Publish<S, N>;
export function publisher(system: Described, service: string, { sns, variables = process.env }: PublisherPlace) {
  const { publishes = {} } = (system.services[service] ?? {}) as {
    readonly publishes?: Readonly<Record<string, EventNames>>;
  };
  return async (
    topic: string,
    type: string,
    data: unknown,
    { id = randomUUID(), group, replay }: PublishOptions = {},
  ) => {
    const named = namedIn(publishes[topic] ?? [], type);
    if (!named) throw new TypeError(`${service} does not publish ${type} on ${topic}`);
    const { version: current, metric } = contractOf(system, topic, type);
    const version = named.version ?? current;
    checkContract(system, topic, type, version, data);
    const variable = `${constantCase(topic)}_TOPIC_ARN`;
    const TopicArn = variables[variable];
    if (TopicArn === undefined) throw new Error(`${variable} is not set: does ${service} publish on ${topic}?`);
    const fifo = system.topics[topic]?.fifo === true;
    if (fifo !== (group !== undefined))
      throw new TypeError(
        `${topic} ${fifo ? "keeps order: name the group of" : "has no groups: leave it out of"} ${type}`,
      );
    const { "x-correlation-id": correlation, traceparent } = outgoingHeaders();
    await sns.send(
      new PublishCommand({
        TopicArn,
        Message: JSON.stringify(data),
        MessageAttributes: attributes({
          ...{ event_type: type, event_id: id, event_version: version },
          ...{ correlation_id: correlation, traceparent, replay },
        }),
        ...(fifo && { MessageGroupId: group, MessageDeduplicationId: replay === undefined ? id : `${id}:${replay}` }),
      }),
    );
    if (metric !== undefined && replay === undefined) console.log(JSON.stringify({ event_type: type, event_id: id }));
    return { id };
  };
}

function attributes(values: Readonly<Record<string, string | undefined>>) {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, StringValue]) =>
      StringValue === undefined ? [] : [[name, { DataType: "String", StringValue }]],
    ),
  );
}
