// Finds nodes and edges of a plan.
import { gathered } from "./order";
import { type Edge, keyOf, type Thing, type Verb } from "./edges";
import type { DatabaseNode } from "./kinds/database";
import type { QueueNode } from "./kinds/queue";
import type { Node } from "./kinds/registry";

/** The node of a kind. */
export type NodeOf<K extends Node["kind"]> = Extract<Node, { readonly kind: K }>;
/** The edge with a verb. */
export type EdgeOf<V extends Verb> = Extract<Edge, { readonly verb: V }>;

interface Nodes {
  readonly nodes: readonly Node[];
}
interface Edges {
  readonly edges: readonly Edge[];
}

/** The nodes of a kind, in the order of the plan. */
export function nodesOf<K extends Node["kind"]>({ nodes }: Nodes, kind: K): readonly NodeOf<K>[] {
  return nodes.filter((node): node is NodeOf<K> => node.kind === kind);
}

/** The edges with a verb from a service, a function, a job or an entrance, in the order of the plan. */
export function edgesFrom<V extends Verb>({ edges }: Edges, from: string, verb: V): readonly EdgeOf<V>[] {
  return having(indexOf(edges).from.get(from), verb);
}

/** The edges with a verb to a node or a service, in the order of the plan. */
export function edgesTo<V extends Verb>({ edges }: Edges, to: Thing, verb: V): readonly EdgeOf<V>[] {
  return having(indexOf(edges).to.get(keyOf(to)), verb);
}

/** The queues of a service: its tasks or its functions consume them. By name. */
export function queuesOfService(plan: Nodes, service: string): readonly QueueNode[] {
  return nodesOf(plan, "queue").filter(({ consumer }) => consumer === service);
}

/** The database of a service. */
export function databaseOf(plan: Nodes, service: string): DatabaseNode | undefined {
  return nodesOf(plan, "database").find(({ owner }) => owner === service);
}

interface Index {
  readonly from: ReadonlyMap<string, readonly Edge[]>;
  readonly to: ReadonlyMap<string, readonly Edge[]>;
}

/** A plan keeps its list of edges when a target adds to the plan. */
const indices = new WeakMap<readonly Edge[], Index>();

function indexOf(edges: readonly Edge[]): Index {
  const index = indices.get(edges) ?? {
    from: gathered(edges.map((edge) => [edge.from, edge] as const)),
    to: gathered(edges.map((edge) => [keyOf(edge.to), edge] as const)),
  };
  indices.set(edges, index);
  return index;
}

function having<V extends Verb>(edges: readonly Edge[] = [], verb: V): readonly EdgeOf<V>[] {
  return edges.filter((edge): edge is EdgeOf<V> => edge.verb === verb);
}
