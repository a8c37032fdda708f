// The service catalogue: contexts, and for each service what it offers, asks of others, keeps and promises.
import { storesOf } from "../../model/kinds/words";
import { addressOf, apiKind, entrancesIn, firewallOf, frontDoorOf, guardWords } from "../entrances";
import { memoryLeft } from "../../model/kinds/service/memory-left";
import type { QueueNode } from "../../model/kinds/queue";
import { edgesFrom, edgesTo, nodesOf, queuesOfService } from "../../model/lookup";
import type { ContextPlan, Plan, ServicePlan } from "../../model/plan";
import { policyOf, sendersTo } from "../pictures/edges";
import { code, linkTo, page, plain, sentence, table } from "./markdown";
import { fileOf, heading, writtenBy } from "./names";
import { sagaLines } from "./sagas";

/** What may be done with an operation. */
const KINDS = { read: "changes nothing", idempotent: "may be repeated", once: "must happen once" } as const;

/** The page of a plan's services. */
export function serviceCatalogue(plan: Plan): string {
  const { contexts } = plan;
  return page([
    `# Services of ${plan.system}`,
    "",
    `${writtenBy(plan)} What they tell each other: [events](${fileOf.events(plan)}).`,
    ...table(
      ["service", "context", "what it does"],
      contexts.flatMap(({ name }) =>
        servicesOf(plan, name).map((service) => [
          own(service.name),
          linkTo(plain(name), heading.context(name)),
          plain(service.description),
        ]),
      ),
    ),
    ...entranceLines(plan),
    ...contexts.flatMap((context) => [
      ...contextLines(context),
      ...servicesOf(plan, context.name).flatMap((service) => serviceLines(service, plan)),
    ]),
    ...sagaLines(nodesOf(plan, "saga")),
  ]);
}

/** What clients outside the VPC reach, entrance by entrance. */
function entranceLines(plan: Plan): string[] {
  return entrancesIn(plan).flatMap((entrance) => {
    const { name, routes, throttling, clients, dailyQuota, protocol } = entrance;
    return [
      `## ${heading.entrance(name)}`,
      "",
      `- ${apiKind(protocol)}: ${entrance.domain !== undefined ? addressOf(entrance) : "at the address that API Gateway gives"}, ${firewallOf(entrance, plan)}`,
      `- all clients together: ${throttling.rate} requests a second, ${throttling.burst} at once`,
      ...(clients.length > 0
        ? [`- API keys: ${clients.map(code).join(", ")}, with ${dailyQuota} requests a day each`]
        : []),
      "",
      ...table(
        ["paths", "service", "who checks the caller", "API key", "bodies that are checked"],
        routes.map(({ paths, service, guard, requiresKey, bodies }) => [
          paths.map(code).join(", "),
          own(service),
          plain(guardWords(guard)),
          requiresKey ? "needed" : "",
          Object.keys(bodies).map(code).join(", "),
        ]),
      ),
    ];
  });
}

function servicesOf({ services }: Plan, context: string): ServicePlan[] {
  return services.filter((service) => service.context === context);
}

function contextLines({ name, description, entities, valueObjects, dependsOn }: ContextPlan): string[] {
  return [
    `## ${heading.context(name)}`,
    "",
    sentence(description),
    "",
    ...(entities.length > 0 ? [`- entities: ${entities.map(code).join(", ")}`] : []),
    ...(valueObjects.length > 0 ? [`- value objects: ${valueObjects.map(code).join(", ")}`] : []),
    ...dependsOn.map(
      ({ context, relation }) =>
        `- depends on ${linkTo(plain(context), heading.context(context))}: ${relation.replaceAll("-", " ")}`,
    ),
    "",
  ];
}

function serviceLines(service: ServicePlan, plan: Plan): string[] {
  const { name, description, cpu, memory, port } = service;
  return [
    `### ${heading.service(name)}`,
    "",
    sentence(description),
    "",
    `- size: ${cpu} CPU units, ${memory}, port ${port}; with full folders in memory the process has ${memoryLeft(service)} MiB`,
    `- scaling: ${scalingOf(service)}`,
    ...serviceLevelLines(service),
    ...calledBy(service, plan),
    ...storeLines(service, plan),
    ...publishLines(service, plan),
    ...queuesOfService(plan, name).map((queue) => queueLine(queue, plan)),
    ...edgesFrom(plan, name, "sends").map(({ to }) => sendLine(to.name, plan)),
    ...(service.internetEgress ? ["- may open HTTPS connections to the internet"] : []),
    "",
    ...routeTable(service, plan),
    ...table(
      ["operation", "kind"],
      service.offers.map(({ operation, kind }) => [code(operation), `${kind}: ${KINDS[kind]}`]),
    ),
    ...table(
      ["calls", "for", "policy"],
      edgesFrom(plan, name, "calls").map(({ to, policy }) => [
        own(to.name),
        policy.operations.map(code).join(", "),
        policyOf(policy),
      ]),
    ),
  ];
}

