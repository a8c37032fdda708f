// A laid-out plan as SVG. Every edge and every thing carries its name in a data attribute, by which the page finds it and a
// test compares it with the plan.
import type { Plan } from "../../model/plan";
import { FONTS, ICON, LABEL_LINE, LINE, PADDING, type Row } from "./cards";
import { type Edge, node } from "./edges";
import { factsOf, type LegendItem, legendOf } from "./frame";
import { iconClass, ICONS } from "./icons";
import { type Group, type Layout, layoutOf, type Line, type Placed } from "./layout";
import { pathOf } from "./path";
import { escaped, widthOf, wrapped } from "./text";
import { HUE_COUNT, pictureStyle } from "./theme";

/** Space around everything. */
const MARGIN = 28;
const LEGEND_LINE = 24;

/** A plan as a picture. */
export async function pictureOf(plan: Plan): Promise<string> {
  return svgOf(plan, await layoutOf(plan));
}

function svgOf(plan: Plan, layout: Layout): string {
  const width = Math.max(layout.width, 640) + 2 * MARGIN;
  const facts = wrapped(factsOf(plan), FONTS.subtitle, width - 2 * MARGIN, " ·");
  const top = MARGIN + 38 + facts.length * 19 + 12;
  const legend = legendRows(legendOf(plan), width - 2 * MARGIN);
  const height = top + layout.height + 16 + legend.length * LEGEND_LINE + MARGIN - 8;
  const title = `${plan.system}, ${plan.environment.name}`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="picture" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="picture-title picture-description">`,
    `<title id="picture-title">${escaped(title)}</title>`,
    `<desc id="picture-description">${escaped(description(plan))}</desc>`,
    `<style>${pictureStyle()}</style>`,
    definitions(),
    `<rect class="paper" width="${width}" height="${height}"/>`,
    `<text class="title" x="${MARGIN}" y="${MARGIN + 24}">${escaped(plan.system)} <tspan class="muted">${escaped(plan.environment.name)}</tspan></text>`,
    ...facts.map((line, index) => text("subtitle", MARGIN, MARGIN + 38 + 14 + index * 19, line)),
    `<g transform="translate(${MARGIN} ${top})">`,
    ...layout.groups.map((group, index) => groupSvg(group, index % HUE_COUNT)),
    ...layout.lines.map(lineSvg),
    ...layout.lines.flatMap(labelSvg),
    ...layout.cards.map((card) => cardSvg(card, layout.inside)),
    "</g>",
    `<g class="legend" transform="translate(${MARGIN} ${top + layout.height + 16})">`,
    ...legend.flat(),
    "</g>",
    "</svg>",
    "",
  ].join("\n");
}

function description({ services, contexts }: Plan): string {
  const names = contexts.map(({ name }) => {
    const own = services.filter(({ context }) => context === name).map((service) => service.name);
    return `${name} (${own.length > 0 ? own.join(", ") : "no service"})`;
  });
  return `Services in their bounded contexts, with their calls, messages and stores: ${names.join("; ")}.`;
}

function definitions(): string {
  const tip = (name: string): string =>
    `<marker id="tip-${name}" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="9" markerHeight="9" markerUnits="userSpaceOnUse" orient="auto-start-reverse"><path class="tip-${name}" d="M0 1 10 5 0 9z"/></marker>`;
  const icons = Object.entries(ICONS).map(
    ([name, d]) => `<symbol id="icon-${name}" viewBox="0 0 14 14"><path d="${d}"/></symbol>`,
  );
  return `<defs>${["call", "route", "message"].map(tip).join("")}${icons.join("")}</defs>`;
}

function groupSvg({ id, name, description, relations, x, y, width, height }: Group, hue: number): string {
  let line = y + 22;
  const next = (content: string): string => text("muted", x + PADDING, (line += LINE), content);
  return [
    `<g class="group hue-${hue}" data-node="${escaped(id)}">`,
    `<rect class="frame" x="${x}" y="${y}" width="${width}" height="${height}" rx="12"/>`,
    text("heading", x + PADDING, line, name),
    ...description.map(next),
    ...relations.map(({ lines, edges }) => inEdges(edges, lines.map(next).join(""))),
    "</g>",
  ].join("");
}

function lineSvg({ edge, points }: Line): string {
  const d = pathOf(points);
  const tip = edge.kind === "call" || edge.kind === "route" ? edge.kind : "message";
  return `<g class="edge ${edge.kind}"${edgeData(edge)}>${titled(edge.title)}<path class="under" d="${d}"/><path class="line" d="${d}" marker-end="url(#tip-${tip})"/></g>`;
}

/** Above the lines, on a plate, so that a line that passes below can't make it unreadable. */
function labelSvg({ edge, label }: Line): string[] {
  if (!label) return [];
  const { x, y, width, height } = label;
  return [
    `<g class="label-of" data-label="${escaped(edge.id)}"><rect class="plate" x="${x}" y="${y}" width="${width}" height="${height}" rx="3"/>${edge.label
      .map((line, index) => text("label", x + 4, y + 11 + index * LABEL_LINE, line))
      .join("")}</g>`,
  ];
}

function cardSvg(card: Placed, inside: readonly Edge[]): string {
  const { id, kind, name, sub, rows, x, y, width, height } = card;
  const font = kind === "service" ? FONTS.name : FONTS.topic;
  const base = PADDING + font.size - 2;
  const shift = kind === "service" ? 0 : ICON;
  const own = inside.filter(({ from, to }) => from === id || to === id);
  return [
    `<g class="card ${kind}" data-node="${escaped(id)}" transform="translate(${x} ${y})">`,
    `<rect class="box" width="${width}" height="${height}" rx="${kind === "service" ? 8 : 14}"/>`,
    ...(kind === "service" ? [] : [use(kind, PADDING - 2, base - 11)]),
    text("name", PADDING + shift, base, name),
    ...sub.map((line, index) => text("muted", PADDING, base + 3 + (index + 1) * LINE, line)),
    ...rows.map((row) => rowSvg(row, edgesOfRow(row, own))),
    "</g>",
  ].join("");
}

function edgesOfRow({ icon, node: thing }: Row, own: readonly Edge[]): Edge[] {
  if (icon === "cache" || icon === "internet") return own.filter(({ to }) => to === node[icon]);
  return thing === undefined ? [] : own.filter(({ from, to }) => from === thing || to === thing);
}

function rowSvg({ icon, lines, node: thing, y }: Row, edges: readonly Edge[]): string {
  const body = [
    use(icon, PADDING - 1, y + 1),
    ...lines.map((line, index) => text(index === 0 ? "" : "muted", PADDING + ICON, y + 12 + index * LINE, line)),
  ].join("");
  const inner = inEdges(edges, body);
  return thing === undefined ? inner : `<g data-node="${escaped(thing)}">${inner}</g>`;
}

/** Something that stands for edges: a group around it for each. */
function inEdges(edges: readonly Edge[], inner: string): string {
  return edges.reduceRight(
    (content, edge) => `<g class="edge ${edge.kind}"${edgeData(edge)}>${titled(edge.title)}${content}</g>`,
    inner,
  );
}

function edgeData({ id, from, to }: Edge): string {
  return ` data-edge="${escaped(id)}" data-from="${escaped(from)}" data-to="${escaped(to)}"`;
}

function titled(title: string): string {
  return `<title>${escaped(title)}</title>`;
}

function text(style: string, x: number, y: number, content: string): string {
  return `<text${style === "" ? "" : ` class="${style}"`} x="${x}" y="${y}">${escaped(content)}</text>`;
}

function use(icon: keyof typeof ICONS, x: number, y: number): string {
  return `<use class="${iconClass(icon)}" href="#icon-${icon}" x="${x}" y="${y}" width="14" height="14"/>`;
}

/** The legend's items, as many a row as fit. */
function legendRows(items: readonly LegendItem[], width: number): string[][] {
  const rows: string[][] = [[]];
  let x = 0;
  for (const item of items) {
    const sample = "line" in item ? 40 : 14;
    const size = sample + 8 + widthOf(item.text, FONTS.small) + 26;
    if (x > 0 && x + size > width) {
      rows.push([]);
      x = 0;
    }
    rows.at(-1)?.push(legendSvg(item, x, (rows.length - 1) * LEGEND_LINE + 12, sample));
    x += size;
  }
  return rows;
}

function legendSvg(item: LegendItem, x: number, y: number, sample: number): string {
  const words = text("muted", x + sample + 8, y + 4, item.text);
  if ("icon" in item) return `${use(item.icon, x, y - 7)}${words}`;
  const tip = item.line === "call" || item.line === "route" ? item.line : "message";
  return `<g class="${item.line}"><path class="line" d="M${x} ${y}H${x + sample}" marker-end="url(#tip-${tip})"/></g>${words}`;
}
