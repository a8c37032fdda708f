// What a target is: a platform that a plan can be built on. A new target is a folder, and a line in index.ts.
import type * as pulumi from "@pulumi/pulumi";
import type * as v from "valibot";
import type { AlarmLink, Grant, Signal } from "../../components/kit";
import type { Problem } from "../../components/kit/problems";
import type { DescribedThing } from "../model/described";
import { type Edge, keyOf, type Thing } from "../model/edges";
import type { Environment } from "../model/environment";
import type { Node } from "../model/kinds/registry";
import { gathered } from "../model/order";
import type { Plan } from "../model/plan";
import type { PartialSettings } from "../model/settings";
import type { System } from "../model/system";
import type { AnyGrant, Rights } from "./rights";

/**
 * A platform. `Own` are the values of its own settings, `P` is its plan. Everything but `build` is pure and imports no SDK: `make check`
 * uses it without loading one.
 */
export interface Target<Own extends object = object, P extends Plan = Plan> {
  /** Name of the platform (`AWS with ECS Fargate`). */
  readonly title: string;
  /** Schema of the keys of `Pulumi.<stack>.yaml` that the target reads beside those of every stack. They are refused on other targets. */
  readonly settings: v.GenericSchema;
  /** The component of each kind, in words, or why the target builds none. */
  readonly kinds: Kinds;
  /** What does not fit between settings, system and environment. Parts that can't be read are undefined. */
  conflicts(stack: Stack<Own>): Conflicts;
  /** Whether the stack leaves a thing out by name, because the target has nothing for it. @default nothing is left out */
  leavesOut?(thing: Thing, own: Stack<Own>["own"]): boolean;
  /** A plan without the things that the stack leaves out by name, because the target has nothing for them. @default the whole plan */
  without?(plan: Plan, own: Own): Plan;
  /** Adds to a plan what follows from the target's own settings, in which nothing is wrong. */
  plan(plan: Plan, own: Own): P;
  /** Limits of the platform that the plan exceeds. */
  limits(plan: P): readonly Problem[];
  /** Creates all resources. Returns the stack's outputs. */
  build(plan: P): Outputs | Promise<Outputs>;
  /** Creates all resources, in a mocked build. Returns what each workload is given. */
  rights(plan: P): Rights;
}

/** The outputs of a stack: values and sections of values by name. */
export type Outputs = object;

/** A stack before it has a plan. */
export interface Stack<Own extends object = object> {
  /** Whether the engine runs on emulated providers, where values of examples are allowed. */
  readonly offline: boolean;
  readonly system: System | undefined;
  readonly environment: Environment | undefined;
  /** Settings that every stack has, as far as they could be read. */
  readonly settings: PartialSettings;
  /** Settings of the target, as far as they could be read. */
  readonly own: { readonly [K in keyof Own]?: Own[K] | undefined };
}

/** What stops a stack, and what does not. */
export interface Conflicts {
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
}

/** Why a target builds nothing of a kind, and what to describe instead. */
export interface Unbound {
  readonly reason: string;
  readonly instead: string;
}

/** The table of a target: for every kind of thing the name of what is built, or the reason why nothing is. Event stores become tables and functions. */
export type Kinds<N extends Thing = Node> = Readonly<Record<N["kind"] | "service", string | Unbound>> & {
  readonly eventStore?: string | Unbound;
};

/** Described things that the target does not build, each with the reason. */
export function unboundProblems(
  { title, kinds }: { readonly title: string; readonly kinds: Readonly<Record<string, string | Unbound>> },
  things: readonly DescribedThing[],
): Problem[] {
  return things.flatMap(({ kind, name, path }) => {
    const binding = kinds[kind] ?? { reason: "the target has no line for this kind", instead: "remove it" };
    if (typeof binding === "string") return [];
    return [
      {
        path,
        value: name,
        allowed: `nothing: ${title} has no ${kind}: ${binding.reason}`,
        remedy: binding.instead,
      },
    ];
  });
}

