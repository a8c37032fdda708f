// Charts of a dashboard from signals: which metrics stand together, on which axis, under which title. Pure.
import type { Meaning, Metric, MetricMath, Signal } from "../../kit";

/** A thing whose metrics are shown. */
export interface Observed {
  /** `order`, `order database` */
  readonly title: string;
  readonly signals: readonly Signal[];
}

/** One line of a chart. */
export interface Line {
  readonly label: string;
  readonly metric: Metric | MetricMath;
  /** Height of the alarm's threshold, in the metric's unit. @default no mark */
  readonly threshold?: number;
}

/** A chart with a vertical axis on each side. */
export interface Chart {
  readonly title: string;
  readonly left: readonly Line[];
  /** @default nothing on this side */
  readonly right?: readonly Line[];
  /** Columns of the dashboard's 24. */
  readonly width: 6 | 8 | 12 | 24;
  /** Unit of each axis. */
  readonly units: { readonly left: string; readonly right?: string };
}

/** Which meanings share a chart. */
interface Plan {
  readonly title: string;
  readonly left: Meaning;
  readonly right?: Meaning;
}

const LOAD: Plan = { title: "requests and errors", left: "traffic", right: "errors" };
const LATENCY: Plan = { title: "latency", left: "latency" };
const SATURATION: Plan = { title: "saturation", left: "saturation" };
const BACKLOG: Plan = { title: "backlog and age", left: "backlog", right: "latency" };
const COST: Plan = { title: "cost", left: "cost" };

/** Load, latency and saturation of a thing: at most three charts, which fill a row. */
export function summaryCharts(thing: Observed): Chart[] {
  return [LOAD, LATENCY, SATURATION].flatMap((plan) => chartsFor(thing, plan, 8).slice(0, 1));
}

/** A queue's backlog and messages, or a topic's messages. */
export function messageCharts(thing: Observed): Chart[] {
  const messages = { ...LOAD, title: "messages and errors" };
  const waits = thing.signals.some(({ meaning }) => meaning === "backlog");
  return waits ? [BACKLOG, messages].flatMap((plan) => chartsFor(thing, plan, 12)) : chartsFor(thing, messages, 8);
}

/** All charts of a thing, three in a row. */
export function allCharts(thing: Observed): Chart[] {
  return [LOAD, LATENCY, SATURATION, { title: BACKLOG.title, left: BACKLOG.left }, COST].flatMap((plan) =>
    chartsFor(thing, plan, 8),
  );
}

/** One chart over the whole width, with a line for each signal of the same unit. */
export function wideChart(title: string, signals: readonly Signal[]): Chart[] {
  return byUnit(signals).map(([unit, lines]) => ({
    title,
    left: linesOf(lines),
    width: 24,
    units: { left: unit },
  }));
}

/** Charts of one plan: one for each unit of the left side, the right side beside the first. */
function chartsFor({ title, signals }: Observed, plan: Plan, width: Chart["width"]): Chart[] {
  const left = byUnit(signals.filter(({ meaning }) => meaning === plan.left));
  const right = byUnit(signals.filter(({ meaning }) => meaning === plan.right));
  // A side that has no metric leaves its place to the other.
  const [main, beside] = left.length > 0 ? [left, right] : [right, []];
  return main.map(([unit, lines], index): Chart => {
    const [other] = index === 0 ? beside : [];
    return {
      title: `${title}: ${plan.title}${main.length > 1 ? ` (${unit})` : ""}`,
      left: linesOf(lines),
      ...(other && { right: linesOf(other[1]) }),
      width,
      units: { left: unit, ...(other && { right: other[0] }) },
    };
  });
}

function byUnit(signals: readonly Signal[]): [unit: string, signals: Signal[]][] {
  const units = new Map<string, Signal[]>();
  for (const signal of signals) {
    const unit = unitOf(signal.metric);
    units.set(unit, [...(units.get(unit) ?? []), signal]);
  }
  return [...units];
}

function unitOf(metric: Metric | MetricMath): string {
  return "expression" in metric ? (Object.values(metric.metrics)[0]?.unit ?? "count") : metric.unit;
}

/** Lines by their role; by their thing too, where several have the same role. */
function linesOf(signals: readonly Signal[]): Line[] {
  return signals.map(({ of, role, metric, alarmAt }) => {
    const alone = signals.filter((signal) => signal.role === role).length === 1;
    const words = role.replaceAll("-", " ");
    return { label: alone ? words : `${words}, ${of}`, metric, ...(alarmAt && { threshold: alarmAt.threshold }) };
  });
}
