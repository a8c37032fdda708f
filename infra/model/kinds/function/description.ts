// A function of a service, as a description has it: what runs when a record, a message or a change arrives, or a job calls it.
import type * as v from "valibot";
import {
  duration,
  keyed,
  list,
  matching,
  object,
  oneOf,
  optional,
  record,
  sentence,
  size,
  text,
  value,
  whole,
} from "../../schema/words";
import { isMapping } from "../../schema/words";
import { VariableName, VariableValue } from "../service/runtime";
import { Uses } from "./uses";

const Pattern = value<Readonly<Record<string, unknown>>>(
  isMapping,
  "a pattern of Lambda's event filtering, as a mapping",
  "write it like { data: { valid: [true] } }",
);

const batches = {
  /** Records or messages of one call. @default 100 of a stream or table, 10 of a queue */
  batchSize: optional(whole(1, 10_000)),
  /** Longest wait for a full batch. @default "0s": no wait */
  window: optional(duration("0s", "5m")),
  /** Patterns of which one must fit; what fits none is passed over, or deleted from a queue. @default everything fits */
  filter: optional(list(Pattern, { most: 10 })),
};

/** How records of a stream, or changes of a table, are handled. */
export interface StreamSource extends v.InferOutput<typeof StreamSource> {}
export const StreamSource = object({
  ...batches,
  /** Where a new function begins. @default "oldest" */
  from: optional(oneOf("oldest", "newest")),
  /** Attempts after the first before records go to the dead-letter queue; a batch that fails is halved. @default 10 */
  retries: optional(whole(0, 10_000)),
  /** Age at which a record that fails goes to the dead-letter queue. @default "1d" */
  maxAge: optional(duration("1m", "7d")),
  /** Batches of one shard at the same time; records of one partition key stay in order. @default 1 */
  parallel: optional(whole(1, 10)),
});

/** How messages of a queue are handled. */
export interface QueueSource extends v.InferOutput<typeof QueueSource> {}
export const QueueSource = object({
  ...batches,
  /** Calls at the same time for this queue. @default as many as `concurrency` allows */
  concurrency: optional(whole(2, 1000)),
});

/** Triggers of a function. */
export interface Triggers extends v.InferOutput<typeof Triggers> {}
export const Triggers = object({
  /** Streams it consumes, by name. @default none */
  streams: optional(record(text(), StreamSource)),
  /** Queues of its service that it consumes in the tasks' place, by name. @default none */
  queues: optional(record(text(), QueueSource)),
  /** Tables of its service whose stream it reads, by name. @default none */
  tables: optional(record(text(), StreamSource)),
});

/** Code of a function: a source file that is bundled, or an archive that was built. */
export type Code = v.InferOutput<typeof Code>;
export const Code = keyed({
  entry: object({
    /** TypeScript or JavaScript file that exports `handler`, from the folder of Pulumi.yaml on. */
    entry: matching(
      /^(?!\/)[^\\]+\.[cm]?[jt]s$/,
      "a relative path that ends in .ts or .js",
      "write it from the folder of Pulumi.yaml on",
    ),
  }),
  archive: object({
    /** Zip file or folder, from the folder of Pulumi.yaml on. */
    archive: matching(/^(?!\/)[^\\]+$/, "a relative path", "write it from the folder of Pulumi.yaml on"),
    /** `provided.al2023` runs an executable called `bootstrap`, such as one in Rust. @default "provided.al2023" */
    runtime: optional(oneOf("provided.al2023", "nodejs22.x", "nodejs24.x")),
    /** File and export that is called. @default "bootstrap", or "index.handler" for Node.js */
    handler: optional(matching(/^\S+$/, "a name without spaces", 'write it like "index.handler"', 128)),
  }),
});

/** A function. */
export interface LambdaFunction extends v.InferOutput<typeof LambdaFunction> {}
export const LambdaFunction = object({
  /** What it does, in a few words. */
  description: sentence("say what it does", 256),
  code: Code,
  /** @default "ARM64" */
  architecture: optional(oneOf("ARM64", "X86_64")),
  /** @default "256 MiB" */
  memory: optional(size("128 MiB", "10240 MiB")),
  /** Longest time of one call. @default "30s" */
  timeout: optional(duration("1s", "15m")),
  /** Calls at the same time; they are taken from the account's 1000. @default 10 */
  concurrency: optional(whole(1, 900)),
  /** Triggers of the function. @default jobs only */
  on: optional(Triggers),
  /** Stores and channels it uses. @default none */
  uses: optional(Uses),
  /** Age of the oldest unread record of its streams above which an alarm goes off. @default "15m" */
  maxIteratorAge: optional(duration("1m", "7d")),
  /** Environment variables of its own. They are not encrypted: no secrets. @default none */
  environment: optional(record(VariableName, VariableValue)),
});

export const WorkloadName = matching(
  /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/,
  "lower-case letters, digits and single dashes, at most 20",
  "shorten or respell it; it becomes part of resource names",
  20,
);

/** Keys of a service. */
export const service = {
  /** Functions of the service by name: what runs when a record, a message or a change arrives. @default none */
  functions: optional(record(WorkloadName, LambdaFunction)),
};
