// Records of a Kinesis stream as Lambda hands them over, and the answer that Lambda understands.
import * as v from "valibot";

/** The part of Lambda's event that is read. */
export interface StreamEvent {
  readonly Records: readonly {
    readonly kinesis: {
      readonly sequenceNumber: string;
      /** Content in base64. */
      readonly data: string;
    };
  }[];
}

/** Records that must be given again; the first of them is where Lambda goes on. */
export interface StreamAnswer {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}

/**
 * Handles the records of a batch one after the other. It stops at the first one that fails: Lambda gives that one and all behind it again, in
 * the same order, and after its retries it keeps the place of the bad record in the dead-letter queue and goes on behind it.
 */
export async function inOrder<T>(
  { Records }: StreamEvent,
  schema: v.GenericSchema<unknown, T>,
  handle: (record: T) => Promise<void>,
): Promise<StreamAnswer> {
  for (const { kinesis } of Records) {
    try {
      await handle(decoded(kinesis.data, schema));
    } catch (error) {
      // The content stays out of the log: it may be personal data.
      console.error(JSON.stringify({ failed: kinesis.sequenceNumber, reason: reasonOf(error) }));
      return { batchItemFailures: [{ itemIdentifier: kinesis.sequenceNumber }] };
    }
  }
  return { batchItemFailures: [] };
}

function decoded<T>(data: string, schema: v.GenericSchema<unknown, T>): T {
  return v.parse(schema, JSON.parse(Buffer.from(data, "base64").toString("utf8")));
}

function reasonOf(error: unknown): string {
  if (error instanceof v.ValiError) {
    const issues = error.issues as readonly v.BaseIssue<unknown>[];
    return issues
      .map((issue) => `${v.getDotPath(issue) ?? "record"}: expected ${issue.expected ?? "another value"}`)
      .join("; ");
  }
  return error instanceof SyntaxError ? "not JSON" : error instanceof Error ? error.name : "unknown";
}
