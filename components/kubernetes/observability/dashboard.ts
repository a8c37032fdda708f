// A dashboard of Grafana as data, from signals. Pure.
import { createHash } from "node:crypto";
import type { Signal } from "../kit";
import type { Observed } from "./args";

/** Panels in a row; a row of Grafana has 24 columns. */
const PER_ROW = 3;
const WIDTH = 24 / PER_ROW;
const HEIGHT = 7;
/** The data source is chosen in the dashboard: its name differs from Grafana to Grafana. */
const SOURCE = { type: "prometheus", uid: "${source}" };

/** Identifier of a dashboard: Grafana takes at most 40 characters. */
export const uidOf = (title: string): string => createHash("sha256").update(title).digest("hex").slice(0, 12);

/** A dashboard with a row of panels for each section. */
export function dashboardOf(title: string, sections: readonly Observed[], namespace: string): object {
  let y = 0;
  const panels = sections
    .filter(({ signals }) => signals.length > 0)
    .flatMap((section) => {
      const [row, first] = [y, y + 1];
      y = first + Math.ceil(section.signals.length / PER_ROW) * HEIGHT;
      return [
        { type: "row", title: section.title, collapsed: false, panels: [], gridPos: { x: 0, y: row, w: 24, h: 1 } },
        ...section.signals.map((signal, index) => ({
          ...panelOf(signal, namespace),
          gridPos: {
            x: (index % PER_ROW) * WIDTH,
            y: first + Math.floor(index / PER_ROW) * HEIGHT,
            w: WIDTH,
            h: HEIGHT,
          },
        })),
      ];
    });
  return {
    uid: uidOf(title),
    title,
    schemaVersion: 39,
    editable: false,
    refresh: "1m",
    time: { from: "now-6h", to: "now" },
    templating: { list: [{ name: "source", type: "datasource", query: "prometheus", label: "data source" }] },
    panels: panels.map((panel, index) => ({ id: index + 1, ...panel })),
  };
}

function panelOf({ of, title, expression, unit, alertAt }: Signal, namespace: string): object {
  const steps = [{ color: "green", value: null }, ...(alertAt ? [{ color: "red", value: alertAt.threshold }] : [])];
  return {
    type: "timeseries",
    title: `${of}: ${title}`,
    datasource: SOURCE,
    targets: [{ refId: "A", datasource: SOURCE, expr: expression(namespace), legendFormat: title }],
    fieldConfig: {
      defaults: {
        unit,
        min: 0,
        // Below a lower limit the value is bad, so only upper limits are coloured.
        ...(alertAt && alertAt.comparison !== "<" && { thresholds: { mode: "absolute", steps } }),
        custom: { thresholdsStyle: { mode: alertAt ? "line" : "off" } },
      },
      overrides: [],
    },
    options: { legend: { showLegend: false } },
  };
}
