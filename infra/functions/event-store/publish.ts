// Events of a store on their topic: in order for each aggregate, and at least once.
import { type DynamoDBClient, GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { PublishCommand, type SNSClient } from "@aws-sdk/client-sns";
import { createHash } from "node:crypto";
import { type CallContext, sweep, type SweepAnswer, type SweepRequest } from "../../../runtime/changes";
import { EventStore, putIf, type StoredEvent } from "../../../runtime/event-store";

/** Where a relay reads and publishes. */
export interface RelayPlace {
  readonly dynamodb: DynamoDBClient;
  readonly sns: SNSClient;
  readonly eventsTable: string;
  /** Table with the version up to which the events of each aggregate are published. */
  readonly positionsTable: string;
  readonly topicArn: string;
}

/** A replay of events that are published already. */
export interface ReplayRequest extends SweepRequest {
  /** The same for all calls of one replay; consumers see it in the attribute `replay`. */
  readonly id: string;
  /** Only this aggregate. @default all */
  readonly aggregate?: string;
}

/** Publishes the events of a store. */
export class Relay {
  private readonly store: EventStore;

  constructor(private readonly place: RelayPlace) {
    this.store = new EventStore(place.dynamodb, place.eventsTable);
  }

  /**
   * Publishes the events of an aggregate that are not published yet. When it ends between a message and the new position, the message is published
   * again: SNS drops it within five minutes, and consumers compare `version` after that.
   */
  async publishNew(aggregate: string): Promise<void> {
    const before = await this.position(aggregate);
    let position = before;
    try {
      for (const event of await this.store.load(aggregate, before)) {
        await this.publish(event);
        position = event.version;
      }
    } finally {
      if (position > before) await this.keepPosition(aggregate, position);
    }
  }

  /** Publishes what is missing, of all aggregates. */
  catchUp(request: SweepRequest, context?: CallContext): Promise<SweepAnswer> {
    return sweep(this.store, request, (aggregate) => this.publishNew(aggregate), context);
  }

  /** Publishes events again that are published already, for consumers that have lost what they had, or are new. */
  async replay({ id, aggregate, ...from }: ReplayRequest, context?: CallContext): Promise<SweepAnswer> {
    const again = async (one: string): Promise<void> => {
      const position = await this.position(one);
      for (const event of await this.store.load(one)) if (event.version <= position) await this.publish(event, id);
    };
    if (aggregate === undefined) return await sweep(this.store, from, again, context);
    await again(aggregate);
    return { aggregates: 1 };
  }

  private async publish({ aggregate, version, type, data, at }: StoredEvent, replay?: string): Promise<void> {
    const text = (StringValue: string) => ({ DataType: "String", StringValue });
    await this.place.sns.send(
      new PublishCommand({
        TopicArn: this.place.topicArn,
        Message: JSON.stringify(data),
        // Both ids hold 128 characters of a few kinds; an aggregate's may hold any.
        MessageGroupId: hashed(aggregate),
        MessageDeduplicationId: hashed(`${aggregate}\n${version}\n${replay ?? ""}`),
        MessageAttributes: {
          event_type: text(type),
          event_id: text(`${aggregate}/${version}`),
          aggregate_id: text(aggregate),
          version: { DataType: "Number", StringValue: String(version) },
          occurred_at: text(at),
          ...(replay !== undefined && { replay: text(replay) }),
        },
      }),
    );
  }

  private async position(aggregate: string): Promise<number> {
    const { Item } = await this.place.dynamodb.send(
      new GetItemCommand({
        TableName: this.place.positionsTable,
        Key: { aggregateId: { S: aggregate } },
        ConsistentRead: true,
      }),
    );
    return Number(Item?.version?.N ?? 0);
  }

  /** A position only moves forward. */
  private async keepPosition(aggregate: string, version: number): Promise<void> {
    const put = new PutItemCommand({
      TableName: this.place.positionsTable,
      Item: { aggregateId: { S: aggregate }, version: { N: String(version) } },
      ConditionExpression: "attribute_not_exists(aggregateId) OR version < :version",
      ExpressionAttributeValues: { ":version": { N: String(version) } },
    });
    await putIf(this.place.dynamodb, put);
  }
}

function hashed(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
