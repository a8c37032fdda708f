// What the page knows of a plan: sections of plain text for each service, ready to be shown, and what a search finds.
import { fieldsOf } from "../../catalog/fields";
import { addressOf, frontDoorOf, guardWords, routesTo } from "../../entrances";
import { storesOf } from "../../../model/kinds/words";
import type { EventPlan, Plan, ServicePlan } from "../../../model/plan";
import { edgesFrom, edgesTo, nodesOf, queuesOfService } from "../../../model/lookup";
import { listed, policyOf, sendersTo } from "../edges";
import type { Rights } from "../../../targets/rights";
import { isOnAws } from "../../../targets/aws/plan";
import { aboutOf, rightLines, STANDARD_VARIABLES, workloadsOf } from "../../rights";

/** A line of the panel; `service` makes its heading a link to that service. */
export interface Item {
  readonly head: string;
  readonly service?: string;
  readonly notes: readonly string[];
}

export interface Section {
  readonly title: string;
  readonly items: readonly Item[];
}

export interface ServiceData {
  readonly name: string;
  readonly context: string;
  readonly description: string;
  readonly facts: readonly string[];
  readonly sections: readonly Section[];
}

/** Something that a search finds, and the service that it leads to. */
export interface Findable {
  readonly kind: string;
  readonly text: string;
  readonly service: string;
}

export interface PageData {
  readonly services: readonly ServiceData[];
  readonly findable: readonly Findable[];
}

/** The data of a plan's page. */
export function pageData(plan: Plan, rights: Rights): PageData {
  return { services: plan.services.map((service) => serviceData(service, plan, rights)), findable: findableIn(plan) };
}

function serviceData(service: ServicePlan, plan: Plan, rights: Rights): ServiceData {
  const { name, context, description, cpu, memory, scaling, port, serviceLevel } = service;
  const { min, max } = scaling;
  const sections: Section[] = [
    { title: "Routes", items: [...routeItems(service, plan), ...entranceItems(name, plan)] },
    { title: "Operations", items: service.offers.map(({ operation, kind }) => ({ head: operation, notes: [kind] })) },
    { title: "Called by", items: callerItems(name, plan) },
    { title: "Calls", items: callItems(service, plan) },
    { title: "Publishes", items: publishItems(service, plan) },
    { title: "Consumes", items: consumeItems(service, plan) },
    { title: "Stores", items: storeItems(service, plan) },
    { title: "Rights, edge by edge", items: [standardItem(service, plan), ...rightItems(name, plan, rights)] },
    ...workloadsOf(name, rights).map((workload) => ({
      title: `Rights of ${workload}`,
      items: rightItems(workload, plan, rights),
    })),
  ];
  return {
    name,
    context,
    description,
    facts: [
      `${min === max ? min : `${min}–${max}`} tasks`,
      `${cpu} CPU units`,
      memory,
      `port ${port}`,
      ...(serviceLevel ? [`promises ${serviceLevel.availability} %`] : []),
    ],
    sections: sections.filter(({ items }) => items.length > 0),
  };
}

function routeItems({ exposes }: ServicePlan, plan: Plan): Item[] {
  if (!exposes) return [];
  const { paths, authentication, ratePerMinute, balancing } = exposes;
  const checked = {
    jwt: `the ${frontDoorOf(plan)} checks tokens`,
    "by-service": "the service checks tokens",
    none: "open",
  };
  const limit = ratePerMinute === undefined ? [] : [`${ratePerMinute} requests a minute from one address`];
  return [{ head: paths.join(", "), notes: [checked[authentication], ...limit, balancing.replaceAll("_", " ")] }];
}

function entranceItems(name: string, plan: Plan): Item[] {
  return routesTo(name, plan).map(({ entrance, route }) => ({
    head: `${addressOf(entrance)} (entrance ${entrance.name})`,
    notes: [
      route.paths.join(", "),
      `the caller is checked by ${guardWords(route.guard)}`,
      ...(route.requiresKey ? ["needs an API key"] : []),
    ],
  }));
}

function callerItems(name: string, plan: Plan): Item[] {
  return edgesTo(plan, { kind: "service", name }, "calls").map(({ from, policy }) => ({
    head: from,
    service: from,
    notes: [policyOf(policy)],
  }));
}

