// A promise that rests on weaker ones.
import { milliseconds } from "../../../components/kit/units";
import type { ServiceLevel } from "../system";
import type { CallEdge, Graph } from "./graph";
import { listed, type Rule, serviceAt, type Sighting, trail } from "./rule";

/** Digits of percent below which promises are the same: 0.001 % are 26 seconds in 30 days. */
const DIGITS = 3;

export const promiseBeyondCallees: Rule = {
  id: "promise-beyond-callees",
  severity: "warning",
  allowed: "service levels that those of the callees allow",
  why: "it can't be kept even when every callee keeps its own, so its alarms tell nothing",
  find: (graph) =>
    graph.services.flatMap(([name, { serviceLevel }]) =>
      serviceLevel === undefined
        ? []
        : [...availability(name, serviceLevel, graph), ...latency(name, serviceLevel, graph)],
    ),
};

/** Callees without which there is no answer and that promise something, each with its promise. */
function promising(
  name: string,
  { system, callees }: Graph,
): { readonly call: CallEdge; readonly level: ServiceLevel }[] {
  return callees(name).flatMap((call) => {
    const level = system.services[call.callee]?.serviceLevel;
    return level === undefined || call.policy.consistency === "eventual" ? [] : [{ call, level }];
  });
}

/** All of them answer at once as often as the product of their promises says. */
function availability(name: string, promised: ServiceLevel, graph: Graph): Sighting[] {
  const callees = promising(name, graph);
  const best = 100 * callees.reduce((share, { level }) => (share * level.availability) / 100, 1);
  const rounded = Number(best.toFixed(DIGITS));
  if (promised.availability <= rounded) return [];
  const theirs = callees.map(({ call, level }) => `${call.callee} ${level.availability} %`);
  return [
    {
      path: `${serviceAt(name)}.serviceLevel.availability`,
      found: `${trail(name, listed(theirs))}: promises ${promised.availability} %, together they promise ${rounded} %`,
      remedy: `promise at most ${rounded} %, or do without an answer of theirs: keep a copy (projects), or mark the call as consistency: "eventual"`,
      places: [serviceAt(name)],
    },
  ];
}

/** One callee that may take longer, for as large a share of the requests, is enough. */
function latency(name: string, { latency: promised }: ServiceLevel, graph: Graph): Sighting[] {
  const within = promised && milliseconds(promised.within);
  if (promised === undefined || within === undefined) return [];
  return promising(name, graph).flatMap(({ call: { callee }, level }) => {
    const theirs = level.latency && milliseconds(level.latency.within);
    if (level.latency === undefined || theirs === undefined) return [];
    if (level.latency.percentile > promised.percentile || theirs <= within) return [];
    const shown = ({ percentile, within: time }: NonNullable<ServiceLevel["latency"]>) =>
      `${percentile} % within ${time}`;
    return [
      {
        path: `${serviceAt(name)}.serviceLevel.latency`,
        found: `${trail(name, callee)}: promises ${shown(promised)}, ${callee} ${shown(level.latency)}`,
        remedy: `promise at least ${level.latency.within}, let ${callee} promise less time, or keep a copy of what it answers (projects)`,
        places: [serviceAt(name)],
      },
    ];
  });
}
