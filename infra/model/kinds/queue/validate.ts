// Topics, queues and what travels on them, against what SNS and SQS accept; every name stands for something.
import type { Findings } from "../../findings";
import { publicationsOf, queuesOf, typesOf } from "./selection";
import type { EventContract, Publication, System } from "../../system";

/** https://docs.aws.amazon.com/sns/latest/dg/subscription-filter-policy-constraints.html */
const MOST_FILTERED = 150;

/** Checks every topic, publication, subscription and queue of a system. */
export function checkEvents(system: System, findings: Findings): void {
  for (const [name, topic] of Object.entries(system.topics)) {
    for (const [event, contract] of Object.entries(topic.events)) {
      checkVersions(`topics.${name}.events.${event}`, contract, findings);
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
      for (const [topic, selection] of Object.entries(from)) {
        const types = typesOf(selection);
        checkCarried(`${at}.from.${topic}`, topic, types ?? [], system, findings);
        findings.require(
          types === undefined || types.length <= MOST_FILTERED,
          `${at}.from.${topic}`,
          `${types?.length ?? 0} event types`,
          `at most ${MOST_FILTERED} event types, or "all": a filter of SNS holds no more values`,
          'take "all" and let the consumer pass over what it does not need, or split the topic',
        );
      }
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
    checkCarried(`services.${service}.publishes.${topic}`, topic, events, system, findings);
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

function queueNames(system: System): string[] {
  return Object.entries(system.services).flatMap(([name, service]) =>
    queuesOf(name, service).map((queue) => queue.name),
  );
}

/** The earlier versions are earlier. */
function checkVersions(path: string, { version = "1.0", earlier = {} }: EventContract, findings: Findings): void {
  for (const past of Object.keys(earlier)) {
    const holds = versionNumber(past) < versionNumber(version);
    findings.require(holds, `${path}.earlier`, past, `a version before ${version}`, "correct one of the versions");
  }
}

/** A number by which versions compare. */
function versionNumber(version: string): number {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major * 10_000 + minor;
}