function callItems({ name }: ServicePlan, plan: Plan): Item[] {
  return edgesFrom(plan, name, "calls").map(({ to, policy }) => ({
    head: to.name,
    service: to.name,
    notes: [...(policy.operations.length > 0 ? [`for ${listed(policy.operations)}`] : []), policyOf(policy)],
  }));
}

function publishItems({ name }: ServicePlan, plan: Plan): Item[] {
  return edgesFrom(plan, name, "publishes").flatMap(({ to: { name: topic }, policy: { eventTypes } }) =>
    eventsOf(topic, plan)
      .filter(({ type }) => eventTypes.includes(type))
      .map((event) => eventItem(event, `on ${topic}, to ${listed(names(event.consumers)) || "nobody"}`)),
  );
}

function consumeItems({ name }: ServicePlan, plan: Plan): Item[] {
  return queuesOfService(plan, name).flatMap((node) => {
    const { name: queue, projection: copied } = node;
    const events = nodesOf(plan, "topic").flatMap(({ events }) =>
      events.filter(({ consumers }) => consumers.some((one) => one.service === name && one.queue === queue)),
    );
    const senders = sendersTo(node, plan);
    const notes = [
      ...(senders.length > 0 ? [`work from ${listed(senders)}`] : []),
      ...(copied === undefined ? [] : [`keeps a copy of ${copied}`]),
    ];
    return [
      { head: queue, notes: ["queue with a dead-letter queue", ...notes] },
      ...events.map((event) =>
        eventItem(event, `through ${queue}, from ${listed(names(event.publishers)) || "nobody"}`),
      ),
    ];
  });
}

function eventItem({ type, version, schema }: EventPlan, way: string): Item {
  const fields = schema ? fieldsOf(schema).map(({ path, required }) => (required ? path : `${path}?`)) : [];
  return { head: `${type} ${version}`, notes: [way, ...(fields.length > 0 ? [`fields: ${fields.join(", ")}`] : [])] };
}

function storeItems({ name }: ServicePlan, plan: Plan): Item[] {
  return storesOf(name, plan).map(({ panel: { head, note } }) => ({ head, notes: [note] }));
}

function standardItem({ environment, secrets, exposes, port }: ServicePlan, plan: Plan): Item {
  // The secrets that the stack makes are among the rights.
  const existing = secrets.flatMap((secret) => ("length" in secret ? [] : [secret.variable]));
  const standard = STANDARD_VARIABLES.filter((name) => isOnAws(plan) || !name.startsWith("AWS_"));
  const variables = [...standard, ...Object.keys(environment), ...existing];
  return {
    head: "be a service",
    notes: [
      ...(exposes ? [`lets in: the ${frontDoorOf(plan)} on port ${port}`] : []),
      `variables: ${variables.join(", ")}`,
    ],
  };
}

/** One item a grant; a grant that only says what starts first gives nothing to show. */
function rightItems(workload: string, plan: Plan, rights: Rights): Item[] {
  return Object.entries(rights[workload]?.grants ?? {}).flatMap(([grant, right]) => {
    const notes = rightLines(right);
    return notes.length === 0 ? [] : [{ head: aboutOf(workload, grant, plan), notes }];
  });
}

function findableIn(plan: Plan): Findable[] {
  const { services } = plan;
  return [
    ...services.map(({ name }) => ({ kind: "service", text: name, service: name })),
    ...nodesOf(plan, "topic").flatMap(({ events }) =>
      events.flatMap(({ type, publishers, consumers }) => [
        ...names(publishers).map((service) => ({ kind: "event published", text: type, service })),
        ...names(consumers).map((service) => ({ kind: "event consumed", text: type, service })),
      ]),
    ),
    ...services.flatMap((service) =>
      storeItems(service, plan).map(({ head }) => ({ kind: "store", text: head, service: service.name })),
    ),
    ...services.flatMap(({ name: service }) =>
      queuesOfService(plan, service).map(({ name: text }) => ({ kind: "queue", text, service })),
    ),
  ];
}

function eventsOf(topic: string, plan: Plan): readonly EventPlan[] {
  return nodesOf(plan, "topic").find(({ name }) => name === topic)?.events ?? [];
}

function names(services: readonly { readonly service: string }[]): string[] {
  return [...new Set(services.map(({ service }) => service))];
}