/** A thing of the plan that a component has been made of. `G` is what a workload of the platform gets for an edge. */
export interface Bound<G = Grant> {
  /** What a service gets for an edge to it: rights, variables, connections. Throws for a verb that the thing does not offer. */
  grant(edge: Edge): G;
  /** What workloads of the thing are given: grants by workload and name. @default no workload runs */
  readonly given?: Readonly<Record<string, Readonly<Record<string, AnyGrant>>>>;
  /** ARN, as a source of events or a schedule names it. @default it is neither read nor called by others */
  readonly arn?: pulumi.Output<string>;
  /** Outputs of the stack: values by name, in sections (`databases`) or by themselves (`cacheEndpoint`). @default none */
  readonly outputs?: Readonly<Record<string, pulumi.Output<string> | Readonly<Record<string, pulumi.Output<string>>>>>;
  /** Its metrics, for dashboards and objectives. @default none */
  readonly signals?: readonly Signal[];
  /** Its alarms, which send nothing by themselves: the alarms of a service do, which are made of them. @default none */
  readonly alarms?: readonly AlarmLink[];
  /** Its log group. @default none, or one without request logs */
  readonly logGroupName?: pulumi.Output<string>;
}

/** What has a grant for each edge to it. */
interface Granting {
  grant(edge: Edge): unknown;
}

/** What a workload of the platform gets for an edge. */
type GrantOf<B> = B extends { grant(edge: Edge): infer G } ? G : never;

/** Built parts on which a node depends, and its part of the plan. */
export interface Surroundings<B = Bound> {
  /** What a function or a job is given for its edges, by the edge's name. */
  grantsOf(workload: string, which?: (edge: Edge) => boolean): Record<string, GrantOf<B>>;
  /** A thing that comes before the node in the plan. */
  built(thing: Thing): B;
}

type Bind<N extends Thing, Foundation, B> = (node: N, foundation: Foundation, surroundings: Surroundings<B>) => B;

/** How a target makes a component of each kind for which its table (`kinds`) names one. The compiler refuses a kind too few or too many. */
export type Bindings<Foundation, K extends Kinds<N>, N extends Thing = Node, B = Bound> = {
  readonly [Name in N["kind"] as K[Name] extends string ? Name : never]: Bind<
    Extract<N, { readonly kind: Name }>,
    Foundation,
    B
  >;
};

/** Creates the component of each node. A plan with a node that has no binding has been refused by {@link unboundProblems}. */
export function bind<N extends Thing, B extends Granting = Bound>(
  nodes: readonly N[],
  foundation: unknown,
  bindings: object,
  edges: readonly Edge[] = [],
): (readonly [N, B])[] {
  const table = bindings as Readonly<Record<string, Bind<N, unknown, B> | undefined>>;
  const known = new Map<string, B>();
  const surroundings = surroundingsOf(known, edges);
  return nodes.map((node) => {
    const create = table[node.kind];
    if (create === undefined) throw new Error(`no binding for ${node.kind} ${node.name}`);
    const bound = create(node, foundation, surroundings);
    known.set(keyOf(node), bound);
    return [node, bound] as const;
  });
}

function surroundingsOf<B extends Granting>(known: ReadonlyMap<string, B>, edges: readonly Edge[]): Surroundings<B> {
  const from = gathered(edges.map((edge) => [edge.from, edge] as const));
  const built = (thing: Thing): B => {
    const bound = known.get(keyOf(thing));
    if (bound === undefined) throw new Error(`${thing.kind} ${thing.name} is used before it is built`);
    return bound;
  };
  return {
    built,
    grantsOf: (workload, which = () => true) =>
      Object.fromEntries(
        (from.get(workload) ?? []).filter(which).map((edge) => [edge.name, built(edge.to).grant(edge) as GrantOf<B>]),
      ),
  };
}

/** An edge that the thing at its end has no grant for. */
export function refused({ verb, from }: Edge, { kind, name }: Thing): never {
  throw new Error(`${from} ${verb} ${name}, and a ${kind} has no such grant`);
}
