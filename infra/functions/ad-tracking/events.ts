// Events of advertisements, each stored once.
import { ConditionalCheckFailedException, type DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import * as v from "valibot";
import { inOrder, type StreamAnswer, type StreamEvent } from "./records";

/** What the tracking service writes to the stream for each request. */
export const TrackedEvent = v.object({
  messageId: v.pipe(v.string(), v.uuid()),
  programId: v.pipe(v.string(), v.minLength(1)),
  programName: v.string(),
  checksum: v.string(),
  customerId: v.pipe(v.number(), v.integer()),
  customerName: v.string(),
  userAgent: v.string(),
  valid: v.boolean(),
});
export type TrackedEvent = v.InferOutput<typeof TrackedEvent>;

/** Stores each event of a batch. An event that is given again is stored already, and left as it is. */
export function storeEvents(
  batch: StreamEvent,
  { dynamodb, table }: { readonly dynamodb: DynamoDBClient; readonly table: string },
): Promise<StreamAnswer> {
  return inOrder(batch, TrackedEvent, async ({ customerId, valid, ...texts }) => {
    const strings = Object.entries(texts).map(([name, S]) => [name, { S }] as const);
    const put = new PutItemCommand({
      TableName: table,
      Item: { ...Object.fromEntries(strings), customerId: { N: String(customerId) }, valid: { BOOL: valid } },
      ConditionExpression: "attribute_not_exists(programId)",
    });
    await dynamodb.send(put).catch((error: unknown) => {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    });
  });
}
