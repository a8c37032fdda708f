// The bindings that ECS and EKS have in common: a line a kind.
import { bindBucket, bindCache, bindQueue, bindTopic } from "./bindings";
import { bindFunction } from "./function";
import { bindSaga } from "./saga";
import { bindStream } from "./stream";
import { bindTable } from "./table";

export const sharedBindings = {
  bucket: bindBucket,
  cache: bindCache,
  table: bindTable,
  topic: bindTopic,
  queue: bindQueue,
  saga: bindSaga,
  stream: bindStream,
  function: bindFunction,
} as const;
