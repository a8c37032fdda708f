// Makes the compiler know the names inside a description, so that an editor completes them and a misspelt one is an error.
import { InvalidInput } from "../../components/kit/problems";
import { checked, nameOf } from "./schema/check";
import { System as SystemSchema } from "./system";
import { validateSystem } from "./validate";
import type {
  Accepting,
  CallPolicy,
  Consumption,
  Context,
  EventContract,
  Projection,
  QueueScaling,
  Reading,
  Relation,
  Saga,
  SagaStep,
  Scaling,
  Service,
  System,
  Topic,
  Version,
} from "./system";

/** Topics with their event types as keys; what the keys hold does not matter. */
type Events = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** The event types of a topic. */
type TypesOf<E extends Events, T extends keyof E> = keyof E[T] & string;

/** What is selected of the events of topics that the description declares. */
type KnownSelection<E extends Events> = NoInfer<{
  readonly [T in keyof E]?: "all" | readonly TypesOf<E, T>[] | Readonly<Partial<Record<TypesOf<E, T>, Reading>>>;
}>;

type KnownPublication<E extends Events> = NoInfer<{
  readonly [T in keyof E]?:
    readonly TypesOf<E, T>[] | Readonly<Partial<Record<TypesOf<E, T>, { readonly version?: Version }>>>;
}>;

/** A service whose references can only be names that the same description declares. */
interface KnownService<
  Contexts extends string,
  E extends Events,
  Services extends string,
  Queues extends string,
> extends Omit<
  Service,
  "context" | "calls" | "publishes" | "consumes" | "projects" | "reachesInto" | "sendsTo" | "scaling"
> {
  readonly context: NoInfer<Contexts>;
  readonly calls?: Readonly<Partial<Record<NoInfer<Services>, CallPolicy>>>;
  readonly publishes?: KnownPublication<E>;
  readonly consumes?: Readonly<Partial<Record<Queues, KnownConsumption<E>>>>;
  readonly projects?: Readonly<Record<string, KnownProjection<E>>>;
  readonly reachesInto?: Readonly<Partial<Record<NoInfer<Services>, Accepting>>>;
  readonly sendsTo?: readonly NoInfer<Queues>[];
  readonly scaling: KnownScaling<Queues>;
}

interface KnownConsumption<E extends Events> extends Omit<Consumption, "from"> {
  readonly from?: KnownSelection<E>;
}

interface KnownProjection<E extends Events> extends Omit<Projection, "from"> {
  readonly from: KnownSelection<E>;
}

interface KnownScaling<Queues extends string> extends Omit<Scaling, "queue"> {
  readonly queue?: Omit<QueueScaling, "queue"> & { readonly queue: NoInfer<Queues> };
}

interface KnownContext<Contexts extends string> extends Omit<Context, "relations"> {
  readonly relations?: Readonly<Partial<Record<NoInfer<Contexts>, Relation>>>;
}

interface KnownSaga<Services extends string> extends Omit<Saga, "startedBy" | "steps"> {
  readonly startedBy: NoInfer<Services>;
  readonly steps: readonly (Omit<SagaStep, "service"> & { readonly service: NoInfer<Services> })[];
}

interface KnownSystem<
  Contexts extends string,
  E extends Events,
  Services extends string,
  Queues extends string,
> extends Omit<System, "contexts" | "topics" | "services" | "sagas"> {
  readonly contexts: Readonly<Record<Contexts, KnownContext<Contexts>>>;
  readonly topics: {
    readonly [T in keyof E]: Omit<Topic, "events"> & { readonly events: { readonly [K in keyof E[T]]: EventContract } };
  };
  readonly services: Readonly<Record<Services, KnownService<Contexts, E, Services, Queues>>>;
  readonly sagas?: Readonly<Record<string, KnownSaga<Services>>>;
}

/**
 * Declares a system. Every context, service, topic, queue and event type that it mentions must be declared in it; queues are
 * declared by the service that consumes them. What types can't see (cycles, numbers) is checked by `validateSystem`.
 *
 * @returns a frozen copy
 * @throws InvalidInput with every problem when a value is not what the schema in system.ts allows, however it got in
 */
export function defineSystem<
  const Contexts extends string,
  const E extends Events,
  const Services extends string,
  const Queues extends string = never,
>(system: KnownSystem<Contexts, E, Services, Queues>): System;
// The implementation's own signature is wide because a mapped type over a type parameter has no index signature to compare;
// every call is checked against the overload above, whose shape is System's with narrower names.
export function defineSystem(given: object): object {
  const { value } = checked(SystemSchema, given);
  if (value) return value;
  throw new InvalidInput(`description of the system "${nameOf(given)}"`, validateSystem(given));
}
