// A picture of a plan as a Mermaid flowchart: what the README shows is generated from the system itself, so it can't lie.
import { storesOf } from "../../model/kinds/words";
import { entrancesIn, frontDoorOf } from "../entrances";
import { edgesFrom, nodesOf, queuesOfService } from "../../model/lookup";
import { gathered } from "../../model/order";
import type { Plan, ServicePlan } from "../../model/plan";

/**
 * Draws services, what they own, their calls, topics, queues and sagas.
 *
 * @returns the text of a Mermaid flowchart, without its fence
 */
export function diagram(plan: Plan): string {
  return ["flowchart LR", ...nodes(plan), ...edges(plan), ...classes()].map((line) => `${line}\n`).join("");
}

function nodes(plan: Plan): string[] {
  return [
    ...entrancesIn(plan).map(({ name }) => `  ${entranceId(name)}(["entrance ${name}"]):::edge`),
    `  balancer(["${plan.words ? frontDoorOf(plan) : "internal load balancer"}"]):::edge`,
    ...[...gathered(plan.services.map((service) => [service.context, service]))].flatMap(([context, services]) => [
      `  subgraph ${context}`,
      ...services.flatMap((service) => [
        `    ${id(service.name)}["${service.name}"]:::service`,
        ...ownStores(service, plan).map(({ id, label }) => `    ${id}[("${label}")]:::store`),
      ]),
      "  end",
    ]),
    ...nodesOf(plan, "topic").map(({ name }) => `  ${id(name)}{{"${name}"}}:::topic`),
    ...nodesOf(plan, "queue").map(({ name }) => `  ${id(name)}[/"${name}"/]:::queue`),
    ...nodesOf(plan, "saga").map(({ name }) => `  saga_${id(name)}[["saga ${name}"]]:::saga`),
    ...streamsOf(plan).map((name) => `  ${id(name)}[/"${name}"/]:::queue`),
    ...nodesOf(plan, "cache").map(() => `  cache[("cache")]:::store`),
  ];
}

function edges(plan: Plan): string[] {
  const { services } = plan;
  const topics = nodesOf(plan, "topic");
  return [
    ...entrancesIn(plan).map(({ name }) => `  ${entranceId(name)} --> balancer`),
    ...services.flatMap((service) => (service.exposes ? [`  balancer --> ${id(service.name)}`] : [])),
    ...services.flatMap((service) => ownStores(service, plan).map((store) => `  ${id(service.name)} --- ${store.id}`)),
    ...services.flatMap(({ name }) =>
      edgesFrom(plan, name, "uses").map(({ to }) => `  ${id(name)} --- ${id(to.name)}`),
    ),
    ...services.flatMap(({ name }) =>
      edgesFrom(plan, name, "calls").map(({ to }) => `  ${id(name)} ==>|calls| ${id(to.name)}`),
    ),
    ...services.flatMap(({ name }) =>
      edgesFrom(plan, name, "publishes").map(({ to }) => `  ${id(name)} -.-> ${id(to.name)}`),
    ),
    ...services.flatMap(({ name }) =>
      edgesFrom(plan, name, "sends").map(({ to }) => `  ${id(name)} -.-> ${id(to.name)}`),
    ),
    ...nodesOf(plan, "saga").flatMap(({ name, startedBy, steps }) => [
      `  ${id(startedBy)} -.->|starts| saga_${id(name)}`,
      ...[...new Set(steps.map(({ queue }) => queue))].map((queue) => `  saga_${id(name)} -.-> ${id(queue)}`),
    ]),
    ...streamEdges(plan),
    ...topics.flatMap(({ name, subscriptions }) => subscriptions.map(({ queue }) => `  ${id(name)} -.-> ${id(queue)}`)),
    ...services.flatMap((service) =>
      queuesOfService(plan, service.name).map(({ name }) => `  ${id(name)} -.-> ${id(service.name)}`),
    ),
  ];
}

function classes(): string[] {
  return [
    "  classDef service fill:#dbeafe,stroke:#1d4ed8,color:#111",
    "  classDef store fill:#dcfce7,stroke:#15803d,color:#111",
    "  classDef topic fill:#fef3c7,stroke:#b45309,color:#111",
    "  classDef queue fill:#fde68a,stroke:#b45309,color:#111",
    "  classDef saga fill:#ede9fe,stroke:#6d28d9,color:#111",
    "  classDef edge fill:#f3f4f6,stroke:#374151,color:#111",
  ];
}

function ownStores({ name }: ServicePlan, plan: Plan): { readonly id: string; readonly label: string }[] {
  return storesOf(name, plan).flatMap(({ flowchart }) =>
    flowchart ? [{ id: `${id(name)}_${id(flowchart.suffix)}`, label: flowchart.label }] : [],
  );
}

const entranceId = (name: string): string => `entrance_${id(name)}`;

function streamsOf({ nodes }: Plan): string[] {
  return nodes.flatMap(({ kind, name }) => (kind === "stream" ? [name] : []));
}

/** Records on their way: from who writes them to a stream, and from there to the functions that consume it. */
function streamEdges({ nodes, edges, services }: Plan): string[] {
  const named = new Map(services.map(({ name }) => [name, id(name)]));
  for (const node of nodes) {
    if (node.kind === "function" || node.kind === "job") named.set(node.workload, `${id(node.owner)}_${id(node.name)}`);
  }
  return edges.flatMap(({ from, to, verb }) => {
    const end = named.get(from);
    if (to.kind !== "stream" || end === undefined) return [];
    return [verb === "consumes" ? `  ${id(to.name)} -.-> ${end}` : `  ${end} -.-> ${id(to.name)}`];
  });
}

/** Mermaid reads dashes in identifiers as edges. */
function id(name: string): string {
  return name.replaceAll("-", "_");
}
