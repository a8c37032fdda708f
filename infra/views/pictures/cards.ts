// What the things of a picture say and how large they are, before anybody knows where they stand.
import type { Plan, QueuePlan, ServicePlan, TopicPlan } from "../../model/plan";
import { isOnAws } from "../../targets/aws/plan";
import type { EntranceNode } from "../../model/kinds/entrance";
import { nodesOf, queuesOfService } from "../../model/lookup";
import { addressOf, frontDoorOf, entrancesIn, firewallOf } from "../entrances";
import { node } from "./edges";
import { storesOf } from "../../model/kinds/words";
import { onlyPublisher } from "./homes";
import { type Font, widest, widthOf, wrapped } from "./text";

/** Fonts of a picture. */
export const FONTS = {
  title: { size: 26, bold: true },
  subtitle: { size: 13 },
  context: { size: 14, bold: true },
  name: { size: 15, bold: true },
  topic: { size: 13, bold: true },
  small: { size: 11 },
  label: { size: 10 },
} as const satisfies Readonly<Record<string, Font>>;

export type Icon =
  | "route"
  | "database"
  | "bucket"
  | "cache"
  | "queue"
  | "stream"
  | "function"
  | "job"
  | "internet"
  | "secret"
  | "topic"
  | "balancer";

/** A line of a card with an icon: something that belongs to the service. */
export interface Row {
  readonly icon: Icon;
  readonly lines: readonly string[];
  /** The thing that it stands for (`queue:orders`). */
  readonly node?: string;
  /** Where it is, from the card's top. */
  readonly y: number;
  readonly height: number;
}

/** A box with a heading and rows. */
export interface Card {
  readonly id: string;
  readonly kind: "service" | "topic" | "balancer";
  readonly name: string;
  readonly sub: readonly string[];
  readonly rows: readonly Row[];
  readonly width: number;
  readonly height: number;
}

export const PADDING = 12;
export const ICON = 20;
export const LINE = 15;
/** Height of a line of an edge's label. */
export const LABEL_LINE = 12;
const ROW_GAP = 5;
const LEAST_WIDTH = 190;
/** Paths of a route are wrapped at this width. */
const WRAP = 210;

/** A service: its size, its routes, what it has to itself and what feeds it. */
export function serviceCard(service: ServicePlan, plan: Plan): Card {
  const { cpu, memory, scaling, exposes, secrets } = service;
  const rows: RowText[] = [
    ...(exposes ? [{ icon: "route" as const, lines: routeLines(exposes) }] : []),
    ...queuesOfService(plan, service.name).map(queueRow),
    ...nodesOf(plan, "topic")
      .filter(({ name }) => onlyPublisher(name, plan) === service.name)
      .map(topicRow),
    ...storesOf(service.name, plan).map(({ icon, card: line, thing, isOwn }) => ({
      // Schedules and sources are long; what a store says is short.
      ...{
        icon,
        lines: icon === "function" || icon === "job" ? wrapped(line.split(" "), FONTS.small, WRAP, "") : [line],
      },
      // What several services use stands beside none of them.
      ...(isOwn && { node: thing }),
    })),
    ...(secrets.length > 0
      ? [{ icon: "secret" as const, lines: [secrets.length === 1 ? "1 secret" : `${secrets.length} secrets`] }]
      : []),
    ...(service.internetEgress ? [{ icon: "internet" as const, lines: ["internet, port 443"] }] : []),
  ];
  const tasks = scaling.min === scaling.max ? `${scaling.min}` : `${scaling.min}–${scaling.max}`;
  return card("service", node.service(service.name), service.name, FONTS.name, rows, [
    `${tasks} tasks · ${cpu} CPU · ${memory}`,
  ]);
}

/** A topic and the events that travel on it. */
export function topicCard({ name, events }: TopicPlan): Card {
  return card("topic", node.topic(name), name, FONTS.topic, [], eventLines(events));
}

/** An entrance: its address, its firewall, the routes and the clients that have a key. */
export function entranceCard(entrance: EntranceNode, plan: Plan): Card {
  const { name, clients, routes } = entrance;
  return card(
    "balancer",
    node.entrance(name),
    `entrance ${name}`,
    FONTS.topic,
    [],
    [
      addressOf(entrance),
      firewallOf(entrance, plan),
      ...wrapped(
        routes.map((route) => route.name),
        FONTS.small,
        WRAP,
      ),
      ...(clients.length > 0 ? [`keys: ${clients.length}`] : []),
    ],
  );
}

/** The load balancer and what stands before it. */
export function balancerCard(plan: Plan): Card {
  const { waf = false } = isOnAws(plan) ? plan : {};
  return card(
    "balancer",
    node.balancer,
    frontDoorOf(plan),
    FONTS.topic,
    [],
    [
      addressOfFrontDoor(plan),
      ...(waf !== false && entrancesIn(plan).length === 0 ? ["behind AWS WAF"] : []),
      ...(plan.identity ? ["checks tokens"] : []),
    ],
  );
}

/** HTTPS needs a domain on every target. */
function addressOfFrontDoor(plan: Plan): string {
  if (plan.domain === undefined) return isOnAws(plan) ? "HTTP, inside the VPC" : "HTTP";
  if (isOnAws(plan) && plan.https === undefined) return "HTTP, inside the VPC";
  return `https://services.${plan.domain}`;
}

type RowText = Omit<Row, "y" | "height">;

function card(
  kind: Card["kind"],
  id: string,
  name: string,
  font: Font,
  texts: readonly RowText[],
  sub: readonly string[],
): Card {
  let y = PADDING + Math.ceil(font.size * 1.2) + sub.length * LINE;
  const rows = texts.map((text) => {
    y += ROW_GAP;
    const row = { ...text, y, height: text.lines.length * LINE };
    y += row.height;
    return row;
  });
  const inner = Math.max(
    widthOf(name, font) + (kind === "service" ? 0 : ICON),
    widest(sub, FONTS.small),
    ...texts.map(({ lines }) => ICON + widest(lines, FONTS.small)),
  );
  const least = kind === "service" ? LEAST_WIDTH : 0;
  return { id, kind, name, sub, rows, width: Math.max(least, inner + 2 * PADDING), height: y + PADDING };
}

function routeLines({ paths, authentication, ratePerMinute }: NonNullable<ServicePlan["exposes"]>): string[] {
  const notes = [
    ...(authentication === "jwt" ? ["tokens checked"] : []),
    ...(ratePerMinute === undefined ? [] : [`${ratePerMinute} a minute`]),
  ];
  return [...wrapped(paths, FONTS.small, WRAP), ...(notes.length > 0 ? [notes.join(", ")] : [])];
}

function topicRow({ name, events }: TopicPlan): RowText {
  return { icon: "topic", lines: [name, ...eventLines(events)], node: node.topic(name) };
}

function eventLines(events: TopicPlan["events"]): string[] {
  return events.map(({ type, version }) => `${type} ${version}`);
}

function queueRow({ name, projection: copied, ofSagas }: QueuePlan): RowText {
  return {
    icon: "queue",
    lines: [name, ...(copied === undefined ? [] : [`copy of ${copied}`]), ...(ofSagas ? ["commands of sagas"] : [])],
    node: node.queue(name),
  };
}
