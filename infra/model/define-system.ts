// Makes the compiler know the names inside a description, so that an editor completes them and a misspelt one is an error.
import type { CallPolicy, Consumption, Context, QueueScaling, Scaling, Service, System, Topic } from "./system";

/** Event types by topic, as literal types. */
type Events = Readonly<Record<string, string>>;

/** A service whose references can only be names that the same description declares. */
interface KnownService<
  Contexts extends string,
  E extends Events,
  Services extends string,
  Queues extends string,
> extends Omit<Service, "context" | "calls" | "publishes" | "consumes" | "sendsTo" | "scaling"> {
  readonly context: NoInfer<Contexts>;
  readonly calls?: Readonly<Partial<Record<NoInfer<Services>, CallPolicy>>>;
  readonly publishes?: NoInfer<{ readonly [T in keyof E]?: readonly E[T][] }>;
  readonly consumes?: Readonly<Partial<Record<Queues, KnownConsumption<E>>>>;
  readonly sendsTo?: readonly NoInfer<Queues>[];
  readonly scaling: KnownScaling<Queues>;
}

interface KnownConsumption<E extends Events> extends Omit<Consumption, "from"> {
  readonly from?: NoInfer<{ readonly [T in keyof E]?: readonly E[T][] | "all" }>;
}

interface KnownScaling<Queues extends string> extends Omit<Scaling, "queue"> {
  readonly queue?: Omit<QueueScaling, "queue"> & { readonly queue: NoInfer<Queues> };
}

interface KnownSystem<
  Contexts extends string,
  E extends Events,
  Services extends string,
  Queues extends string,
> extends Omit<System, "contexts" | "topics" | "services"> {
  readonly contexts: Readonly<Record<Contexts, Context>>;
  readonly topics: { readonly [T in keyof E]: Omit<Topic, "events"> & { readonly events: readonly E[T][] } };
  readonly services: Readonly<Record<Services, KnownService<Contexts, E, Services, Queues>>>;
}

/**
 * Declares a system. Every context, service, topic, queue and event type that it mentions must be declared in it; queues are
 * declared by the service that consumes them. What types can't see (cycles, numbers) is checked by `validateSystem`.
 */
export function defineSystem<
  const Contexts extends string,
  const E extends Events,
  const Services extends string,
  const Queues extends string = never,
>(system: KnownSystem<Contexts, E, Services, Queues>): System;
// The implementation's own signature is wide because a mapped type over a type parameter has no index signature to compare;
// every call is checked against the overload above, whose shape is System's with narrower names.
export function defineSystem(system: object): object {
  return system;
}
