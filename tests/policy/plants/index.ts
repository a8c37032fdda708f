// Every plant: for each type that a rule names, what is right and what is wrong.
import { compute } from "./compute";
import { documents } from "./documents";
import { edge } from "./edge";
import { identities, people } from "./identities";
import { network } from "./network";
import type { Planter } from "./planter";
import { stores } from "./stores";
import { completing, tables } from "./tables";

export { counting, type Made, type Plant, type Planter } from "./planter";
export { ACCOUNT_BLOCK } from "./tables";
export { STANDING, STANDING_IN_CLUSTER } from "./standing";

/** Plants everything. */
export function plantAll(planter: Planter): void {
  const p = completing(planter);
  const held = people(p);
  const net = network(p);
  p.about(net);
  stores(p, net);
  edge(p, net);
  compute(p, net);
  documents(p, net, held);
  identities(p, held);
  tables(p);
}
