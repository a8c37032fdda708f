// Lambda calls `handler` with changes of an event store's table. A person calls it with `{ "replay": { "id": "…" } }` or `{ "catchUp": {} }`; when the
// answer has `next`, with `from` set to it once more.
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SNSClient } from "@aws-sdk/client-sns";
import { constantCase } from "../../../components/kit/names";
import {
  type BatchAnswer,
  type CallContext,
  eachAggregate,
  type SweepAnswer,
  type SweepRequest,
  type TableChanges,
} from "../../../runtime/changes";
import { Relay, type ReplayRequest } from "./publish";

let relay: Relay | undefined;

/** @throws Error that names a missing variable */
export function handler(
  event: TableChanges | { readonly replay: ReplayRequest } | { readonly catchUp: SweepRequest },
  context?: CallContext,
): Promise<BatchAnswer | SweepAnswer> {
  const known = (relay ??= relayFrom(process.env));
  if ("replay" in event) return known.replay(event.replay, context);
  if ("catchUp" in event) return known.catchUp(event.catchUp, context);
  return eachAggregate(event, (aggregate) => known.publishNew(aggregate));
}

function relayFrom(environment: Readonly<Record<string, string | undefined>>): Relay {
  const required = (variable: string): string => {
    const value = environment[variable];
    if (value === undefined) throw new Error(`${variable} is not set: the relay of an event store needs it`);
    return value;
  };
  const [store, topic] = [constantCase(required("EVENT_STORE")), constantCase(required("EVENT_TOPIC"))];
  return new Relay({
    dynamodb: new DynamoDBClient({}),
    sns: new SNSClient({}),
    eventsTable: required(`${store}_TABLE`),
    positionsTable: required(`${store}_POSITIONS_TABLE`),
    topicArn: required(`${topic}_TOPIC_ARN`),
  });
}
