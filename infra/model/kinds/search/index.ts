// The search domain of a service.
import type { Thing } from "../../edges";
import { sorted } from "../../order";
import { type Kind, ownsEdges, useOfOne, variablesWith } from "../kind";
import { owns, type Search } from "./description";

const describes = { owns };

/** A search domain, as an environment has it. */
export interface SearchNode extends Thing {
  readonly kind: "search";
  readonly owner: string;
  readonly settings: Omit<Search, "reason">;
  /** Whether it outlives the loss of a zone, as the environment's databases do. */
  readonly isRedundant: boolean;
}

export const search: Kind<typeof describes, SearchNode> = {
  describes,

  variables: (_, { owns: stores }) =>
    stores?.search ? variablesWith("SEARCH_", ["ENDPOINT", "ROLE_ARN"], "owns.search") : [],

  uses: useOfOne("search", "search", "search domain"),

  words: ({ owner }) => ({
    thing: `search:${owner}`,
    icon: "database",
    card: "search domain",
    legend: "own search domain",
    flowchart: { suffix: "search", label: "OpenSearch" },
    sentence: `${owner} alone owns the search domain`,
    panel: { head: "search", note: "OpenSearch, its own" },
    catalogue: ["owns a search domain"],
  }),

  derive({ system, environment }) {
    const isRedundant = environment.database.multiAz;
    const nodes = sorted(system.services).flatMap(([owner, { owns: stores }]): SearchNode[] => {
      if (!stores?.search) return [];
      const { engineVersion, instanceType, nodesPerZone, volume } = stores.search;
      const settings = {
        ...(engineVersion !== undefined && { engineVersion }),
        ...(instanceType !== undefined && { instanceType }),
        ...(nodesPerZone !== undefined && { nodesPerZone }),
        ...(volume !== undefined && { volume }),
      };
      return [{ kind: "search", name: `${owner}-search`, owner, settings, isRedundant }];
    });
    return { nodes, edges: ownsEdges(nodes) };
  },
};
