// Types that hold the names of a description, so that an editor completes them and the compiler refuses a misspelt one.
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
  JsonSchema,
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

/** Schemas of events by type, by topic. */
type Events = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** What the services of a description have under one of their keys, by service and by name: `calls`, `publishes`, `consumes`. */
// Services without the key are inferred as unknown, so the constraint requires nothing.
type ByService = Readonly<Record<string, unknown>>;

/** Type of an inferred mapping's member. */
type At<M, N> = N extends keyof M ? M[N] : unknown;

/** The event types of a topic. */
type TypesOf<E extends Events, T extends keyof E> = keyof E[T] & string;

/** Selection of events of the topics that the description declares. */
type KnownSelection<E extends Events> = NoInfer<{
  readonly [T in keyof E]?: "all" | readonly TypesOf<E, T>[] | Readonly<Partial<Record<TypesOf<E, T>, Reading>>>;
}>;

type KnownPublication<E extends Events> = NoInfer<{
  readonly [T in keyof E]?:
    readonly TypesOf<E, T>[] | Readonly<Partial<Record<TypesOf<E, T>, { readonly version?: Version }>>>;
}>;

/** Refuses the names that are not known: no value fits. */
type Unknown<Names extends PropertyKey, Known extends PropertyKey> = Readonly<
  Partial<Record<Exclude<Names, Known>, never>>
>;

/** Refuses topics, and event types of a topic, that are not declared: an inferred mapping would take any name. */
type UnknownEvents<S, E extends Events> = Unknown<keyof S, keyof E> & {
  readonly [T in keyof S & keyof E]?: S[T] extends string
    ? "all"
    : S[T] extends readonly unknown[]
      ? readonly (keyof E[T])[]
      : Unknown<keyof S[T], keyof E[T]>;
};

/** Type parameters of the services, for the runtime's functions, which infer `C`, `P`, `Q` and `R` from this type. */
interface Remembered<C extends ByService, P extends ByService, Q extends ByService, R extends ByService> {
  readonly services: {
    readonly [S in keyof C]: { readonly calls?: { readonly [K in keyof C[S]]: { readonly operations?: C[S][K] } } };
  } & {
    readonly [S in keyof P]: { readonly publishes?: P[S] };
  } & {
    readonly [S in keyof Q]: { readonly consumes?: { readonly [K in keyof Q[S]]: { readonly from?: Q[S][K] } } };
  } & {
    readonly [S in keyof R]: {
      readonly projects?: { readonly [K in keyof R[S]]: Omit<Projection, "from"> & { readonly from: R[S][K] } };
    };
  };
}

/** Refuses names in what is inferred. */
interface Refused<
  E extends Events,
  Services extends string,
  C extends ByService,
  P extends ByService,
  Q extends ByService,
  R extends ByService,
> {
  readonly services: NoInfer<{
    readonly [S in Services]: {
      readonly calls?: Unknown<keyof At<C, S>, Services>;
      readonly publishes?: UnknownEvents<At<P, S>, E>;
      readonly consumes?: { readonly [K in keyof At<Q, S>]?: { readonly from?: UnknownEvents<At<Q, S>[K], E> } };
      readonly projects?: { readonly [K in keyof At<R, S>]?: { readonly from: UnknownEvents<At<R, S>[K], E> } };
    };
  }>;
}

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
    readonly [T in keyof E]: Omit<Topic, "events"> & {
      readonly events: {
        readonly [K in keyof E[T]]: Omit<EventContract, "schema"> & { readonly schema?: E[T][K] & JsonSchema };
      };
    };
  };
  readonly services: Readonly<Record<Services, KnownService<Contexts, E, Services, Queues>>>;
  readonly sagas?: Readonly<Record<string, KnownSaga<Services>>>;
}

/** A service, and the names of its edges. */
type EdgesOf<C, P, Q, R> = Omit<Service, "calls" | "publishes" | "consumes" | "projects"> & {
  readonly calls?: { readonly [K in keyof C]: Omit<CallPolicy, "operations"> & Operations<C[K]> };
  readonly publishes?: { readonly [K in keyof P]: P[K] };
  readonly consumes?: { readonly [K in keyof Q]: Omit<Consumption, "from"> & From<Q[K]> };
  readonly projects?: { readonly [K in keyof R]: Omit<Projection, "from"> & { readonly from: R[K] } };
};
type Operations<O> = O extends readonly string[]
  ? { readonly operations: O }
  : { readonly operations?: readonly string[] };
type From<F> = F extends object ? { readonly from: F } : object;

/** A system whose type has its topics, events and edges: the runtime's functions are typed from it. */
export interface DefinedSystem<
  E extends Events,
  Services extends string,
  C extends ByService,
  P extends ByService,
  Q extends ByService,
  R extends ByService,
> extends Omit<System, "topics" | "services"> {
  readonly topics: {
    readonly [T in keyof E]: Omit<Topic, "events"> & {
      readonly events: {
        readonly [K in keyof E[T]]: Omit<EventContract, "schema"> & {
          readonly schema?: E[T][K] extends JsonSchema ? E[T][K] : JsonSchema;
        };
      };
    };
  };
  readonly services: { readonly [S in Services]: EdgesOf<At<C, S>, At<P, S>, At<Q, S>, At<R, S>> };
}

/**
 * Declares a system. Every context, service, topic, queue and event type that it mentions must be declared in it; queues are
 * declared by the service that consumes them. What types can't see (cycles, numbers) is checked by `validateSystem`.
 *
 * @returns a frozen copy, whose type has the edges and events of the description
 * @throws InvalidInput with every problem when a value does not match the schema in system.ts, also from JavaScript or after a cast
 */
export function defineSystem<
  const Contexts extends string,
  const E extends Events,
  const Services extends string,
  const C extends ByService,
  const P extends ByService,
  const Q extends ByService,
  const R extends ByService,
  const Queues extends string = never,
>(
  system: KnownSystem<Contexts, E, Services, Queues> &
    Remembered<C, P, Q, R> &
    NoInfer<Refused<E, Services, C, P, Q, R>>,
): DefinedSystem<E, Services, C, P, Q, R>;
// The implementation's own signature is wide because a mapped type over a type parameter has no index signature to compare;
// every call is checked against the overload above, whose shape is System's with narrower names.
export function defineSystem(given: object): object {
  const { value } = checked(SystemSchema, given);
  if (value) return value;
  throw new InvalidInput(`description of the system "${nameOf(given)}"`, validateSystem(given));
}
