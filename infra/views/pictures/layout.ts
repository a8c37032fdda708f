// Where everything stands. The Eclipse Layout Kernel decides: layers from left to right, contexts as groups, edges at right
// angles. Its numbers depend on the plan alone, so the same plan gives the same picture.
import type { ElkExtendedEdge, ElkNode, ElkPort, ElkShape, LayoutOptions } from "elkjs/lib/elk-api";
import { entrancesIn } from "../entrances";
import { nodesOf } from "../../model/lookup";
import { compare } from "../../model/order";
import type { ContextPlan, Plan } from "../../model/plan";
import type { Relation } from "../../model/system";
import {
  balancerCard,
  type Card,
  entranceCard,
  FONTS,
  LABEL_LINE,
  LINE,
  PADDING,
  serviceCard,
  topicCard,
} from "./cards";
import { type Edge, edgesOf, node } from "./edges";
import { backwardsOf } from "./directions";
import { type Homes, homesOf, onlyPublisher } from "./homes";
import { portsOf, type Ports } from "./ports";
import { widest, widthOf, wrapped } from "./text";

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

/** A bounded context as a group of cards. */
export interface Group extends Box {
  readonly id: string;
  readonly name: string;
  readonly description: readonly string[];
  /** What it depends on. */
  readonly relations: readonly Relations[];
}

/** Contexts to which a context stands in one relation. */
export interface Relations {
  readonly lines: readonly string[];
  readonly edges: readonly Edge[];
}

/** A card where it stands. */
export interface Placed extends Card, Point {}

/** An edge that is drawn as a line. */
export interface Line {
  readonly edge: Edge;
  readonly points: readonly Point[];
  /** Where its label stands, if it has one. */
  readonly label?: Box;
}

/** Everything of a picture with its place. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly groups: readonly Group[];
  readonly cards: readonly Placed[];
  readonly lines: readonly Line[];
  /** Edges that a row of a card or a line of a group stands for. */
  readonly inside: readonly Edge[];
}

/** Height of a group's heading, without the lines of text below its name. */
const HEAD = 24;
/** Width at which a heading is wrapped. */
const HEADING_WRAP = 230;

/** How a context's relation to others reads before their names. */
const RELATIONS: Readonly<Record<Relation, string>> = {
  "customer-supplier": "customer of",
  partnership: "partner of",
  conformist: "conforms to",
  "anticorruption-layer": "translates",
  "separate-ways": "apart from",
};

/** Kinds of edges that are lines between cards; the others are rows of a card or lines of a heading. */
const LINES: ReadonlySet<Edge["kind"]> = new Set(["route", "call", "publish", "deliver", "send"]);

const OPTIONS: LayoutOptions = {
  "elk.algorithm": "layered",
  "elk.direction": "RIGHT",
  "elk.hierarchyHandling": "INCLUDE_CHILDREN",
  "elk.edgeRouting": "ORTHOGONAL",
  "elk.json.edgeCoords": "ROOT",
  "elk.json.shapeCoords": "ROOT",
  "elk.randomSeed": "1",
  "elk.padding": "[top=8,left=8,bottom=8,right=8]",
  "elk.spacing.nodeNode": "24",
  "elk.spacing.edgeNode": "18",
  "elk.spacing.edgeEdge": "12",
  "elk.spacing.edgeLabel": "4",
  "elk.layered.spacing.nodeNodeBetweenLayers": "26",
  "elk.layered.spacing.edgeNodeBetweenLayers": "14",
  "elk.layered.spacing.edgeEdgeBetweenLayers": "10",
  "elk.layered.nodePlacement.strategy": "NETWORK_SIMPLEX",
  "elk.layered.considerModelOrder.strategy": "NODES_AND_EDGES",
  "elk.layered.thoroughness": "7",
};

const QUICK: LayoutOptions = {
  ...OPTIONS,
  "elk.layered.nodePlacement.strategy": "BRANDES_KOEPF",
  "elk.layered.thoroughness": "2",
};

