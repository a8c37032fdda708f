// Changes of an event store's table, as Lambda hands them to a function.
import type { EventStore } from "./event-store";

/** The part of Lambda's event that is read (https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html). */
export interface TableChanges {
  readonly Records: readonly {
    readonly dynamodb?: {
      readonly SequenceNumber?: string;
      readonly Keys?: Readonly<Record<string, { readonly S?: string; readonly N?: string }>>;
    };
  }[];
}

/** Records that Lambda hands over again; it begins at the first of them. */
export interface BatchAnswer {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}

/** Request to handle all aggregates of the store again. */
export interface SweepRequest {
  /** `next` of the previous answer. @default the beginning */
  readonly from?: string;
}

/** Progress of a sweep. */
export interface SweepAnswer {
  readonly aggregates: number;
  /** `from` of the next call; undefined when every aggregate is handled. */
  readonly next?: string;
}

/** The part of Lambda's context that is read. */
export interface CallContext {
  getRemainingTimeInMillis(): number;
}

/** Time that one page of a sweep may need before the call ends. */
const RESERVE_MS = 20_000;

/**
 * Handles each aggregate of a batch once. A record is only a sign that the aggregate has new events: the handler reads them from the table, because the
 * records of one transaction arrive in any order. When an aggregate fails, its records are handed over again, and the others are handled still.
 */
export async function eachAggregate(
  { Records }: TableChanges,
  handle: (aggregate: string) => Promise<void>,
): Promise<BatchAnswer> {
  const aggregates = new Set(Records.map(aggregateOf));
  const failed = new Set<string>();
  for (const aggregate of aggregates) {
    try {
      if (aggregate === "") throw new TypeError("a record without aggregateId");
      await handle(aggregate);
    } catch (error) {
      failed.add(aggregate);
      // The events stay out of the log: they may be personal data.
      console.error(JSON.stringify({ failed: aggregate, reason: error instanceof Error ? error.name : "unknown" }));
    }
  }
  const again = Records.filter((record) => failed.has(aggregateOf(record)));
  return { batchItemFailures: again.map(({ dynamodb }) => ({ itemIdentifier: dynamodb?.SequenceNumber ?? "" })) };
}

function aggregateOf({ dynamodb }: TableChanges["Records"][number]): string {
  return dynamodb?.Keys?.aggregateId?.S ?? "";
}

/** Handles every aggregate of a store, as many pages as the time of the call allows. */
export async function sweep(
  store: EventStore,
  { from }: SweepRequest,
  handle: (aggregate: string) => Promise<void>,
  context?: CallContext,
): Promise<SweepAnswer> {
  let next = from;
  let aggregates = 0;
  do {
    const page = await store.aggregates(next);
    for (const aggregate of page.aggregates) await handle(aggregate);
    aggregates += page.aggregates.length;
    next = page.next;
  } while (next !== undefined && (context?.getRemainingTimeInMillis() ?? Infinity) > RESERVE_MS);
  return { aggregates, ...(next !== undefined && { next }) };
}
