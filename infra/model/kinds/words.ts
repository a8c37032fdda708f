// What is said of the stores of a plan, in words of their kinds.
import { type Edge, keyOf } from "../edges";
import type { Plan } from "../plan";
import type { AnyKind, Words } from "./kind";
import { registry } from "./registry";

/** A store that a service has an edge to, in words. */
export interface Store extends Words {
  readonly verb: Edge["verb"];
}

/** The stores of a service: what it owns, then what it uses with others. */
export function storesOf(service: string, { nodes, edges }: Plan): Store[] {
  const known = new Map(nodes.map((node) => [keyOf(node), node]));
  const kinds: Readonly<Record<string, AnyKind>> = registry;
  const found = edges
    .filter(({ from }) => from === service)
    .flatMap(({ to, verb }) => {
      const node = known.get(keyOf(to));
      const words = node && kinds[node.kind]?.words?.(node, service);
      return node && words ? [{ isOwn: node.owner !== undefined, store: { ...words, verb } }] : [];
    });
  return [...found.filter(({ isOwn }) => isOwn), ...found.filter(({ isOwn }) => !isOwn)].map(({ store }) => store);
}
