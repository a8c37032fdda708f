// Where the widgets of a dashboard stand: 24 columns, sections one below the other, charts from left to right. Pure.
import * as pulumi from "@pulumi/pulumi";
import type { Metric } from "../../kit";
import type { Chart, Line } from "./charts";

/** Widgets of one dashboard (https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html). */
export const MOST_WIDGETS = 500;
/** Alarms of one alarm widget; the same page. */
const MOST_ALARMS = 100;
const COLUMNS = 24;
const CHART_HEIGHT = 6;
const TITLE_HEIGHT = 1;
const LOG_HEIGHT = 6;

/** A part of a dashboard under a heading. */
export interface Section {
  readonly title: string;
  /** Charts by thing; those of each thing begin a row. */
  readonly charts: readonly (readonly Chart[])[];
}

/** What a dashboard shows. */
export interface Content {
  /** Heading and a sentence or two below it, in Markdown. */
  readonly text: pulumi.Input<string>;
  /** Alarms whose states are shown first. */
  readonly alarmArns: readonly pulumi.Input<string>[];
  readonly sections: readonly Section[];
  /** Log groups whose newest errors are shown last. */
  readonly logGroupNames: readonly pulumi.Input<string>[];
}

/** A widget as CloudWatch takes it, with inputs inside. */
export interface Widget {
  readonly type: "text" | "alarm" | "metric" | "log";
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: Readonly<Record<string, unknown>>;
}

type Placeable = Omit<Widget, "x" | "y">;

/** The widgets of one dashboard, or of several when one can't hold them all. */
export function pagesOf(content: Content, region: string): Widget[][] {
  const head = headRows(content);
  const most = MOST_WIDGETS - count(head);
  const pages: Placeable[][][] = [[]];
  for (const row of bodyRows(content, region)) {
    const page = pages.at(-1) ?? [];
    if (count(page) + row.length > most) pages.push([row]);
    else page.push(row);
  }
  return pages.map((rows) => placed([...head, ...rows]));
}

const count = (rows: readonly (readonly Placeable[])[]): number => rows.reduce((sum, { length }) => sum + length, 0);

function headRows({ text, alarmArns }: Content): Placeable[][] {
  return [
    [{ type: "text", width: COLUMNS, height: 2, properties: { markdown: text } }],
    ...chunked(alarmArns, MOST_ALARMS).map((alarms): Placeable[] => [
      // Six alarms stand in a row.
      {
        type: "alarm",
        width: COLUMNS,
        height: 1 + Math.ceil(alarms.length / 6),
        properties: { title: "Alarms", alarms },
      },
    ]),
  ];
}

function bodyRows({ sections, logGroupNames }: Content, region: string): Placeable[][] {
  const parts = sections
    .filter(({ charts }) => charts.some(({ length }) => length > 0))
    .flatMap(({ title, charts }) => [
      [heading(title)],
      ...charts.flatMap((group) => rowsOf(group.map((chart) => chartWidget(chart, region)))),
    ]);
  return logGroupNames.length === 0 ? parts : [...parts, [heading("Logs")], [logWidget(logGroupNames, region)]];
}

function heading(title: string): Placeable {
  return { type: "text", width: COLUMNS, height: TITLE_HEIGHT, properties: { markdown: `## ${title}` } };
}

/** Rows of widgets, as many in each as its columns hold. */
function rowsOf(widgets: readonly Placeable[]): Placeable[][] {
  const rows: Placeable[][] = [];
  let used = COLUMNS;
  for (const widget of widgets) {
    if (used + widget.width > COLUMNS) {
      rows.push([]);
      used = 0;
    }
    rows.at(-1)?.push(widget);
    used += widget.width;
  }
  return rows;
}

function placed(rows: readonly (readonly Placeable[])[]): Widget[] {
  let y = 0;
  return rows.flatMap((row) => {
    let x = 0;
    const widgets = row.map(({ type, width, height, properties }): Widget => {
      const widget = { type, x, y, width, height, properties };
      x += width;
      return widget;
    });
    y += Math.max(...row.map(({ height }) => height));
    return widgets;
  });
}

function chartWidget({ title, left, right = [], width, units }: Chart, region: string): Placeable {
  const lines = [
    ...left.map((line) => ({ line, yAxis: "left" as const })),
    ...right.map((line) => ({ line, yAxis: "right" as const })),
  ];
  const marks = lines.flatMap(({ line: { label, threshold }, yAxis }) =>
    threshold === undefined ? [] : [{ label: `alarm: ${label}`, value: threshold, yAxis }],
  );
  return {
    type: "metric",
    width,
    height: CHART_HEIGHT,
    properties: {
      title,
      region,
      view: "timeSeries",
      stacked: false,
      metrics: lines.flatMap(({ line, yAxis }, index) => rowsOfLine(line, yAxis, index)),
      yAxis: {
        left: axisOf(units.left),
        ...(units.right !== undefined && { right: axisOf(units.right) }),
      },
      ...(marks.length > 0 && { annotations: { horizontal: marks } }),
    },
  };
}

function axisOf(unit: string) {
  return { label: unit, showUnits: false, min: 0, ...(unit === "percent" && { max: 100 }) };
}

/** A line as CloudWatch takes it; metric math is a row for the result, and a hidden row for each of its metrics. */
function rowsOfLine({ label, metric }: Line, yAxis: "left" | "right", index: number): unknown[][] {
  const id = `m${index}`;
  if (!("expression" in metric)) return [metricRow(metric, { id, label, yAxis })];
  const inner = new Map(Object.keys(metric.metrics).map((name, position) => [name, `${id}i${position}`]));
  return [
    [{ id, label, yAxis, expression: renamed(metric.expression, inner) }],
    ...Object.entries(metric.metrics).map(([name, one]) =>
      metricRow(one, { id: inner.get(name) ?? name, label: name, visible: false }),
    ),
  ];
}

function metricRow({ namespace, name, dimensions, statistic, period }: Metric, options: object): unknown[] {
  return [namespace, name, ...Object.entries(dimensions).flat(), { ...options, stat: statistic, period }];
}

/** The expression with the identifiers of the widget. `METRICS()` would take every metric of the widget, so it names its own. */
function renamed(expression: string, identifiers: ReadonlyMap<string, string>): string {
  return expression
    .replaceAll("METRICS()", `[${[...identifiers.keys()].join(", ")}]`)
    .replaceAll(/\b[a-z]\w*\b/g, (word) => identifiers.get(word) ?? word);
}

/** Logs Insights: lines of a level from error on, or that say error where they are plain text. */
export const NEWEST_ERRORS = [
  "fields @timestamp, @log, @message",
  "filter level in ['error', 'ERROR', 'fatal', 'FATAL'] or @message like /(?i)\\berror\\b/",
  "sort @timestamp desc",
  "limit 50",
];

/** The newest log lines that say error. */
function logWidget(logGroupNames: readonly pulumi.Input<string>[], region: string): Placeable {
  return {
    type: "log",
    width: COLUMNS,
    height: LOG_HEIGHT,
    properties: {
      title: "Newest errors",
      region,
      view: "table",
      query: pulumi
        .all([...logGroupNames])
        .apply((names) => [...names.map((name) => `SOURCE '${name}'`), ...NEWEST_ERRORS].join(" | ")),
    },
  };
}

/** A list in parts of at most so many. */
export function chunked<T>(list: readonly T[], most: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / most) }, (_, index) =>
    list.slice(index * most, (index + 1) * most),
  );
}
