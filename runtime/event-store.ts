// Events of aggregates in one DynamoDB table: partition key `aggregateId`, sort key `version`. Events are only added: a write that names a version
// that exists is refused, so of two writers that loaded the same version one loses and tries again.
import {
  type AttributeValue,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
} from "@aws-sdk/client-dynamodb";

/** An event that is to be added. */
export interface NewEvent {
  /** `ORDER_CREATED` */
  readonly type: string;
  /** JSON, at most 200 KiB: SNS carries 256 KiB with all attributes. */
  readonly data: unknown;
}

/** An event of an aggregate. */
export interface StoredEvent extends NewEvent {
  readonly aggregate: string;
  /** From 1 on, without gaps. */
  readonly version: number;
  /** ISO 8601. */
  readonly at: string;
}

/** A state that events up to a version have led to. */
export interface Snapshot<State> {
  readonly version: number;
  readonly state: State;
}

/** The aggregate has events that the writer has not seen. Load it again and decide again. */
export class ConcurrentWrite extends Error {
  constructor(
    readonly aggregate: string,
    readonly expected: number,
  ) {
    super(`${aggregate} is no longer at version ${expected}`);
  }
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html */
const MOST_AT_ONCE = 100;
/** Bytes of one event; what SNS does not carry could not be published. https://docs.aws.amazon.com/general/latest/gr/sns.html */
const MOST_BYTES = 200 * 1024;
/** Sort key of the snapshot; events begin at 1. */
const SNAPSHOT = 0;

/** The events of aggregates. Needs `dynamodb:PutItem`, `Query` and `GetItem` on the table, no delete and no update. */
export class EventStore {
  /** @param tableName a table with the keys `aggregateId` (text) and `version` (number) */
  constructor(
    private readonly dynamodb: DynamoDBClient,
    private readonly tableName: string,
    private readonly now: () => Date = () => new Date(),
  ) {}

  /**
   * Adds events behind a version: all or none.
   *
   * @param expected version of the last event that the writer has seen; 0 for a new aggregate
   * @returns the version of the last event
   * @throws ConcurrentWrite when another writer has added events since
   * @throws RangeError when an event is too large, or there are none or too many
   */
  async append(aggregate: string, expected: number, events: readonly NewEvent[]): Promise<number> {
    if (events.length === 0 || events.length > MOST_AT_ONCE)
      throw new RangeError(`cannot append ${events.length} events: 1 to ${MOST_AT_ONCE} go into one write`);
    const at = this.now().toISOString();
    const items = events.map(({ type, data }, index) => ({
      aggregateId: { S: aggregate },
      version: { N: String(expected + 1 + index) },
      type: { S: type },
      data: { S: JSON.stringify(data) },
      at: { S: at },
    }));
    for (const { type, data } of items)
      if (Buffer.byteLength(data.S) > MOST_BYTES)
        throw new RangeError(`cannot append ${type.S}: its data has more than ${MOST_BYTES} bytes`);
    const behind = expected > 0 ? [this.mustExist(aggregate, expected)] : [];
    const puts = items.map((Item) => ({
      Put: { TableName: this.tableName, Item, ConditionExpression: "attribute_not_exists(aggregateId)" },
    }));
    try {
      await this.dynamodb.send(new TransactWriteItemsCommand({ TransactItems: [...behind, ...puts] }));
    } catch (error) {
      if (isConflict(error)) throw new ConcurrentWrite(aggregate, expected);
      throw error;
    }
    return expected + events.length;
  }

  /** The events of an aggregate behind a version, oldest first. */
  async load(aggregate: string, after = 0): Promise<StoredEvent[]> {
    const events: StoredEvent[] = [];
    let from: Record<string, AttributeValue> | undefined;
    do {
      const { Items = [], LastEvaluatedKey } = await this.dynamodb.send(
        new QueryCommand({
          TableName: this.tableName,
          ConsistentRead: true,
          KeyConditionExpression: "aggregateId = :aggregate AND version > :after",
          ExpressionAttributeValues: { ":aggregate": { S: aggregate }, ":after": { N: String(after) } },
          ...(from && { ExclusiveStartKey: from }),
        }),
      );
      events.push(...Items.map(eventOf));
      from = LastEvaluatedKey;
    } while (from);
    return events;
  }

