// Words for the stores of a plan, from their kinds.
import { keyOf } from "../edges";
import type { Plan } from "../plan";
import type { AnyKind, Words } from "./kind";
import { registry } from "./registry";

/** Something that a service owns or uses, in words. */
export interface Store extends Words {
  /** Whether it belongs to the service alone. */
  readonly isOwn: boolean;
}

/** The stores, functions and jobs of a service: what it owns, then what it uses with others. */
export function storesOf(service: string, { nodes, edges, words: platform }: Plan): Store[] {
  const known = new Map(nodes.map((node) => [keyOf(node), node]));
  const kinds: Readonly<Record<string, AnyKind>> = registry;
  const joined = edges.filter(({ from }) => from === service).map(({ to }) => keyOf(to));
  const owned = nodes.filter(({ owner }) => owner === service).map(keyOf);
  const found = [...new Set([...joined, ...owned])].flatMap((key) => {
    const node = known.get(key);
    const words = node && kinds[node.kind]?.words?.(node, service, platform);
    return node && words ? [{ ...words, isOwn: node.owner !== undefined }] : [];
  });
  return [...found.filter(({ isOwn }) => isOwn), ...found.filter(({ isOwn }) => !isOwn)];
}
