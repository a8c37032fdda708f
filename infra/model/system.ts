// What a team writes: its system, once, as data. Everything else is derived from it (derive.ts). No Pulumi here.
import type { Accepting } from "./acceptance";
import type { EventContract } from "./contract";
import type { Saga } from "./saga";
import type { Service } from "./service";

export type { Acceptance, Accepting } from "./acceptance";
export type { EventContract, EventType, JsonSchema, Version } from "./contract";
export type * from "./edges";
export type * from "./saga";
export type * from "./service";
export type * from "./stores";

/** A microservice system: bounded contexts, the events they share, and the services with their edges. */
export interface System extends Accepting {
  /** Lower-case letters, digits and dashes, at most 20 characters (`ecommerce`). */
  readonly name: string;
  /** Bounded contexts by name. */
  readonly contexts: Readonly<Record<string, Context>>;
  /** Topics by name (`order-events`), each with the events that travel on it. */
  readonly topics: Readonly<Record<string, Topic>>;
  /** Services by name (`order`). */
  readonly services: Readonly<Record<string, Service>>;
  /** Work across services that is undone when a part of it fails, by name. @default none */
  readonly sagas?: Readonly<Record<string, Saga>>;
  /** The cache that services may declare to use. @default none */
  readonly cache?: { readonly engineVersion?: string };
  /** How requests are followed from service to service. @default not at all, which is an anti-pattern */
  readonly tracing?: Tracing;
}

/** A bounded context of the domain: a part in which each word has one meaning. */
export interface Context extends Accepting {
  readonly description: string;
  /** The entities it owns (`Order`, `OrderLine`): things with an identity; each has one owner in the system. */
  readonly entities: readonly string[];
  /** What it describes things with (`Money`, `Address`): values without an identity, shared by nobody. @default none */
  readonly valueObjects?: readonly string[];
  /**
   * How it stands to the contexts that it depends on, by their names.
   * @default "customer-supplier" for each context that an edge leads to
   */
  readonly relations?: Readonly<Record<string, Relation>>;
}

/**
 * How a context stands to one that it depends on.
 *
 * - `customer-supplier`: the other plans for its needs
 * - `partnership`: both succeed or fail together and plan together
 * - `conformist`: it takes the other's model as it is
 * - `anticorruption-layer`: it translates the other's model at its border
 * - `separate-ways`: it has nothing to do with the other; an edge between them is an error
 */
export type Relation = "customer-supplier" | "partnership" | "conformist" | "anticorruption-layer" | "separate-ways";

/** A topic and what travels on it. */
export interface Topic extends Accepting {
  readonly displayName: string;
  /** Events by type, which stands in the message attribute `event_type` (`ORDER_CREATED`), each with its contract. */
  readonly events: Readonly<Record<string, EventContract>>;
}

/** Tracing by OpenTelemetry, in W3C's and B3's headers. */
export interface Tracing {
  /** Share of requests that are followed, 0 to 1. @default 0.1 */
  readonly sampling?: number;
}
