// A dashboard of CloudWatch as a picture: where each widget stands, its title and what it shows. There is no data in it. Pure: the same JSON gives
// the same bytes on every machine.
import { escaped, type Font, widthOf, wrapped } from "../pictures/text";

/** The part of a widget that is drawn (https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html). */
export interface DrawnWidget {
  readonly type: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: {
    readonly title?: string;
    readonly markdown?: string;
    readonly alarms?: readonly string[];
    readonly metrics?: readonly (readonly unknown[])[];
    readonly yAxis?: { readonly left?: { readonly label?: string }; readonly right?: { readonly label?: string } };
    readonly annotations?: { readonly horizontal?: readonly { readonly label: string; readonly value: number }[] };
    readonly query?: string;
  };
}

const COLUMN = 52;
const ROW = 30;
const GAP = 6;
const MARGIN = 12;
const COLUMNS = 24;
const TITLE: Font = { size: 12, bold: true };
const SMALL: Font = { size: 10 };
const LINE = 13;
/** Colours that people with colour blindness tell apart (Okabe and Ito, https://jfly.uni-koeln.de/color/). */
const COLOURS = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9"];
const STYLE =
  "text{font-family:Helvetica,Arial,sans-serif;fill:#16191f}.small{font-size:10px;fill:#545b64}.title{font-size:12px;font-weight:bold}" +
  ".head{font-size:18px;font-weight:bold}.section{font-size:14px;font-weight:bold}.box{fill:#fff;stroke:#d5dbdb}.axis{stroke:#aab7b8;fill:none}" +
  ".limit{stroke:#d13212;stroke-dasharray:4 3}";

/** The picture of a dashboard's widgets. */
export function dashboardSvg(widgets: readonly DrawnWidget[]): string {
  const width = COLUMNS * COLUMN + 2 * MARGIN;
  const height = Math.max(0, ...widgets.map((widget) => widget.y + widget.height)) * ROW + 2 * MARGIN;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">`,
    `<style>${STYLE}</style>`,
    `<rect width="${width}" height="${height}" fill="#f2f3f3"/>`,
    ...widgets.map(widgetSvg),
    "</svg>\n",
  ].join("\n");
}

/** Pairs of widgets that stand over each other, and widgets beyond the dashboard's columns, in words. */
export function layoutFaults(widgets: readonly DrawnWidget[]): string[] {
  return widgets.flatMap((one, index) => [
    ...(one.x < 0 || one.y < 0 || one.x + one.width > COLUMNS
      ? [`${wordsOf(one)} stands beyond column ${COLUMNS}`]
      : []),
    ...widgets
      .slice(index + 1)
      .filter((other) => overlaps(one, other))
      .map((other) => `${wordsOf(one)} stands over ${wordsOf(other)}`),
  ]);
}

function overlaps(one: DrawnWidget, other: DrawnWidget): boolean {
  return (
    one.x < other.x + other.width &&
    other.x < one.x + one.width &&
    one.y < other.y + other.height &&
    other.y < one.y + one.height
  );
}

const wordsOf = ({ type, x, y, properties: { title, markdown = "" } }: DrawnWidget): string =>
  `${type} "${title ?? markdown.split("\n")[0] ?? ""}" at ${x},${y}`;

function widgetSvg(widget: DrawnWidget): string {
  const { type, x, y, width, height } = widget;
  const size = { width: width * COLUMN - GAP, height: height * ROW - GAP };
  const inner = type === "text" ? markdownSvg(widget) : boxSvg(widget, size);
  return `<g transform="translate(${MARGIN + x * COLUMN} ${MARGIN + y * ROW})">${inner}</g>`;
}

