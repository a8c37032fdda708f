// Topics, queues and what travels on them: everything published can be heard, everything consumed is sent by someone.
import type { Findings } from "./findings";
import type { System } from "./system";

const NAME = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;
// What the names of dead-letter queues end in.
const RESERVED = /-(?:dead-letter|undelivered)$/;
// SQS allows 80 characters; Pulumi's suffix and the dead-letter queue's role take theirs.
const LONGEST_NAME = 40;
// The queue of what a subscription could not deliver is named after both of its ends.
const LONGEST_PAIR = 40;

/** Checks every topic, publication, subscription and queue of a system. */
export function checkEvents(system: System, findings: Findings): void {
  const published = publishedEvents(system);
  for (const [name, topic] of Object.entries(system.topics)) {
    const path = `topics.${name}`;
    checkName(name, path, findings);
    findings.require(
      topic.displayName.length <= 100,
      `${path}.displayName`,
      topic.displayName,
      "at most 100 characters",
      "shorten it",
    );
    for (const event of topic.events) {
      const at = `${path}.events`;
      findings.require(/^[A-Z][A-Z0-9_]*$/.test(event), at, event, "capitals, digits and underscores", "respell it");
      findings.require(
        published.has(`${name} ${event}`),
        at,
        event,
        "an event that a service publishes",
        "add it to a service's publishes, or remove it from the topic",
      );
    }
  }
  for (const [name, service] of Object.entries(system.services)) {
    checkPublications(name, service.publishes ?? {}, system, findings);
    for (const [queue, consumption] of Object.entries(service.consumes ?? {})) {
      checkQueue(`services.${name}.consumes.${queue}`, queue, consumption.from ?? {}, system, findings);
    }
    service.sendsTo?.forEach((queue, index) => {
      findings.requireKnown(queue, queuesOf(system), `services.${name}.sendsTo[${index}]`, "queue");
    });
  }
}

function checkPublications(
  service: string,
  publishes: Readonly<Record<string, readonly string[]>>,
  system: System,
  findings: Findings,
): void {
  for (const [topic, events] of Object.entries(publishes)) {
    const path = `services.${service}.publishes.${topic}`;
    findings.require(
      events.length > 0,
      path,
      events,
      "at least one event type",
      "name what it publishes, or remove the topic",
    );
    checkCarried(path, topic, events, system, findings);
  }
}

function checkQueue(
  path: string,
  queue: string,
  from: Readonly<Record<string, readonly string[] | "all">>,
  system: System,
  findings: Findings,
): void {
  checkName(queue, path, findings);
  const senders = Object.values(system.services).filter(({ sendsTo }) => sendsTo?.includes(queue));
  findings.require(
    Object.keys(from).length > 0 || senders.length > 0,
    path,
    queue,
    "a queue that something is sent to",
    'subscribe it to a topic with "from", or let a service name it in sendsTo',
  );
  for (const [topic, events] of Object.entries(from)) {
    const at = `${path}.from.${topic}`;
    const named = events === "all" ? [] : events;
    findings.require(events.length > 0, at, events, '"all" or at least one event type', "name what it consumes");
    const pair = `${topic} ${queue}`;
    const together = `at most ${LONGEST_PAIR} characters in the names of topic and queue together`;
    findings.require(pair.length <= LONGEST_PAIR + 1, at, pair, together, "shorten one of the names");
    checkCarried(at, topic, named, system, findings);
  }
}

/** The topic exists and carries these event types. */
function checkCarried(
  path: string,
  topic: string,
  events: readonly string[],
  system: System,
  findings: Findings,
): void {
  const carried = system.topics[topic]?.events;
  if (carried === undefined) findings.requireKnown(topic, Object.keys(system.topics), path, "topic");
  else for (const event of events) findings.requireKnown(event, carried, path, "event type");
}

function checkName(name: string, path: string, findings: Findings): void {
  findings.require(
    NAME.test(name) && !RESERVED.test(name) && name.length <= LONGEST_NAME,
    path,
    name,
    `lower-case letters, digits and single dashes, at most ${LONGEST_NAME}; not ending in -dead-letter or -undelivered`,
    "shorten or respell it",
  );
}

function publishedEvents(system: System): Set<string> {
  return new Set(
    Object.values(system.services).flatMap(({ publishes = {} }) =>
      Object.entries(publishes).flatMap(([topic, events]) => events.map((event) => `${topic} ${event}`)),
    ),
  );
}

function queuesOf(system: System): string[] {
  return Object.values(system.services).flatMap(({ consumes = {} }) => Object.keys(consumes));
}
