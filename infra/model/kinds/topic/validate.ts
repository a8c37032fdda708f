// Validates topics and publishers: every name is declared, and earlier versions have lower numbers.
import type { Findings } from "../../findings";
import { publicationsOf } from "../queue/selection";
import type { EventContract, Publication, System } from "../../system";

/** Checks the topics of a system, and every publication. */
export function checkTopics(system: System, findings: Findings): void {
  for (const [name, topic] of Object.entries(system.topics)) {
    for (const [event, contract] of Object.entries(topic.events)) {
      checkVersions(`topics.${name}.events.${event}`, contract, findings);
    }
  }
  for (const [name, service] of Object.entries(system.services))
    checkPublications(name, service.publishes ?? {}, system, findings);
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
export function checkCarried(
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
