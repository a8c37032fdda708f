// Routes of several services that match the same paths: each must be reachable, and which one answers must be clear.
import type { Findings } from "../../findings";
import { MOST_COMPARED, pathOrderOf } from "./path-order";
import { LAST, prioritiesOf } from "./priorities";
import type { System } from "../../system";

/** Pairs of patterns that are reported; thousands of them would hide what else is wrong. */
const MOST_REPORTED = 100;

/** Refuses routes of which one takes the requests of another, and those of which neither is more specific. */
export function checkRoutes(system: System, findings: Findings): void {
  const { before, ambiguous, isCut } = pathOrderOf(system);
  const priorities = prioritiesOf(system);
  const decided = (name: string): boolean => system.services[name]?.exposes?.priority !== undefined;
  const beyond = [...priorities].filter(([name, priority]) => priority > LAST && !decided(name));
  findings.require(
    beyond.length === 0,
    "services",
    `${priorities.size} exposed services`,
    `at most as many as a load balancer has priorities for: ${beyond.length} of these get none up to ${LAST}`,
    "expose fewer services, or split the system",
  );
  findings.require(
    !isCut,
    "services",
    `path patterns of which more than ${MOST_COMPARED} pairs begin and end alike`,
    "patterns that can be told apart by what they begin with",
    "begin the patterns of each service with a path of its own, such as /api/<service>/*",
  );
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
  const open = ambiguous.filter(({ services: [one, other] }) => !decided(one) || !decided(other));
  for (const {
    services: [one, other],
    patterns: [own, theirs],
  } of open.slice(0, MOST_REPORTED)) {
    findings.require(
      false,
      `services.${one}.exposes.paths`,
      own,
      `a pattern that is more or less specific than "${theirs}" of ${other}: both match some paths, and neither is within the other`,
      `change one of the two patterns, or give both services a priority: the lower number answers`,
    );
  }
}
