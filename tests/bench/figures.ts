// What was measured, a line for each benchmark.
import { table } from "../../cli/components-table";
import { duration } from "../../cli/say";
import { type Measured, median, type Way } from "./pairs";

/** A table of ratios: the median of the pairs, and how far the pairs lie apart. */
export function figures(all: readonly Measured[]): readonly string[] {
  return table(["what", "A", "B", "pairs", "aimed at", "A/B"], all.map(row));
}

function row({ benchmark: { what, a, b, target }, pairs }: Measured): readonly string[] {
  const ratios = pairs.map((pair) => pair.a / pair.b);
  const ratio = median(ratios);
  const span = `${pairs.length}: ${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}`;
  const aim = target === undefined ? "" : `${target}${ratio > target ? ", missed" : ""}`;
  return [
    what,
    cell(
      a,
      pairs.map(({ a }) => a),
    ),
    cell(
      b,
      pairs.map(({ b }) => b),
    ),
    span,
    aim,
    ratio.toFixed(2),
  ];
}

function cell(way: Way, times: readonly number[]): string {
  return `${way.name} (${duration(median(times))})`;
}
