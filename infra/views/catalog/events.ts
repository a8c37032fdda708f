// The event catalogue: what travels on which topic, in which version, from whom to whom, and what it carries.
import type { JsonSchema } from "../../model/kinds/topic/contract";
import { nodesOf } from "../../model/lookup";
import { compare } from "../../model/order";
import type { EventPlan, Plan, TopicPlan } from "../../model/plan";
import { fieldsOf } from "./fields";
import { code, linkTo, page, plain, sentence, table } from "./markdown";
import { fileOf, heading, writtenBy } from "./names";

/** The page of a plan's events. */
export function eventCatalogue(plan: Plan): string {
  const services = fileOf.services(plan);
  const topics = nodesOf(plan, "topic");
  return page([
    `# Events of ${plan.system}`,
    "",
    `${writtenBy(plan)} Who they are: [services](${services}).`,
    ...table(
      ["event", "version", "topic", "published by", "consumed by"],
      topics.flatMap((topic) => topic.events.map((event) => summary(topic, event, services))),
    ),
    ...topics.flatMap((topic) => [
      `## ${heading.topic(topic.name)}`,
      "",
      sentence(topic.displayName),
      "",
      ...topic.events.flatMap((event) => eventLines(topic, event, services)),
    ]),
  ]);
}

function summary({ name }: TopicPlan, { type, version, publishers, consumers }: EventPlan, services: string): string[] {
  return [
    linkTo(code(type), heading.event(type, name)),
    version,
    linkTo(code(name), heading.topic(name)),
    publishers.map(({ service }) => serviceLink(service, services)).join(", ") || "nobody",
    consumers.map(({ service }) => serviceLink(service, services)).join(", ") || "nobody",
  ];
}

function eventLines(topic: TopicPlan, event: EventPlan, services: string): string[] {
  const { type, version, description, schema, earlier } = event;
  const before = Object.entries(earlier ?? {}).sort(([a], [b]) => compare(b, a));
  return [
    `### ${heading.event(type, topic.name)}`,
    "",
    ...(description === undefined ? [] : [sentence(description), ""]),
    `Version ${version}.`,
    "",
    ...event.publishers.map(
      (publisher) => `- published by ${serviceLink(publisher.service, services)} in version ${publisher.version}`,
    ),
    ...(event.publishers.length === 0 ? ["- published by nobody"] : []),
    ...event.consumers.map((consumer) => consumerLine(consumer, services)),
    ...(event.consumers.length === 0 ? ["- consumed by nobody"] : []),
    "",
    ...(schema ? fieldTable(schema) : ["Its fields are not agreed on.", ""]),
    ...before.flatMap(([earlierVersion, old]) =>
      old ? [`Version ${earlierVersion}, which somebody still publishes or reads:`, "", ...fieldTable(old)] : [],
    ),
  ];
}

function consumerLine({ service, queue, version, needs }: EventPlan["consumers"][number], services: string): string {
  const needed = needs.length === 0 ? "" : `; needs ${needs.map(code).join(", ")}`;
  return `- consumed by ${serviceLink(service, services)} from queue ${code(queue)}, written for version ${version}${needed}`;
}

function fieldTable(schema: JsonSchema): string[] {
  const fields = fieldsOf(schema);
  if (fields.length === 0) return ["It has no fields.", ""];
  const described = fields.some(({ description }) => description !== undefined);
  return table(
    ["field", "type", "required", ...(described ? ["what it is"] : [])],
    fields.map(({ path, type, required, description }) => [
      code(path),
      plain(type),
      required ? "yes" : "no",
      ...(described ? [plain(description ?? "")] : []),
    ]),
  );
}

function serviceLink(name: string, services: string): string {
  return linkTo(code(name), heading.service(name), services);
}
