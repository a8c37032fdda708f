// Streams of records: services, functions and jobs write to them, functions consume them.
import { constantCase } from "../../../../components/kit/names";
import { seconds } from "../../../../components/kit/units";
import type { Edge, Thing } from "../../edges";
import type { Findings } from "../../findings";
import { sorted } from "../../order";
import type { System } from "../../system";
import { functionsOf, workloadsOf } from "../function/uses";
import { checkNames, describedServices, type Kind, once, variablesWith } from "../kind";
import { service, type Stream, system } from "./description";

const describes = { system, service };

/** A stream. */
export interface StreamNode extends Thing, Stream {
  readonly kind: "stream";
}

export const stream: Kind<typeof describes, StreamNode> = {
  describes,
  conflicts: checkStreams,

  variables: (_, { writesTo = [] }) =>
    writesTo.flatMap((name, index) => variablesWith(`${constantCase(name)}_`, ["STREAM"], `writesTo[${index}]`)),

  uses: {
    check({ uses, system: whole }, path, findings) {
      checkNames(uses.writesTo, Object.keys(whole.streams ?? {}), "stream", `${path}.writesTo`, findings);
    },
    edges: ({ workload, uses }) => once(uses.writesTo).map((name) => writeEdge(workload, name)),
  },

  words: ({ name }, service) => ({
    thing: `stream:${name}`,
    icon: "stream",
    card: `to stream ${name}`,
    legend: "records to a stream",
    sentence: `${service} writes records to the stream ${name}`,
    panel: { head: name, note: "stream that it writes to" },
    catalogue: [`writes records to the stream \`${name}\``],
  }),

  derive: (whole) => ({
    nodes: sorted(whole.system.streams ?? {}).map(([name, settings]): StreamNode => ({
      kind: "stream",
      name,
      ...settings,
    })),
    edges: describedServices(whole).flatMap(([from, { writesTo }]) =>
      once(writesTo).map((name) => writeEdge(from, name)),
    ),
  }),
};

/** Records that a service, a function or a job writes to a stream. */
export function writeEdge(from: string, name: string): Edge {
  return { name: `write-${name}`, from, verb: "writes", to: { kind: "stream", name }, policy: {} };
}

function checkStreams(system: System, findings: Findings): void {
  const { streams = {}, services } = system;
  const names = Object.keys(streams);
  const workloads = workloadsOf(system);
  const functions = functionsOf(system);
  for (const [name, service] of Object.entries(services)) {
    service.writesTo?.forEach((stream, index) => {
      findings.requireKnown(stream, names, `services.${name}.writesTo[${index}]`, "stream");
    });
  }
  for (const [name, { retention = "7d", maxAge }] of Object.entries(streams)) {
    const path = `streams.${name}`;
    const kept = seconds(retention) ?? 0;
    findings.require(kept % 3600 === 0, `${path}.retention`, retention, "whole hours", 'write it like "36h"');
    findings.require(
      maxAge === undefined || (seconds(maxAge) ?? 0) < kept,
      `${path}.maxAge`,
      maxAge,
      `less than retention, which is ${retention}: a record that is older is lost`,
      "shorten maxAge or lengthen retention",
    );
    const written =
      Object.values(services).some(({ writesTo = [] }) => writesTo.includes(name)) ||
      workloads.some(({ uses: { writesTo = [] } }) => writesTo.includes(name));
    findings.require(written, path, name, "a stream that something writes to", "name it in writesTo of a service");
    const read = functions.some(({ settings: { on = {} } }) => Object.hasOwn(on.streams ?? {}, name));
    findings.require(read, path, name, "a stream that a function consumes", "name it in `on.streams` of a function");
  }
}
