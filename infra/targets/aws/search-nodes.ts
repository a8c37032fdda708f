// Where the nodes of a search domain stand. Pure: limits count them without the SDK.
import type { SearchNode } from "../../model/kinds/search";

/** Zones that a domain stands in: three at most. */
export function searchZones({ isRedundant }: SearchNode, zones: number): 1 | 2 | 3 {
  if (!isRedundant) return 1;
  return zones >= 3 ? 3 : 2;
}

/** Data nodes and master nodes of a domain. */
export function searchNodes(node: SearchNode, zones: number): number {
  const { nodesPerZone = 1 } = node.settings;
  return searchZones(node, zones) * nodesPerZone + (node.isRedundant ? 3 : 0);
}