  /**
   * Aggregates with events, a page at a time and in no order. Needs `dynamodb:Scan`.
   *
   * @param from `next` of the page before
   */
  async aggregates(from?: string): Promise<{ readonly aggregates: readonly string[]; readonly next?: string }> {
    const { Items = [], LastEvaluatedKey } = await this.dynamodb.send(
      new ScanCommand({
        TableName: this.tableName,
        FilterExpression: "version = :first",
        ExpressionAttributeValues: { ":first": { N: "1" } },
        ProjectionExpression: "aggregateId",
        ConsistentRead: true,
        ...(from !== undefined && { ExclusiveStartKey: JSON.parse(from) as Record<string, AttributeValue> }),
      }),
    );
    const aggregates = Items.flatMap(({ aggregateId }) => aggregateId?.S ?? []);
    return { aggregates, ...(LastEvaluatedKey && { next: JSON.stringify(LastEvaluatedKey) }) };
  }

  /** The last snapshot of an aggregate; undefined: none. */
  async snapshot<State>(aggregate: string): Promise<Snapshot<State> | undefined> {
    const { Item } = await this.dynamodb.send(
      new GetItemCommand({
        TableName: this.tableName,
        Key: { aggregateId: { S: aggregate }, version: { N: String(SNAPSHOT) } },
        ConsistentRead: true,
      }),
    );
    if (!Item) return undefined;
    return { version: Number(Item.upTo?.N), state: JSON.parse(Item.data?.S ?? "null") as State };
  }

  /** Keeps a snapshot, unless a later one is kept already. */
  async keepSnapshot<State>(aggregate: string, { version, state }: Snapshot<State>): Promise<void> {
    await putIf(
      this.dynamodb,
      new PutItemCommand({
        TableName: this.tableName,
        Item: {
          aggregateId: { S: aggregate },
          version: { N: String(SNAPSHOT) },
          upTo: { N: String(version) },
          data: { S: JSON.stringify(state) },
        },
        ConditionExpression: "attribute_not_exists(upTo) OR upTo < :version",
        ExpressionAttributeValues: { ":version": { N: String(version) } },
      }),
    );
  }

  /** The state of an aggregate: its last snapshot, and the events behind it. */
  async replay<State>(
    aggregate: string,
    initial: State,
    apply: (state: State, event: StoredEvent) => State,
  ): Promise<Snapshot<State>> {
    const { version, state } = (await this.snapshot<State>(aggregate)) ?? { version: 0, state: initial };
    const events = await this.load(aggregate, version);
    return { version: events.at(-1)?.version ?? version, state: events.reduce(apply, state) };
  }

  /** Without it, a writer that expects a version which is not there yet would leave a gap. */
  private mustExist(aggregate: string, version: number) {
    return {
      ConditionCheck: {
        TableName: this.tableName,
        Key: { aggregateId: { S: aggregate }, version: { N: String(version) } },
        ConditionExpression: "attribute_exists(aggregateId)",
      },
    };
  }
}

function eventOf({ aggregateId, version, type, data, at }: Record<string, AttributeValue>): StoredEvent {
  return {
    ...{ aggregate: aggregateId?.S ?? "", version: Number(version?.N), type: type?.S ?? "", at: at?.S ?? "" },
    data: JSON.parse(data?.S ?? "null") as unknown,
  };
}

/** Puts an item where the condition of the command holds, and nothing where it does not. @returns whether it was put */
export async function putIf(dynamodb: DynamoDBClient, put: PutItemCommand): Promise<boolean> {
  try {
    await dynamodb.send(put);
    return true;
  } catch (error) {
    if (!(error instanceof Error && error.name === "ConditionalCheckFailedException")) throw error;
    return false;
  }
}

/** Another writer has added the version, or adds it at this moment. */
function isConflict(error: unknown): boolean {
  if (!(error instanceof TransactionCanceledException)) return false;
  const codes = (error.CancellationReasons ?? []).map(({ Code }) => Code);
  return codes.some((code) => code === "ConditionalCheckFailed" || code === "TransactionConflict");
}
