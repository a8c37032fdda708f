// Random systems without a problem, for property tests.
import fc from "fast-check";
import type { EnvironmentName } from "./run";
import { environments } from "../../../infra/environments";
import { ownMigrations } from "../../../infra/model/kinds/database/migration";
import type { Settings } from "../../../infra/model/settings";
import type { Service, System, Topic } from "../../../infra/model/system";
import type { AwsSettings } from "../../../infra/targets/aws/settings";

const NAMES = ["ada", "bob", "cyd", "dan", "eve", "fay", "gus", "hal"];
const TOPICS = ["red-events", "green-events", "blue-events"];
const EVENTS = ["MADE", "CHANGED", "GONE"];

interface Draft {
  readonly calls: readonly number[];
  readonly publishes: readonly number[];
  readonly consumes: readonly number[];
  readonly consumesAll: boolean;
  readonly sends: boolean;
  readonly exposed: boolean;
  readonly database: boolean;
  readonly migration: "service" | "own" | "none";
  readonly usesCache: boolean;
  readonly secret: boolean;
  readonly internet: boolean;
}

const draft: fc.Arbitrary<Draft> = fc.record({
  calls: fc.uniqueArray(fc.nat(NAMES.length - 1), { maxLength: 3 }),
  publishes: fc.uniqueArray(fc.nat(TOPICS.length - 1), { maxLength: 2 }),
  consumes: fc.uniqueArray(fc.nat(TOPICS.length - 1), { maxLength: 2 }),
  consumesAll: fc.boolean(),
  sends: fc.boolean(),
  exposed: fc.boolean(),
  database: fc.boolean(),
  migration: fc.constantFrom("service", "own", "none"),
  usesCache: fc.boolean(),
  secret: fc.boolean(),
  internet: fc.boolean(),
});

/** Systems of one to eight services whose calls have no circle and whose events are all published. */
export const validSystem: fc.Arbitrary<System> = fc
  .array(draft, { minLength: 1, maxLength: NAMES.length })
  .map((drafts) => systemOf(drafts));

/** The same system with the keys of its records in another order. */
export function reordered(system: System): System {
  const reverse = <T>(record: Readonly<Record<string, T>>): Record<string, T> =>
    Object.fromEntries(Object.entries(record).reverse());
  const services = Object.entries(system.services).map(([name, service]): [string, Service] => [
    name,
    {
      ...service,
      ...(service.calls && { calls: reverse(service.calls) }),
      ...(service.publishes && { publishes: reverse(service.publishes) }),
      ...(service.consumes && { consumes: reverse(service.consumes) }),
    },
  ]);
  return { ...system, topics: reverse(system.topics), services: reverse(Object.fromEntries(services)) };
}

/** Settings under which a system derives. */
export function settingsFor(system: System, environment: EnvironmentName): Settings & AwsSettings {
  const zones = ["a", "b", "c"].slice(0, environments[environment].network.zoneCount);
  return {
    system: system.name,
    environment,
    region: "eu-central-1",
    zones: zones.map((zone) => `eu-central-1${zone}`),
    account: "111122223333",
    waf: false,
    images: Object.fromEntries(
      [...Object.keys(system.services), ...ownMigrations(system).keys()].map((name) => [name, `registry/${name}:1`]),
    ),
    services: {},
  };
}

function systemOf(drafts: readonly Draft[]): System {
  const published = TOPICS.filter((_, topic) => drafts.some(({ publishes }) => publishes.includes(topic)));
  const services = drafts.map((it, index): [string, Service] => [nameOf(index), serviceOf(it, index, published)]);
  return {
    name: "shop",
    contexts: { Sales: { description: "Sells", entities: ["Order"] } },
    topics: Object.fromEntries(
      published.map((name): [string, Topic] => [
        name,
        { displayName: name, events: Object.fromEntries(EVENTS.map((event) => [event, {}])) },
      ]),
    ),
    ...entrancesOf(drafts),
    services: Object.fromEntries(services),
    cache: {},
  };
}

/** Some systems have an entrance to all exposed services. */
function entrancesOf(drafts: readonly Draft[]): Pick<System, "entrances"> {
  const routes = drafts.flatMap(({ exposed }, index) =>
    exposed ? [[nameOf(index), { authentication: { public: "it is a test" } }] as const] : [],
  );
  const [first] = drafts;
  if (routes.length === 0 || first?.secret !== true) return {};
  return { entrances: { door: { kind: "rest", routes: Object.fromEntries(routes) } } };
}

function serviceOf(it: Draft, index: number, published: readonly string[]): Service {
  const name = nameOf(index);
  const from = it.consumes.map(topicOf).filter((topic) => published.includes(topic));
  // Calls only go to services before this one, so that they have no circle.
  const callees = it.calls.filter((callee) => callee < index).map(nameOf);
  const listens = from.length > 0 || it.sends;
  return {
    context: "Sales",
    description: name,
    scaling: { min: 1, max: 1 },
    calls: Object.fromEntries(callees.map((callee) => [callee, {}])),
    publishes: Object.fromEntries(it.publishes.map((topic) => [topicOf(topic), EVENTS])),
    ...(it.exposed && { exposes: { paths: [`/${name}`], priority: index + 1 } }),
    ...(listens && {
      consumes: {
        [`${name}-queue`]: {
          visibilityTimeout: "30s",
          maxReceiveCount: 3,
          from: Object.fromEntries(from.map((topic) => [topic, it.consumesAll ? "all" : ["MADE"]])),
        },
      },
    }),
    ...(it.sends && { sendsTo: [`${name}-queue`] }),
    ...(it.database && {
      owns: {
        database: {
          kind: "aurora-serverless",
          databaseName: name,
          minCapacity: 0.5,
          maxCapacity: 2,
          backupRetention: "7d",
          ...(it.migration !== "none" && { migration: { image: it.migration, command: ["migrate"] } }),
        },
      },
    }),
    usesCache: it.usesCache,
    ...(it.secret && { secrets: { TOKEN: { length: 32 } } }),
    ...(it.internet && { internetEgress: { reason: "it talks to a partner" } }),
  };
}

function nameOf(index: number): string {
  return NAMES[index] ?? `service-${index}`;
}

function topicOf(index: number): string {
  return TOPICS[index] ?? `topic-${index}`;
}