/** As many lines get a second pass, and the time for fine work; with more, people search and focus instead. */
const SECOND_LOOK = 80;

/** Lays a plan out. */
export async function layoutOf(plan: Plan): Promise<Layout> {
  const edges = edgesOf(plan);
  const cards = cardsOf(plan);
  const groups = plan.contexts.map((context) => groupOf(context, edges));
  const homes = homesOf(plan);
  const isLine = ({ kind, from, to }: Edge): boolean =>
    kind === "send" || (LINES.has(kind) && homes.cardOf(to) !== homes.cardOf(from)) || kind === "deliver";
  const lines = edges.filter(isLine);
  const inside = edges.filter((edge) => !isLine(edge));
  const parts = { cards, groups, lines, inside, homes, backwards: backwardsOf(lines, plan, homes) };
  // Loaded when something is drawn: it is 1.6 MB of script.
  const { default: elkjs } = await import("elkjs/lib/elk.bundled.js");
  const elk = new elkjs.default();
  if (lines.length > SECOND_LOOK) return placed(await elk.layout(graphOf(parts, QUICK)), parts);
  const first = placed(await elk.layout(graphOf(parts)), parts);
  // Once more, with the lines leaving each card in the order in which they arrive, so that they needn't cross.
  const ordered = { ...parts, lines: byArrival(first.lines) };
  return placed(await elk.layout(graphOf(ordered)), ordered);
}

interface Parts {
  readonly cards: readonly Card[];
  readonly groups: readonly Heading[];
  readonly lines: readonly Edge[];
  readonly inside: readonly Edge[];
  readonly homes: Homes;
  readonly backwards: ReadonlySet<string>;
}

type Heading = Omit<Group, keyof Box> & { readonly width: number; readonly height: number };

function graphOf({ cards, groups, lines, homes, backwards }: Parts, options = OPTIONS): ElkNode {
  const ports = portsOf(lines, cards, homes, backwards);
  const at = (context: string | undefined) =>
    cards.filter(({ id }) => homes.contextOf(id) === context).map((card) => elkNode(card, ports));
  return {
    id: "picture",
    layoutOptions: options,
    children: [
      ...at(undefined),
      ...groups.map((group) => ({ id: group.id, layoutOptions: groupOptions(group), children: at(group.id) })),
    ],
    edges: lines.map((line) => elkEdge(line, ports)),
  };
}

function cardsOf(plan: Plan): Card[] {
  return [
    ...entrancesIn(plan).map((entrance) => entranceCard(entrance, plan)),
    ...(plan.services.some(({ exposes }) => exposes) ? [balancerCard(plan)] : []),
    ...plan.services.map((service) => serviceCard(service, plan)),
    ...nodesOf(plan, "topic")
      .filter(({ name }) => onlyPublisher(name, plan) === undefined)
      .map(topicCard),
  ];
}

function groupOf({ name, description, dependsOn }: ContextPlan, edges: readonly Edge[]): Heading {
  const own = edges.filter(({ kind, from }) => kind === "depend" && from === node.context(name));
  const words = wrapped(description.split(" "), FONTS.small, HEADING_WRAP, "");
  const relations = [...new Set(dependsOn.map(({ relation }) => relation))].sort(compare).map((relation) => {
    const others = dependsOn.filter((other) => other.relation === relation).map(({ context }) => context);
    return {
      lines: wrapped([`${RELATIONS[relation]} ${others[0] ?? ""}`, ...others.slice(1)], FONTS.small, HEADING_WRAP),
      edges: own.filter(({ to }) => others.some((other) => node.context(other) === to)),
    };
  });
  const lines = [...words, ...relations.flatMap((relation) => relation.lines)];
  return {
    id: node.context(name),
    name,
    description: words,
    relations,
    width: Math.max(widthOf(name, FONTS.context), widest(lines, FONTS.small)) + 2 * PADDING,
    height: HEAD + lines.length * LINE,
  };
}

