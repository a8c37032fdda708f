// How long the real cloud takes for a resource.
import type { Values } from "../core/values";
import { creations, deletions, type Figure, variants } from "./published";

/** What is not in the tables. */
const AT_ONCE = 1;

/** Types that are others under a second name. */
const sameAs: Readonly<Record<string, string>> = {
  "aws:alb/loadBalancer:LoadBalancer": "aws:lb/loadBalancer:LoadBalancer",
};

/** Seconds that a create takes in the cloud. */
export function creationSeconds(type: string, inputs: Values): number {
  const named = sameAs[type] ?? type;
  const variant = variants.find((each) => each.type === named && each.when(inputs));
  const figure = variant?.figure ?? creations[named];
  return figure === undefined ? AT_ONCE : secondsOf(figure);
}

/** Seconds that a deletion takes in the cloud. */
export function deletionSeconds(type: string, inputs: Values = {}): number {
  // Gateway endpoints are routes only.
  if (type === "aws:ec2/vpcEndpoint:VpcEndpoint" && inputs.vpcEndpointType !== "Interface") return 0;
  const figure = deletions[sameAs[type] ?? type];
  return figure === undefined ? 0 : secondsOf(figure);
}

/** Seconds: the median of the runs, the middle of a range. */
export function secondsOf(figure: Figure): number {
  if ("assumed" in figure) return inSeconds(figure.assumed);
  const runs = "runs" in figure ? figure.runs.split(" ") : [figure.from, figure.to];
  return median(runs.map(inSeconds));
}

/** How many figures there are, and of how many nothing published is known. */
export function countFigures(): { readonly figures: number; readonly assumed: number; readonly runs: number } {
  const all = [...Object.values(creations), ...variants.map(({ figure }) => figure), ...Object.values(deletions)];
  return {
    figures: all.length,
    assumed: all.filter((figure) => "assumed" in figure).length,
    runs: all.reduce((sum, figure) => sum + ("runs" in figure ? figure.runs.split(" ").length : 0), 0),
  };
}

/** "1m53s" and "43s", as Terraform writes them. */
function inSeconds(text: string): number {
  const [, minutes = "0", seconds] = /^(?:(\d+)m)?(\d+)s$/.exec(text) ?? [];
  if (seconds === undefined) throw new Error(`"${text}" is no time; write it as 1m53s or 43s`);
  return Number(minutes) * 60 + Number(seconds);
}

function median(seconds: readonly number[]): number {
  const sorted = [...seconds].sort((one, other) => one - other);
  const middle = (sorted.length - 1) / 2;
  const [low = 0, high = 0] = [sorted[Math.floor(middle)], sorted[Math.ceil(middle)]];
  return (low + high) / 2;
}
