// Lambda calls `handler` with records of the stream of events.
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { storeEvents } from "./events";
import type { StreamAnswer, StreamEvent } from "./records";

const dynamodb = new DynamoDBClient({});

/** @throws Error when the variable `EVENTS_TABLE` is missing */
export async function handler(batch: StreamEvent): Promise<StreamAnswer> {
  const table = process.env.EVENTS_TABLE;
  if (table === undefined) throw new Error("EVENTS_TABLE is not set: the function needs a table to store events in");
  return await storeEvents(batch, { dynamodb, table });
}
