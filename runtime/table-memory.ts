// A store of handled steps and events, in a DynamoDB table of the service.
import { type DynamoDBClient, GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import type { StepMemory, StepState } from "./commands";
import type { Inbox } from "./consumer";
import { putIf } from "./event-store";

/** Arguments of the store: table and retention. */
export interface TableMemoryArgs {
  readonly dynamodb: DynamoDBClient;
  /** A table with the partition key `key` (text). With `expiresAt: "expiresAt"` in its description DynamoDB removes old items. */
  readonly tableName: string;
  /** How long items are kept, in days: longer than a message or a saga can live. @default 30 */
  readonly days?: number;
  /** @default the clock */
  readonly now?: () => number;
}

/**
 * Memory of sagas' steps and of handled events. Needs `reads-and-writes` on the table: a step that is done may become undone.
 *
 * Work and memory are two writes. When the process ends between them, the work runs again at the next delivery: a handler finds its own traces.
 */
export class TableMemory implements StepMemory, Inbox {
  constructor(private readonly args: TableMemoryArgs) {}

  async read(key: string): Promise<StepState | undefined> {
    const text = await this.textOf(`step ${key}`);
    return text === undefined ? undefined : (JSON.parse(text) as StepState);
  }

  write(key: string, before: StepState | undefined, now: StepState): Promise<boolean> {
    return this.put(`step ${key}`, before === undefined ? undefined : JSON.stringify(before), JSON.stringify(now));
  }

  async has(id: string): Promise<boolean> {
    return (await this.textOf(`event ${id}`)) !== undefined;
  }

  async add(id: string): Promise<void> {
    await this.put(`event ${id}`, undefined, "handled");
  }

  private async textOf(key: string): Promise<string | undefined> {
    const { Item } = await this.args.dynamodb.send(
      new GetItemCommand({ TableName: this.args.tableName, Key: { key: { S: key } }, ConsistentRead: true }),
    );
    return Item?.state?.S;
  }

  /** @returns whether the item was as `before` says, and is written */
  private put(key: string, before: string | undefined, state: string): Promise<boolean> {
    const { dynamodb, tableName, days = 30, now = Date.now } = this.args;
    const expiresAt = Math.floor(now() / 1000) + days * 86_400;
    return putIf(
      dynamodb,
      new PutItemCommand({
        TableName: tableName,
        Item: { key: { S: key }, state: { S: state }, expiresAt: { N: String(expiresAt) } },
        ExpressionAttributeNames: { "#name": before === undefined ? "key" : "state" },
        ...(before === undefined
          ? { ConditionExpression: "attribute_not_exists(#name)" }
          : { ConditionExpression: "#name = :before", ExpressionAttributeValues: { ":before": { S: before } } }),
      }),
    );
  }
}
