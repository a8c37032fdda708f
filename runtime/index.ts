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
export { type Context, currentContext, inContextOf, outgoingHeaders } from "./context";
export { ConcurrentWrite, EventStore, type NewEvent, type Snapshot, type StoredEvent } from "./event-store";
export {
  Projection,
  projector,
  type ProjectorArgs,
  type ProjectorPlace,
  type RebuildRequest,
  type View,
} from "./projector";
