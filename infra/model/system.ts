// What a team writes: its system, once, as data. Everything else is derived from it (derive.ts). No Pulumi here.
import type * as v from "valibot";
import { accepting } from "./acceptance";
import { Context, ContextName } from "./contexts/description";
import { entriesAt } from "./kinds/registry";
import { Service, ServiceName } from "./kinds/service/description";
import { between, matching, object, optional, record } from "./schema/words";

export type { Acceptance, Accepting } from "./acceptance";
export type * from "./contexts/description";
export type { Bucket } from "./kinds/bucket/description";
export type { Cache } from "./kinds/cache/description";
export type { Entrance, EntranceRoute } from "./kinds/entrance/description";
export type { AuroraServerless, Migration, PostgresInstance } from "./kinds/database/description";
export type { Consumption, EventSelection, Projection, Reading } from "./kinds/queue/description";
export type { LambdaFunction, QueueSource, StreamSource, Triggers } from "./kinds/function/description";
export type { Uses } from "./kinds/function/uses";
export type { Job } from "./kinds/job/description";
export type { Saga, SagaStep } from "./kinds/saga/description";
export type * from "./kinds/service/calls";
export type * from "./kinds/service/description";
export type * from "./kinds/service/exposure";
export type { EventContract, EventType, JsonSchema, Version } from "./kinds/topic/contract";
export type { Stream } from "./kinds/stream/description";
export type { Table, TableIndex } from "./kinds/table/description";
export type { Publication, Topic } from "./kinds/topic/description";

/** Tracing by OpenTelemetry, in W3C's and B3's headers. */
export interface Tracing extends v.InferOutput<typeof Tracing> {}
export const Tracing = object({
  /** Share of requests that are followed, 0 to 1. @default 0.1 */
  sampling: optional(between(0, 1)),
});

/** A microservice system: bounded contexts, the events they share, and the services with their edges. */
export interface System extends v.InferOutput<typeof System> {}
export const System = object({
  /** Lower-case letters, digits and dashes, at most 20 characters (`ecommerce`). */
  name: matching(
    /^[a-z](?:[a-z0-9-]{0,18}[a-z0-9])?$/,
    "lower-case letters, digits and dashes, at most 20, starting with a letter",
    "shorten or respell it; it becomes part of resource names",
  ),
  /** Bounded contexts by name. */
  contexts: record(ContextName, Context),
  ...entriesAt("system"),
  /** Services by name (`order`). */
  services: record(ServiceName, Service),
  /** Tracing of requests across services. @default no tracing, which is an anti-pattern */
  tracing: optional(Tracing),
  ...accepting,
});
