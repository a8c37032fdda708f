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

/** Which charts a thing gets. `both`: these meanings share a chart, the second on the right. */
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

/** The charts of a thing that requests reach: load, latency, saturation; `cost` last where it is wanted. */
export function requestCharts(thing: Observed, width: Chart["width"]): Chart[] {
  return [LOAD, LATENCY, SATURATION].flatMap((plan) => chartsFor(thing, plan, width));
}

/** The charts of a thing that messages wait in. */
export function messageCharts(thing: Observed, width: Chart["width"]): Chart[] {
  const waits = thing.signals.some(({ meaning }) => meaning === "backlog");
  const plans = waits ? [BACKLOG, LOAD] : [LOAD, LATENCY];
  return plans.flatMap((plan) => chartsFor(thing, { ...plan, title: plan === LOAD ? "messages and errors" : plan.title }, width));
}

/** All charts of a thing. */
export function allCharts(thing: Observed, width: Chart["width"]): Chart[] {
  return [LOAD, LATENCY, SATURATION, { ...BACKLOG, right: undefined }, COST].flatMap((plan) =>
    chartsFor(thing, plan, width),
  );
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
      title: `${title}: ${plan.title}`,
      left: lines.map(lineOf),
      ...(other && { right: other[1].map(lineOf) }),
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

function lineOf({ role, metric, alarmAt }: Signal): Line {
  return { label: role.replaceAll("-", " "), metric, ...(alarmAt && { threshold: alarmAt.threshold }) };
}
