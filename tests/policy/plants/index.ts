// Every plant: for each type that a rule names, what is right and what is wrong.
import { compute } from "./compute";
import { documents } from "./documents";
import { edge } from "./edge";
import { identities, people } from "./identities";
import { network } from "./network";
import type { Planter } from "./planter";
import { stores } from "./stores";

export { counting, type Made, type Plant, type Planter } from "./planter";
export { STANDING } from "./standing";

/** Plants everything. */
export function plantAll(planter: Planter): void {
  const held = people(planter);
  const net = network(planter);
  stores(planter, net);
  edge(planter, net);
  compute(planter, net);
  documents(planter, net, held);
  identities(planter, held);
}
