// Nodes and edges of a plan: an edge goes from a service to a store, a channel or another service.
import type { CallPlan } from "./plan";
import type { EventType } from "./system";

/** A thing of a plan. */
export interface Thing {
  /** Its folder below kinds/. */
  readonly kind: string;
  /** Unique among those of its kind and owner. */
  readonly name: string;
  /** The service that it belongs to alone; undefined: several may use it. */
  readonly owner?: string;
}

/** Attributes of an edge, by its verb. */
export interface Policies {
  readonly owns: Plain;
  readonly uses: Plain;
  readonly reads: Plain;
  readonly writes: Plain;
  /** Adds items, and neither changes nor deletes any. */
  readonly appends: Plain;
  /** Reads items and adds some, and neither changes nor deletes any. */
  readonly records: Plain;
  readonly publishes: { readonly eventTypes: readonly EventType[] };
  readonly consumes: Plain;
  /** Starts executions of a saga. */
  readonly starts: Plain;
  /** Answers the commands of a saga. */
  readonly answers: Plain;
  /** `alsoConsumes`: the service consumes the queue as well, and so has its address already. */
  readonly sends: { readonly alsoConsumes: boolean };
  readonly calls: CallPlan;
  /** From an entrance to a service. */
  readonly routes: { readonly paths: readonly string[] };
}
/** Nothing beside the two ends. */
type Plain = Readonly<Record<string, never>>;
export type Verb = keyof Policies;

/** Use of a node by a service. The service gets exactly the rights, variables and connections of its edges. */
export type Edge = {
  [V in Verb]: {
    /** Unique among the edges of the service (`bucket-images`). */
    readonly name: string;
    /** A service, or an entrance. No two of them have the same name. */
    readonly from: string;
    readonly verb: V;
    readonly to: Thing;
    readonly policy: Policies[V];
  };
}[Verb];

/** A text that is the same for the same thing only. */
export const keyOf = ({ kind, name, owner = "" }: Thing): string => `${kind} ${owner}/${name}`;

/** What a plan has of a kind. */
export interface Derived<N extends Thing = Thing> {
  readonly nodes: readonly N[];
  readonly edges: readonly Edge[];
}
