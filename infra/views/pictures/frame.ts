// What stands around a picture: its title, the environment's facts, the legend.
import { CACHE_ENGINE_NAMES } from "../../../components/kit/engines";
import { storesOf } from "../../model/kinds/words";
import { nodesOf } from "../../model/lookup";
import type { Plan } from "../../model/plan";
import { frontDoorOf } from "../entrances";
import type { Icon } from "./cards";

/** The environment in short phrases. */
export function factsOf(plan: Plan): string[] {
  const { environment, place, services, contexts, words } = plan;
  const [topics, queues] = [nodesOf(plan, "topic"), nodesOf(plan, "queue")];
  return [
    ...(place === undefined ? [] : [place]),
    count(services.length, "service"),
    count(contexts.length, "context"),
    ...(topics.length > 0 ? [count(topics.length, "topic")] : []),
    ...(queues.length > 0 ? [`${count(queues.length, "queue")}, each with a dead-letter queue`] : []),
    ...(nodesOf(plan, "database").length > 0 ? [databasesOf(plan)] : []),
    ...nodesOf(plan, "cache").map(
      ({ engine, engineVersion }) =>
        `cache ${words?.cache ?? `${CACHE_ENGINE_NAMES[engine]} ${engineVersion}, ${environment.cache.nodes} × ${environment.cache.nodeType}`}`,
    ),
    environment.protectData ? "data protected from deletion" : "data goes with the stack",
  ];
}

function databasesOf({ words, environment: { database } }: Plan): string {
  if (words) return database.multiAz ? "databases with a standby" : "databases without a standby";
  return database.multiAz ? "databases in two zones" : "databases in one zone";
}

/** A sample of a line or an icon, and what it means. */
export type LegendItem = { readonly text: string } & (
  { readonly line: "call" | "route" | "publish" | "send" } | { readonly icon: Icon }
);

/** What a picture of this plan needs explained. */
export function legendOf(plan: Plan): LegendItem[] {
  const { services, nodes, edges } = plan;
  const has = (kind: Plan["nodes"][number]["kind"]): boolean => nodesOf({ nodes }, kind).length > 0;
  const does = (verb: Plan["edges"][number]["verb"]): boolean => edges.some((edge) => edge.verb === verb);
  const some = (test: (service: Plan["services"][number]) => boolean): boolean => services.some(test);
  const items: [shown: boolean, item: LegendItem][] = [
    [some(({ exposes }) => exposes !== undefined), { line: "route", text: `request from the ${frontDoorOf(plan)}` }],
    [does("calls"), { line: "call", text: "call over HTTP" }],
    [has("topic"), { line: "publish", text: "event, with its types where it isn't every one" }],
    [has("saga") || does("sends"), { line: "send", text: "work sent to a queue" }],
    [has("topic"), { icon: "topic", text: "topic" }],
    [has("queue"), { icon: "queue", text: "queue of this service" }],
    ...storeLegend(plan).map((item): [boolean, LegendItem] => [true, item]),
    [some(({ exposes }) => exposes !== undefined), { icon: "route", text: "paths" }],
    [some(({ secrets }) => secrets.length > 0), { icon: "secret", text: "secrets" }],
    [some(({ internetEgress }) => internetEgress), { icon: "internet", text: "may reach the internet" }],
  ];
  return items.filter(([shown]) => shown).map(([, item]) => item);
}

/** Each sort of store once: those of one service before those of several. */
function storeLegend(plan: Plan): LegendItem[] {
  const stores = plan.services.flatMap(({ name }) => storesOf(name, plan));
  const texts = new Map(
    (["own", "shared"] as const).flatMap((which) =>
      stores
        .filter(({ isOwn }) => isOwn === (which === "own"))
        .map(({ icon, legend }): [string, LegendItem] => [legend, { icon, text: legend }]),
    ),
  );
  return [...texts.values()];
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
