// The table of the target: the component that each kind of node becomes.
import { bindBucket, bindCache, bindQueue, bindTopic, databaseBinding } from "../aws/bindings";
import { entranceBinding } from "../aws/entrance";
import { bindSaga } from "../aws/saga";
import { bindFunction } from "../aws/function";
import { bindStream } from "../aws/stream";
import { bindTable } from "../aws/table";
import type { Bindings } from "../target";
import type { Foundation } from "./foundation";
import { bindJob } from "./job";
import type { kinds } from "./kinds";
import { createMigration } from "./migration";
import { originOf } from "./origin";

export const bindings: Bindings<Foundation, typeof kinds> = {
  database: databaseBinding(createMigration),
  saga: bindSaga,
  bucket: bindBucket,
  cache: bindCache,
  table: bindTable,
  topic: bindTopic,
  queue: bindQueue,
  entrance: entranceBinding(originOf),
  stream: bindStream,
  function: bindFunction,
  job: bindJob,
};