function scalingOf({ scaling: { min, max, cpu, memory, queue } }: ServicePlan): string {
  return [
    min === max ? `${min} tasks` : `${min} to ${max} tasks`,
    ...(cpu === undefined ? [] : [`to hold ${cpu} % CPU`]),
    ...(memory === undefined ? [] : [`to hold ${memory} % memory`]),
    ...(queue ? [`by the messages in ${code(queue.queue)}`] : []),
  ].join(", ");
}

function serviceLevelLines({ serviceLevel }: ServicePlan): string[] {
  if (!serviceLevel) return [];
  const { availability, latency } = serviceLevel;
  const soon = latency ? `, ${latency.percentile} % of the answers within ${latency.within}` : "";
  return [`- promises: ${availability} % of requests succeed over 30 days${soon}`];
}

function calledBy({ name }: ServicePlan, plan: Plan): string[] {
  const callers = edgesTo(plan, { kind: "service", name }, "calls").map(({ from }) => own(from));
  return callers.length === 0 ? [] : [`- called by ${callers.join(", ")}`];
}

function storeLines({ name, secrets }: ServicePlan, plan: Plan): string[] {
  return [
    ...storesOf(name, plan).flatMap(({ catalogue }) => catalogue.map((line) => `- ${line}`)),
    ...secrets.map(({ variable }) => `- has the secret ${code(variable)}`),
  ];
}

function publishLines({ name }: ServicePlan, plan: Plan): string[] {
  const events = fileOf.events(plan);
  return edgesFrom(plan, name, "publishes").map(({ to: { name: topic }, policy: { eventTypes } }) => {
    const types = eventTypes.map((type) => linkTo(code(type), heading.event(type, topic), events));
    return `- publishes ${types.join(", ")} on ${code(topic)}`;
  });
}

function queueLine(node: QueueNode, plan: Plan): string {
  const { name, visibilityTimeout, maxReceiveCount, maxAge, projection, copyTable, ofSagas = false } = node;
  const events = fileOf.events(plan);
  const from = nodesOf(plan, "topic").flatMap(({ name: topic, subscriptions }) =>
    subscriptions
      .filter(({ queue }) => queue === name)
      .map(({ eventTypes }) =>
        eventTypes
          ? eventTypes.map((type) => linkTo(code(type), heading.event(type, topic), events)).join(", ")
          : `every event of ${linkTo(code(topic), heading.topic(topic), events)}`,
      ),
  );
  const senders = sendersTo(node, plan).map(own);
  return [
    `- consumes queue ${code(name)}`,
    ...(from.length > 0 ? [`fed by ${from.join(", ")}`] : []),
    ...(senders.length > 0 ? [`work from ${senders.join(", ")}`] : []),
    ...(projection === undefined
      ? []
      : [`keeps a copy of ${code(projection)}${copyTable === undefined ? "" : ` in the table ${code(copyTable)}`}`]),
    ...(ofSagas ? ["it brings commands and outcomes of sagas"] : []),
    `a message is hidden for ${visibilityTimeout} and received at most ${maxReceiveCount} times`,
    ...(maxAge === undefined ? [] : [`an alarm when the oldest waits longer than ${maxAge}`]),
  ].join("; ");
}

function sendLine(name: string, plan: Plan): string {
  const queue = nodesOf(plan, "queue").find((one) => one.name === name);
  if (!queue) throw new Error(`the plan has no queue ${name}`);
  return `- sends work to queue ${code(name)} of ${own(queue.consumer)}`;
}

function routeTable({ exposes }: ServicePlan, plan: Plan): string[] {
  if (!exposes) return [];
  const { paths, authentication, ratePerMinute, balancing, priority } = exposes;
  const checkers = { jwt: `the ${frontDoorOf(plan)}`, "by-service": "the service", none: "nobody" };
  return table(
    ["routes", "who checks the caller", "requests a minute from one address", "balancing", "priority"],
    [
      [
        paths.map(code).join(", "),
        checkers[authentication],
        ratePerMinute === undefined ? "the firewall's limit" : String(ratePerMinute),
        balancing.replaceAll("_", " "),
        String(priority),
      ],
    ],
  );
}

function own(name: string): string {
  return linkTo(code(name), heading.service(name));
}
