// Publishers and consumers that do not mean the same message.
import { breakingChanges } from "./compatibility";
import { consumptionAt, eventsOf, majorOf, schemaOf, type TopicEvent, versionsOf } from "./events";
import type { Graph } from "./graph";
import { listed, type Rule, serviceAt, type Sighting, topicAt, trail } from "./rule";

export const incompatibleContractVersion: Rule = {
  id: "incompatible-contract-version",
  severity: "error",
  allowed:
    "versions that the contract has, one major version for publishers and consumers, and minor versions that only add optional fields",
  why: "a consumer gets messages that it can't read, and they end up in its dead-letter queue",
  find: (graph) =>
    eventsOf(graph).flatMap((one) => [...unknownPublications(one), ...unreadable(one, graph), ...breakingMinors(one)]),
};

/** Publishers of a version that the contract does not have. */
function unknownPublications({ topic, event, label }: TopicEvent): Sighting[] {
  const known = versionsOf(event);
  return event.publishers
    .filter(({ version }) => !known.includes(version))
    .map(({ service, version }) => ({
      path: `${serviceAt(service)}.publishes.${topic}.${event.type}.version`,
      found: `${trail(service, label)}: published as ${version}; the contract has ${listed(known)}`,
      remedy: "publish a version that the contract has, or add the version to the contract (earlier)",
      places: [serviceAt(service), topicAt(topic)],
    }));
}

/** Consumers of a contract version that no service publishes. */
function unreadable({ topic, event, label }: TopicEvent, graph: Graph): Sighting[] {
  const known = versionsOf(event);
  return event.consumers.flatMap(({ service, queue, version }) => {
    const at = consumptionAt(queue, graph);
    const common = {
      path: `${at}.from.${topic}.${event.type}.version`,
      places: [at, serviceAt(service), topicAt(topic)],
    };
    if (!known.includes(version)) {
      const found = `${trail(label, service)}: written for ${version}; the contract has ${listed(known)}`;
      return [{ ...common, found, remedy: "name a version that the contract has, or add it there (earlier)" }];
    }
    return event.publishers
      .filter((publisher) => known.includes(publisher.version) && majorOf(publisher.version) !== majorOf(version))
      .map((publisher) => ({
        ...common,
        found: `${trail(publisher.service, label, service)}: published as ${publisher.version}, written for ${version}`,
        remedy: `let ${service} read ${majorOf(publisher.version)}.x first; until then let ${publisher.service} publish ${version} (publishes: version)`,
      }));
  });
}

/** Minor versions that are no minor versions. */
function breakingMinors({ topic, event, path, label }: TopicEvent): Sighting[] {
  const versions = versionsOf(event);
  return versions.slice(1).flatMap((version, index) => {
    const before = versions[index] ?? "";
    const [earlier, later] = [schemaOf(event, before), schemaOf(event, version)];
    if (majorOf(before) !== majorOf(version) || earlier === undefined || later === undefined) return [];
    const changes = breakingChanges(earlier, later);
    if (changes.length === 0) return [];
    return [
      {
        path: version === event.version ? `${path}.schema` : `${path}.earlier.${version}`,
        found: `${label}, ${trail(before, version)}: ${changes.join("; ")}`,
        remedy: `publish it as ${Number(majorOf(version)) + 1}.0 and keep ${before} (earlier) while somebody reads it, or only add optional fields`,
        places: [topicAt(topic)],
      },
    ];
  });
}
