// The analytics store of a service.
import type { Thing } from "../../edges";
import { sorted } from "../../order";
import { type Kind, ownsEdges, useOfOne, variablesWith } from "../kind";
import { type Analytics, owns } from "./description";

const describes = { owns };

/** An analytics store. */
export interface AnalyticsNode extends Thing {
  readonly kind: "analytics";
  readonly owner: string;
  readonly settings: Omit<Analytics, "reason">;
}

export const analytics: Kind<typeof describes, AnalyticsNode> = {
  describes,

  variables: (_, { owns: stores }) =>
    stores?.analytics ? variablesWith("ANALYTICS_", ["BUCKET", "DATABASE", "WORKGROUP"], "owns.analytics") : [],

  uses: useOfOne("analytics", "analytics", "analytics store"),

  words: ({ owner }) => ({
    thing: `analytics:${owner}`,
    icon: "database",
    card: "analytics store",
    legend: "own analytics store",
    flowchart: { suffix: "analytics", label: "analytics store" },
    sentence: `${owner} alone owns the analytics store`,
    panel: { head: "analytics", note: "column store for analytical queries, its own" },
    catalogue: ["owns an analytics store"],
  }),

  derive({ system }) {
    const nodes = sorted(system.services).flatMap(([owner, { owns: stores }]): AnalyticsNode[] => {
      if (!stores?.analytics) return [];
      const { reason, ...settings } = stores.analytics;
      return [{ kind: "analytics", name: `${owner}-analytics`, owner, settings }];
    });
    return { nodes, edges: ownsEdges(nodes) };
  },
};