function markdownSvg({ properties: { markdown = "" } }: DrawnWidget): string {
  const [first = "", ...others] = markdown.split("\n");
  const style = first.startsWith("## ") ? "section" : "head";
  return [
    label(style, 2, style === "head" ? 20 : 18, first.replace(/^#+ /, "")),
    ...others.map((line, index) => label("small", 2, 38 + index * LINE, line)),
  ].join("");
}

interface Size {
  readonly width: number;
  readonly height: number;
}

function boxSvg(widget: DrawnWidget, size: Size): string {
  const { type, properties } = widget;
  const body =
    type === "metric" ? chartSvg(widget, size) : type === "alarm" ? alarmsSvg(widget, size) : tableSvg(widget, size);
  return [
    `<rect class="box" width="${size.width}" height="${size.height}" rx="4"/>`,
    label("title", 10, 18, fitted(properties.title ?? "", TITLE, size.width - 20)),
    body,
  ].join("");
}

/** Axes, a mark for each threshold, and the legend. */
function chartSvg({ properties }: DrawnWidget, { width, height }: Size): string {
  const lines = (properties.metrics ?? []).map(optionsOf).filter(({ visible }) => visible);
  const legend = wrapped(
    lines.map(({ name }) => `● ${name}`),
    SMALL,
    width - 20,
    "",
  );
  const top = 42;
  const bottom = height - 14 - legend.length * LINE;
  const { left, right } = properties.yAxis ?? {};
  const limits = properties.annotations?.horizontal ?? [];
  let drawn = 0;
  return [
    left?.label === undefined ? "" : label("small", 10, 33, left.label),
    right?.label === undefined ? "" : label("small", width - 10 - widthOf(right.label, SMALL), 33, right.label),
    `<path class="axis" d="M10 ${top}V${bottom}H${width - 10}${right ? `V${top}` : ""}"/>`,
    ...limits.map(({ label: text, value }, index) => {
      const y = top + 12 + index * 18;
      const words = fitted(`${text}: ${value}`, SMALL, width - 40);
      return `<path class="limit" d="M10 ${y}H${width - 10}"/>${label("small", 16, y - 2, words)}`;
    }),
    ...legend.map((line, index) => {
      const spans = line.split("● ").slice(1);
      const text = spans
        .map((span) => `<tspan fill="${COLOURS[drawn++ % COLOURS.length] ?? ""}">●</tspan> ${escaped(span)}`)
        .join("");
      return `<text class="small" x="10" y="${bottom + 14 + index * LINE}">${text}</text>`;
    }),
  ].join("");
}

function optionsOf(row: readonly unknown[]): { readonly name: string; readonly visible: boolean } {
  const options = row.at(-1);
  const { label: name, visible } = (typeof options === "object" && options !== null ? options : {}) as {
    readonly label?: string;
    readonly visible?: boolean;
  };
  return { name: name ?? String(row[1]), visible: visible !== false };
}

/** Six alarms in a row, by their names without the suffix that Pulumi gives. */
function alarmsSvg({ properties: { alarms = [] } }: DrawnWidget, { width }: Size): string {
  const cell = (width - 20) / 6;
  return alarms
    .map((arn, index) => {
      const name = arn.slice(arn.lastIndexOf(":") + 1).replace(/-[0-9a-f]{7}$/, "");
      const [x, y] = [10 + (index % 6) * cell, 26 + Math.floor(index / 6) * 26];
      return [
        `<rect x="${x}" y="${y}" width="${cell - 6}" height="20" rx="3" fill="#d1f1d9" stroke="#2b8a3e"/>`,
        label("small", x + 6, y + 14, fitted(name, SMALL, cell - 18)),
      ].join("");
    })
    .join("");
}

function tableSvg({ properties: { query = "" } }: DrawnWidget, { width }: Size): string {
  const lines = query.split(" | ").map((line) => line.replaceAll(/-[0-9a-f]{7}\b/g, ""));
  return lines.map((line, index) => label("small", 10, 36 + index * LINE, fitted(line, SMALL, width - 20))).join("");
}

function label(style: string, x: number, y: number, text: string): string {
  return `<text class="${style}" x="${x}" y="${y}">${escaped(text)}</text>`;
}

/** Text that is cut where there is no room for it. */
function fitted(text: string, font: Font, width: number): string {
  if (widthOf(text, font) <= width) return text;
  let end = text.length;
  while (end > 0 && widthOf(`${text.slice(0, end)}…`, font) > width) end -= 1;
  return `${text.slice(0, end)}…`;
}
