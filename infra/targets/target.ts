// What a target is: a platform that a plan can be built on. A table says for each kind of node which component it becomes, or why it becomes none.
import type * as pulumi from "@pulumi/pulumi";
import { type Grant, InvalidInput } from "../../components/kit";
import type { Edge, Thing } from "../model/edges";
import type { Node } from "../model/kinds/registry";

/** A thing of the plan that a component has been made of. */
export interface Bound {
  /** What a service gets for an edge to it: rights, variables, connections. Throws for a verb that the thing does not offer. */
  grant(edge: Edge): Grant;
  /** Outputs of the stack: values by name, in sections (`databases`) or by themselves (`cacheEndpoint`). @default none */
  readonly outputs?: Readonly<Record<string, pulumi.Output<string> | Readonly<Record<string, pulumi.Output<string>>>>>;
}

/** Why a target builds nothing of a kind, and what to describe instead. */
export interface Unbound {
  readonly reason: string;
  readonly instead: string;
}

type Bind<N extends Thing, Foundation> = (node: N, foundation: Foundation) => Bound;

/** The table of a target: every kind of node becomes a component, or is refused with a reason. */
export type Bindings<Foundation, N extends Thing = Node> = {
  readonly [K in N["kind"]]: Bind<Extract<N, { readonly kind: K }>, Foundation> | Unbound;
};

/**
 * How each node becomes a component, which the caller does next.
 *
 * @throws InvalidInput with every node of a kind that the target builds nothing of
 */
export function binderOf<Foundation, N extends Thing = Node>(
  target: string,
  nodes: readonly N[],
  bindings: Bindings<Foundation, N>,
): (foundation: Foundation) => (readonly [N, Bound])[] {
  const table = bindings as Readonly<Record<string, Bind<N, Foundation> | Unbound>>;
  const pairs = nodes.map(
    (node) => [node, table[node.kind] ?? { reason: "it is unknown there", instead: "remove it" }] as const,
  );
  const problems = pairs.flatMap(([{ kind, name, owner }, binding]) =>
    typeof binding === "function"
      ? []
      : [
          {
            path: owner === undefined ? `${kind}.${name}` : `services.${owner}.${kind}.${name}`,
            value: name,
            allowed: `nothing: a ${kind} can't be built on ${target}: ${binding.reason}`,
            remedy: binding.instead,
          },
        ],
  );
  if (problems.length > 0) throw new InvalidInput(`the plan on ${target}`, problems);
  return (foundation) =>
    pairs.flatMap(([node, binding]) =>
      typeof binding === "function" ? [[node, binding(node, foundation)] as const] : [],
    );
}

/** An edge that the thing at its end has no grant for. */
export function refused({ verb, from }: Edge, { kind, name }: Thing): never {
  throw new Error(`${from} ${verb} ${name}, and a ${kind} has no such grant`);
}
