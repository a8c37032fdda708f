// How long the real cloud takes: what others published, on each type's card.
// A run is the time between "Creating..." and "Creation complete after ..." in a published Terraform log. Pulumi's AWS provider is
// built from Terraform's and waits for the same. Only logs of AWS count, not of an emulator, and a log that is in several places
// counts once. Looked up in November 2026.
import type { Values } from "../providers/core/values";

/** A figure, and where it is from. */
export type Figure =
  /** Times that were measured; their median counts. */
  | { readonly runs: string; readonly source: string }
  /** A published range; the emulation uses its middle. */
  | { readonly from: string; readonly to: string; readonly source: string }
  /** From experience: nothing published says it. */
  | { readonly assumed: string };

/** A creation that takes another time when something is asked for. */
export interface Variant {
  readonly when: (inputs: Values) => boolean;
  readonly figure: Figure;
}

/** Found by searching public repositories for what Terraform prints; the search gives the text and not always the place. */
export const logs = (resource: string): string =>
  `logs in public repositories: "${resource}.*: Creation complete after"`;
export const endings = (resource: string): string =>
  `logs in public repositories: "${resource}.*: Destruction complete after"`;

export const terraform = "https://github.com/hashicorp/terraform";
export const provider = "https://github.com/hashicorp/terraform-provider-aws";
export const aws = "https://docs.aws.amazon.com";

/** Seconds: the median of the runs, the middle of a range. */
export function secondsOf(figure: Figure): number {
  if ("assumed" in figure) return inSeconds(figure.assumed);
  const runs = "runs" in figure ? figure.runs.split(" ") : [figure.from, figure.to];
  return median(runs.map(inSeconds));
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
