// The bindings that ECS and EKS have in common: a line a kind.
import { bindBucket, bindCache, bindQueue, bindTopic } from "./bindings";
import { bindFunction } from "./function";
import { bindSaga } from "./saga";
import { bindSearch } from "./search";
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
  search: bindSearch,
  function: bindFunction,
} as const;
