// Topics, queues and what travels on them, against what SNS and SQS accept; every name stands for something.
import type { Findings } from "./findings";
import { LONGEST_NAME, publicationsOf, queuesOf, typesOf } from "./selection";
import type { EventContract, EventSelection, Publication, System } from "./system";

const NAME = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;
// What the names of dead-letter queues end in.
const RESERVED = /-(?:dead-letter|undelivered)$/;

/** Checks every topic, publication, subscription and queue of a system. */
export function checkEvents(system: System, findings: Findings): void {
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
    for (const [event, contract] of Object.entries(topic.events)) {
      const at = `${path}.events`;
      findings.require(/^[A-Z][A-Z0-9_]*$/.test(event), at, event, "capitals, digits and underscores", "respell it");
      checkVersions(`${at}.${event}`, contract, findings);
    }
  }
  const queues = queueNames(system);
  const fed = new Set(Object.values(system.services).flatMap(({ sendsTo = [] }) => sendsTo));
  for (const [name, service] of Object.entries(system.services)) {
    checkPublications(name, service.publishes ?? {}, system, findings);
    for (const { path, name: queue, from = {} } of queuesOf(name, service)) {
      const at = `services.${name}.${path}`;
      findings.require(
        Object.keys(from).length > 0 || fed.has(queue),
        at,
        queue,
        "a queue that something is sent to",
        'subscribe it to a topic with "from", or let a service name it in sendsTo',
      );
      checkQueue(at, queue, from, system, findings);
    }
    service.sendsTo?.forEach((queue, index) => {
      findings.requireKnown(queue, queues, `services.${name}.sendsTo[${index}]`, "queue");
    });
  }
}

function checkPublications(
  service: string,
  publishes: Readonly<Record<string, Publication>>,
  system: System,
  findings: Findings,
): void {
  for (const [topic, publication] of Object.entries(publishes)) {
    const events = publicationsOf(publication).map(([type]) => type);
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
  from: Readonly<Record<string, EventSelection>>,
  system: System,
  findings: Findings,
): void {
  checkName(queue, path, findings);
  for (const [topic, selection] of Object.entries(from)) {
    const at = `${path}.from.${topic}`;
    const named = typesOf(selection);
    findings.require(named?.length !== 0, at, selection, '"all" or at least one event type', "name what it consumes");
    checkCarried(at, topic, named ?? [], system, findings);
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
  else for (const event of events) findings.requireKnown(event, Object.keys(carried), path, "event type");
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

function queueNames(system: System): string[] {
  return Object.entries(system.services).flatMap(([name, service]) =>
    queuesOf(name, service).map((queue) => queue.name),
  );
}

/** Versions are `major.minor`, and the earlier ones are earlier. */
function checkVersions(path: string, { version = "1.0", earlier = {} }: EventContract, findings: Findings): void {
  const current = versionNumber(version);
  findings.require(current !== undefined, `${path}.version`, version, "major.minor, such as 1.0", "respell it");
  for (const past of Object.keys(earlier)) {
    const number = versionNumber(past);
    const holds = number !== undefined && number < (current ?? Infinity);
    findings.require(holds, `${path}.earlier`, past, `a version before ${version}`, "correct one of the versions");
  }
}

/** A number by which versions compare; undefined when the text is no version. */
function versionNumber(version: string): number | undefined {
  const match = /^(\d{1,4})\.(\d{1,4})$/.exec(version);
  return match ? Number(match[1]) * 10_000 + Number(match[2]) : undefined;
}
