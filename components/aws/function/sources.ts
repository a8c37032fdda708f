// Event source mappings of a function: records of streams, messages of queues. Lambda sends a description of each batch that failed in all
// its retries to the dead-letter queue, and goes on with the next records.
import * as aws from "@pulumi/aws";
import { durationWithin, type Problem, seconds, tagged, transformed, unless, wholeNumber } from "../../kit";
import type { EventSource, LambdaFunctionArgs, QueueSource, StreamSource } from "./args";
import type { FunctionScope } from "./schedule";

/** https://docs.aws.amazon.com/lambda/latest/dg/API_CreateEventSourceMapping.html */
const MOST_FILTERS = 10;
const LONGEST_FILTER = 4096;
/** Batches of a queue above this size need a window. */
const WINDOWLESS_BATCH = 10;

/** Mappings by the name of their source. */
export type SourceNodes = Readonly<Record<string, aws.lambda.EventSourceMapping>>;

/** Whether a source is a stream: of Kinesis, or of a table's changes. */
export function isStream(source: EventSource): source is StreamSource {
  return "streamArn" in source;
}

/** Creates a mapping a source. */
export function createSources(
  { name, args, parent }: FunctionScope,
  made: aws.lambda.Function,
  deadLetterQueue: aws.sqs.Queue,
): SourceNodes {
  const mappings = Object.entries(args.sources ?? {}).map(([key, source]) => {
    const mapping = new aws.lambda.EventSourceMapping(
      ...transformed<aws.lambda.EventSourceMappingArgs>(
        args.transform?.eventSource,
        `${name}-from-${key}`,
        {
          functionName: made.arn,
          ...batchArgs(source),
          ...(isStream(source) ? streamArgs(source, deadLetterQueue) : queueArgs(source)),
          ...tagged(args.tags),
        },
        { parent, dependsOn: [...(source.grant.startsAfter ?? [])] },
      ),
    );
    return [key, mapping] as const;
  });
  return Object.fromEntries(mappings);
}

function batchArgs(source: EventSource) {
  const { batchSize = isStream(source) ? 100 : WINDOWLESS_BATCH, window, filter = [] } = source;
  return {
    batchSize,
    ...(window !== undefined && { maximumBatchingWindowInSeconds: seconds(window) ?? 0 }),
    ...(filter.length > 0 && {
      filterCriteria: { filters: filter.map((pattern) => ({ pattern: JSON.stringify(pattern) })) },
    }),
    // The handler names what failed, and Lambda takes the rest as done.
    functionResponseTypes: ["ReportBatchItemFailures"],
  };
}

function streamArgs(
  { streamArn, from = "oldest", retries = 10, maxAge = "1d", parallel = 1 }: StreamSource,
  deadLetterQueue: aws.sqs.Queue,
) {
  return {
    eventSourceArn: streamArn,
    startingPosition: from === "oldest" ? "TRIM_HORIZON" : "LATEST",
    bisectBatchOnFunctionError: true,
    maximumRetryAttempts: retries,
    maximumRecordAgeInSeconds: seconds(maxAge) ?? 0,
    parallelizationFactor: parallel,
    destinationConfig: { onFailure: { destinationArn: deadLetterQueue.arn } },
  };
}

function queueArgs({ queueArn, concurrency }: QueueSource) {
  return {
    eventSourceArn: queueArn,
    ...(concurrency !== undefined && { scalingConfig: { maximumConcurrency: concurrency } }),
  };
}

/** Everything that is wrong with the sources. Pure. */
export function sourceProblems({
  sources = {},
  reservedConcurrency = 10,
  maxIteratorAge,
}: LambdaFunctionArgs): Problem[] {
  const streams = Object.values(sources).some(isStream);
  return [
    ...Object.entries(sources).flatMap(([name, source]) => problemsOf(`sources.${name}`, source, reservedConcurrency)),
    ...durationWithin("maxIteratorAge", maxIteratorAge, "1m", "7d"),
    ...unless(maxIteratorAge === undefined || streams, {
      path: "maxIteratorAge",
      value: maxIteratorAge,
      allowed: "only with a stream among the sources",
      remedy: "remove it",
    }),
  ];
}

function problemsOf(path: string, source: EventSource, reservedConcurrency: number): Problem[] {
  const { batchSize, window, filter = [] } = source;
  const remedy = "choose a number in this range";
  return [
    ...wholeNumber(`${path}.batchSize`, batchSize, 1, 10_000, remedy),
    ...durationWithin(`${path}.window`, window, "0s", "5m"),
    ...unless(filter.length <= MOST_FILTERS && filter.every((one) => JSON.stringify(one).length <= LONGEST_FILTER), {
      path: `${path}.filter`,
      value: `${filter.length} patterns`,
      allowed: `at most ${MOST_FILTERS} patterns of at most ${LONGEST_FILTER} characters each as JSON`,
      remedy: "let the function pass over what it does not need",
    }),
    ...(isStream(source)
      ? [
          ...wholeNumber(`${path}.retries`, source.retries, 0, 10_000, remedy),
          ...durationWithin(`${path}.maxAge`, source.maxAge, "1m", "7d"),
          ...wholeNumber(`${path}.parallel`, source.parallel, 1, 10, remedy),
        ]
      : queueProblems(path, source, reservedConcurrency)),
  ];
}

function queueProblems(path: string, { batchSize = 0, window, concurrency }: QueueSource, most: number): Problem[] {
  return [
    ...unless(batchSize <= WINDOWLESS_BATCH || (window !== undefined && (seconds(window) ?? 1) >= 1), {
      path: `${path}.window`,
      value: window,
      allowed: `at least "1s" with a batchSize above ${WINDOWLESS_BATCH}`,
      remedy: "set a window, or lower batchSize",
    }),
    ...wholeNumber(`${path}.concurrency`, concurrency, 2, 1000, "choose a number in this range"),
    ...unless(concurrency === undefined || concurrency <= most, {
      path: `${path}.concurrency`,
      value: concurrency,
      allowed: `at most reservedConcurrency, which is ${most}: messages of throttled calls end in the dead-letter queue`,
      remedy: "raise reservedConcurrency, or lower concurrency",
    }),
  ];
}
