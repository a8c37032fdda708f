// What a team writes: its system, once, as data. Everything else is derived from it (derive.ts). No Pulumi here.
import type * as v from "valibot";
import { accepting } from "./acceptance";
import { EventContract, EventType } from "./kinds/topic/contract";
import { ChannelName } from "./kinds/queue/description";
import { Saga } from "./kinds/saga/description";
import { between, list, matching, object, oneOf, optional, record, sentence, text } from "./schema/words";
import { Service, ServiceName } from "./kinds/service/description";

export type { Acceptance, Accepting } from "./acceptance";
export type { EventContract, EventType, JsonSchema, Version } from "./kinds/topic/contract";
export type * from "./kinds/queue/description";
export type * from "./kinds/saga/description";
export type * from "./kinds/service/description";
export type * from "./kinds/database/description";

/**
 * How a context stands to one that it depends on.
 *
 * - `customer-supplier`: the other plans for its needs
 * - `partnership`: both succeed or fail together and plan together
 * - `conformist`: it takes the other's model as it is
 * - `anticorruption-layer`: it translates the other's model at its border
 * - `separate-ways`: it has nothing to do with the other; an edge between them is an error
 */
export type Relation = v.InferOutput<typeof Relation>;
export const Relation = oneOf(
  "customer-supplier",
  "partnership",
  "conformist",
  "anticorruption-layer",
  "separate-ways",
);

const Thing = matching(/^[A-Za-z][A-Za-z0-9]*$/, "letters and digits, a letter first (OrderLine)", "respell it", 100);

/** A bounded context of the domain: a part in which each word has one meaning. */
export interface Context extends v.InferOutput<typeof Context> {}
export const Context = object({
  /** What it is about, in a few words. */
  description: sentence("say what it is about"),
  /** The entities it owns (`Order`, `OrderLine`): things with an identity; each has one owner in the system. */
  entities: list(Thing, {
    least: 1,
    allowed: "at least one entity",
    remedy: "name what the context owns",
  }),
  /** What it describes things with (`Money`, `Address`): values without an identity, shared by nobody. @default none */
  valueObjects: optional(list(Thing)),
  /**
   * How it stands to the contexts that it depends on, by their names.
   * @default "customer-supplier" for each context that an edge leads to
   */
  relations: optional(record(text(), Relation)),
  ...accepting,
});
const ContextName = matching(
  /^[A-Za-z][\w -]*$/,
  "letters, digits, dashes and spaces, a letter first, at most 100",
  "respell it",
  100,
);

/** A topic and what travels on it. */
export interface Topic extends v.InferOutput<typeof Topic> {}
export const Topic = object({
  /** How the topic is called in messages to people. */
  displayName: sentence("name it", 100),
  /** Events by type, which stands in the message attribute `event_type` (`ORDER_CREATED`), each with its contract. */
  events: record(EventType, EventContract),
  ...accepting,
});
/** Tracing by OpenTelemetry, in W3C's and B3's headers. */
export interface Tracing extends v.InferOutput<typeof Tracing> {}
export const Tracing = object({
  /** Share of requests that are followed, 0 to 1. @default 0.1 */
  sampling: optional(between(0, 1)),
});

/** The cache of a system. */
export interface Cache extends v.InferOutput<typeof Cache> {}
export const Cache = object({
  /** From `redis` to `valkey` is an upgrade in place; there is no way back. @default "redis" */
  engine: optional(oneOf("redis", "valkey")),
  /** `major.minor`; a later one is an upgrade in place, an earlier one replaces the cache. @default "7.0" for Redis, "8.0" for Valkey */
  engineVersion: optional(matching(/^\d+\.\d+$/, "a version as major.minor", 'write it like "7.0"')),
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
  /** Topics by name (`order-events`), each with the events that travel on it. */
  topics: record(ChannelName, Topic),
  /** Services by name (`order`). */
  services: record(ServiceName, Service),
  /** Work across services that is undone when a part of it fails, by name. @default none */
  sagas: optional(
    record(
      matching(
        /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/,
        "lower-case letters, digits and single dashes, at most 40",
        "shorten or respell it; it becomes part of resource names",
        40,
      ),
      Saga,
    ),
  ),
  /** The cache that services may declare to use. @default none */
  cache: optional(Cache),
  /** How requests are followed from service to service. @default not at all, which is an anti-pattern */
  tracing: optional(Tracing),
  ...accepting,
});
