// Routes of several services that match the same paths: each must be reachable, and which one answers must be clear.
import type { Findings } from "./findings";
import { pathOrderOf } from "./path-order";
import { prioritiesOf } from "./routing";
import type { System } from "./system";

/** Refuses routes of which one takes the requests of another, and those of which neither is more specific. */
export function checkRoutes(system: System, findings: Findings): void {
  const { before, ambiguous } = pathOrderOf(system);
  const priorities = prioritiesOf(system);
  for (const {
    services: [first, second],
    patterns: [narrow, wide],
  } of before) {
    const [own, other] = [priorities.get(first) ?? 0, priorities.get(second) ?? 0];
    findings.require(
      own < other,
      `services.${second}.exposes`,
      { paths: wide, priority: other },
      `a priority above that of ${first}, which is ${own}: "${wide}" matches all of its "${narrow}" and would take its requests`,
      `remove priority from ${second} and ${first}, or give ${first} the lower number; where each covers a path of the other, change the paths`,
    );
  }
  for (const {
    services: [one, other],
    patterns: [own, theirs],
  } of ambiguous) {
    const given = (name: string): boolean => system.services[name]?.exposes?.priority !== undefined;
    findings.require(
      given(one) && given(other),
      `services.${one}.exposes.paths`,
      own,
      `a pattern that is more or less specific than "${theirs}" of ${other}: both match some paths, and neither is within the other`,
      `change one of the two patterns, or give both services a priority: the lower number answers`,
    );
  }
}
