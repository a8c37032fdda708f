// Entrances: APIs through which clients outside the network reach services.
import type { Kind } from "../kind";
import { type EntranceNode, entranceNode, entrancesOf } from "./derive";
import { system } from "./description";
import { checkEntrances } from "./validate";

export type { EntranceNode, Guard, RoutePlan } from "./derive";

const describes = { system };

export const entrance: Kind<typeof describes, EntranceNode> = {
  describes,
  conflicts: checkEntrances,

  derive(whole) {
    const nodes = entrancesOf(whole.system).map(([name, described]) => entranceNode(name, described, whole));
    return {
      nodes,
      edges: nodes.flatMap(({ name: from, routes }) =>
        routes.map(({ name, service, paths }) => ({
          ...{ name: `route-${name}`, from, verb: "routes" as const },
          ...{ to: { kind: "service", name: service }, policy: { paths } },
        })),
      ),
    };
  },
};
