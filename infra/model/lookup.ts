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
  return (indexOfNodes(nodes).byKind.get(kind) ?? []).filter((node): node is NodeOf<K> => node.kind === kind);
}

/** Whether clients of the system send requests to a thing. */
export const isEntrance = ({ kind }: Thing): boolean => kind === "entrance";

/** All edges from a service, a function, a job or an entrance, in the order of the plan. */
export function allEdgesFrom({ edges }: Edges, from: string): readonly Edge[] {
  return indexOfEdges(edges).from.get(from) ?? [];
}

/** The edges with a verb from a service, a function, a job or an entrance, in the order of the plan. */
export function edgesFrom<V extends Verb>({ edges }: Edges, from: string, verb: V): readonly EdgeOf<V>[] {
  return having(indexOfEdges(edges).from.get(from), verb);
}

/** The edges with a verb to a node or a service, in the order of the plan. */
export function edgesTo<V extends Verb>({ edges }: Edges, to: Thing, verb: V): readonly EdgeOf<V>[] {
  return having(indexOfEdges(edges).to.get(keyOf(to)), verb);
}

/** The queues of a service: its tasks or its functions consume them. By name. */
export function queuesOfService({ nodes }: Nodes, service: string): readonly QueueNode[] {
  return indexOfNodes(nodes).queues.get(service) ?? [];
}

/** The database of a service. */
export function databaseOf({ nodes }: Nodes, service: string): DatabaseNode | undefined {
  return indexOfNodes(nodes).databases.get(service);
}

const indexOfNodes = once((nodes: readonly Node[]) => ({
  byKind: gathered(nodes.map((node) => [node.kind, node] as const)),
  queues: gathered(nodes.flatMap((node) => (node.kind === "queue" ? [[node.consumer, node] as const] : []))),
  databases: new Map(nodes.flatMap((node) => (node.kind === "database" ? [[node.owner, node] as const] : []))),
}));

const indexOfEdges = once((edges: readonly Edge[]) => ({
  from: gathered(edges.map((edge) => [edge.from, edge] as const)),
  to: gathered(edges.map((edge) => [keyOf(edge.to), edge] as const)),
}));

/** Makes the index of a list once: a plan keeps its lists when a target adds to the plan. */
function once<T, Index>(make: (list: readonly T[]) => Index): (list: readonly T[]) => Index {
  const made = new WeakMap<readonly T[], Index>();
  return (list) => {
    const index = made.get(list) ?? make(list);
    made.set(list, index);
    return index;
  };
}

function having<V extends Verb>(edges: readonly Edge[] = [], verb: V): readonly EdgeOf<V>[] {
  return edges.filter((edge): edge is EdgeOf<V> => edge.verb === verb);
}
