export { type BatchAnswer, type CallContext, type SweepAnswer, type SweepRequest, type TableChanges } from "./changes";
export { type Call, type CallRequest, type Client, client, ServerError } from "./client";
export {
  type Command,
  CommandConsumer,
  type CommandConsumerArgs,
  type Outcome,
  Rejected,
  type StepMemory,
  type StepState,
} from "./commands";
export {
  type Consumer,
  consumer,
  type ConsumerArgs,
  type HandlersOf,
  type Inbox,
  type ReceivedEvent,
} from "./consumer";
export { type Change, type Changes, copies, type CopiesArgs, type CopyStore, TableCopies } from "./copies";
export { type Context, currentContext, inContextOf, outgoingHeaders } from "./context";
export { ContractBroken } from "./contracts";
export { databaseToken, type TokenSigner } from "./database-token";
export type { Described, EventData, FromSchema } from "./description";
export { ConcurrentWrite, EventStore, type NewEvent, type Snapshot, type StoredEvent } from "./event-store";
export { type Check, type CheckResult, type Health, health, type HealthArgs, type HealthReport } from "./health";
export { type MetricOptions, type MetricUnit, record } from "./metrics";
export {
  Projection,
  projector,
  type ProjectorArgs,
  type ProjectorPlace,
  type RebuildRequest,
  type View,
} from "./projector";
export { type Publish, publisher, type PublisherPlace, type PublishOptions } from "./publisher";
export { TableMemory, type TableMemoryArgs } from "./table-memory";
