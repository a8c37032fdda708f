// A stream of records, as a description has it.
import type * as v from "valibot";
import { duration, list, object, optional, record, sentence, text } from "../../schema/words";
import { ChannelName } from "../topic/description";

/** Records in the order in which they are written; each consumer reads all of them at its own pace. */
export interface Stream extends v.InferOutput<typeof Stream> {}
export const Stream = object({
  /** Content of its records. */
  description: sentence("say what travels on it"),
  /** How long records are kept, in whole hours. @default "7d" */
  retention: optional(duration("1d", "365d")),
  /** Age of the oldest unread record above which an alarm goes off; less than `retention`. @default "1h" */
  maxAge: optional(duration("1m", "365d")),
});

/** Keys of a system. */
export const system = {
  /** Streams of records by name (`tracking-events`). @default none */
  streams: optional(record(ChannelName, Stream)),
};
/** Keys of a service. */
export const service = {
  /** Streams it writes records to, by name. @default none */
  writesTo: optional(list(text())),
};

/** Keys of `uses` of a function or a job. */
export const uses = {
  /** Streams it writes records to. @default none */
  writesTo: optional(list(text())),
};