function groupOptions({ width, height }: Heading): LayoutOptions {
  return {
    "elk.padding": `[top=${height + 10},left=20,bottom=20,right=20]`,
    "elk.nodeSize.constraints": "MINIMUM_SIZE",
    "elk.nodeSize.minimum": `(${width},${height})`,
  };
}

function elkNode({ id, kind, width, height }: Card, { byCard }: Ports): ElkNode {
  const own = byCard.get(id) ?? [];
  // Requests come in here: entrances, or the load balancer where there are none.
  const isSource = kind === "balancer" && !own.some(({ side }) => side === "WEST");
  const ports = own.map(({ id, side, y }): ElkPort => ({
    id,
    width: 0,
    height: 0,
    x: side === "WEST" ? 0 : width,
    y,
    layoutOptions: { "elk.port.side": side },
  }));
  return {
    id,
    width,
    height,
    ports,
    layoutOptions: {
      "elk.portConstraints": "FIXED_POS",
      ...(isSource && { "elk.layered.layering.layerConstraint": "FIRST" }),
    },
  };
}

function elkEdge(line: Edge, { ends }: Ports): ElkExtendedEdge {
  const end = ends.get(line.id);
  if (!end) throw new Error(`no ports for ${line.id}`);
  const labels = line.label.length === 0 ? [] : [{ text: "label", ...labelSize(line) }];
  return {
    id: line.id,
    // To the layout every line goes from left to right.
    sources: [end.backwards ? end.to : end.from],
    targets: [end.backwards ? end.from : end.to],
    labels,
  };
}

function labelSize({ label }: Edge): { readonly width: number; readonly height: number } {
  return { width: widest(label, FONTS.label) + 8, height: label.length * LABEL_LINE + 4 };
}

/** Lines by the height at which they end, highest first. */
function byArrival(lines: readonly Line[]): Edge[] {
  const end = ({ points }: Line): number => points.at(-1)?.y ?? 0;
  return [...lines].sort((a, b) => end(a) - end(b) || compare(a.edge.id, b.edge.id)).map(({ edge }) => edge);
}

function placed(laid: ElkNode, { cards, groups, lines, inside, backwards }: Parts): Layout {
  const boxes = new Map<string, Box>();
  for (const one of [
    laid,
    ...(laid.children ?? []),
    ...(laid.children ?? []).flatMap(({ children = [] }) => children),
  ]) {
    boxes.set(one.id, boxOf(one));
  }
  const boxAt = (id: string): Box => {
    const box = boxes.get(id);
    if (!box) throw new Error(`${id} has no place`);
    return box;
  };
  const edges = new Map((laid.edges ?? []).map((edge) => [edge.id, edge]));
  return {
    ...boxAt("picture"),
    groups: groups.map((group) => ({ ...group, ...boxAt(group.id) })),
    cards: cards.map((card) => ({ ...card, ...boxAt(card.id) })),
    lines: lines.map((line) => lineOf(line, edges.get(line.id), backwards.has(line.id))),
    inside,
  };
}

function lineOf(edge: Edge, laid: ElkExtendedEdge | undefined, backwards: boolean): Line {
  const [section] = laid?.sections ?? [];
  if (!section) throw new Error(`${edge.id} has no line`);
  const points = [section.startPoint, ...(section.bendPoints ?? []), section.endPoint];
  if (backwards) points.reverse();
  const [label] = laid?.labels ?? [];
  return {
    edge,
    points: points.map(({ x, y }) => ({ x: Math.round(x), y: Math.round(y) })),
    ...(label && { label: boxOf(label) }),
  };
}

function boxOf({ x = 0, y = 0, width = 0, height = 0 }: ElkShape): Box {
  return { x: Math.round(x), y: Math.round(y), width: Math.round(width), height: Math.round(height) };
}
