// Many lives, two at a time, and the sums.
import { isDeepStrictEqual } from "node:util";
import { table } from "../../cli/components-table";
import type { Say } from "../../cli/say";
import { live, type RunResult, type Victim } from "./life";
import { type Fault, planCampaign, providerFaults, type RunPlan } from "./plan";

/** What a campaign found. */
export interface Campaign {
  readonly seed: number;
  readonly runs: number;
  /** Operations in which the fault happened: they were stopped, refused, or a call of theirs met it. */
  readonly faults: number;
  /** Runs in which a recovery reached the described platform after a fault. */
  readonly recoveries: number;
  /** What recoveries removed: made by a broken operation, unknown to its state. */
  readonly orphans: number;
  /** Stores that were lost. */
  readonly losses: number;
  readonly failed: number;
  readonly results: readonly RunResult[];
}

export interface CampaignOptions {
  readonly seed: number;
  readonly runs: number;
  readonly faults: readonly Fault[];
  readonly say: Say;
  /** Called after each run, with the sums so far. */
  readonly saved?: (campaign: Campaign) => void;
  /** Starts no further life once this much time is over, in minutes. */
  readonly minutes?: number;
  /** Results of an earlier try: lives that are whole among them are not lived again. */
  readonly before?: readonly RunResult[];
}

/** Runs a campaign. */
export async function campaign(victim: Victim, options: CampaignOptions): Promise<Campaign> {
  const { seed, runs, faults, say, saved = () => undefined, minutes = Infinity, before = [] } = options;
  const lives = planCampaign(seed, runs, faults).map((plans) => ({ plans, lived: livedBefore(plans, before) }));
  const waiting = lives.filter(({ lived }) => lived.length === 0).map(({ plans }) => plans);
  const results = lives.flatMap(({ lived }) => lived);
  const end = performance.now() + minutes * 60_000;
  const done = (result: RunResult): void => {
    results.push(result);
    say(lineOf(result, runs));
    saved(summed(seed, results));
  };
  const worker = async (): Promise<void> => {
    for (let life = waiting.shift(); life !== undefined; life = waiting.shift()) {
      if (performance.now() > end) return;
      await live(victim, life, done);
    }
  };
  await Promise.all([worker(), worker()]);
  return summed(seed, results);
}

/** The results of a life when all of it went well; a life that didn't is lived again, from its beginning. */
function livedBefore(plans: readonly RunPlan[], before: readonly RunResult[]): readonly RunResult[] {
  const found = plans.flatMap((plan) => before.filter((result) => holds(result) && isOf(result, plan)));
  return found.length === plans.length ? found : [];
}

/** Whether a result is that of a plan: it begins with all of it. */
function isOf(result: RunResult, plan: RunPlan): boolean {
  return isDeepStrictEqual({ ...result, ...plan }, result);
}

/** Adds runs up. */
export function summed(seed: number, results: readonly RunResult[]): Campaign {
  const good = results.filter(holds);
  const happened = (all: readonly RunResult[]): number => all.filter((result) => result.happened).length;
  return {
    seed,
    runs: results.length,
    faults: happened(results),
    recoveries: happened(good),
    orphans: results.reduce((sum, { orphans }) => sum + orphans, 0),
    losses: results.reduce((sum, { lost }) => sum + lost.length, 0),
    failed: results.length - good.length,
    results: [...results].sort((a, b) => a.run - b.run),
  };
}

/** A row for each fault, and the sum. */
export function campaignLines({ results, ...sums }: Campaign): readonly string[] {
  const faults = [...new Set(results.map(({ fault }) => fault))].sort();
  const rows = faults.map((fault) => {
    const of = results.filter((result) => result.fault === fault);
    const sum = summed(sums.seed, of);
    return [fault, ...[of.length, sum.faults, sum.recoveries, sum.orphans, sum.losses, sum.failed].map(String)];
  });
  return [
    ...table(["fault", "runs", "injected", "recovered", "orphans removed", "stores lost", "failed"], rows),
    `${sums.runs} runs, ${sums.faults} faults injected, ${sums.recoveries} recoveries, ${sums.orphans} orphans removed, ` +
      `${sums.losses} losses, ${sums.failed} failed`,
  ];
}

/** Whether a run recovered and lost nothing. */
export function holds({ lost, problems }: RunResult): boolean {
  return lost.length === 0 && problems.length === 0;
}

function lineOf(result: RunResult, runs: number): string {
  const { run, seed, verb, fault, code, steps, orphans, lost, problems, seconds, lasting } = result;
  const ending = holds(result) ? "recovered" : "FAILED";
  const found = [...lost.map((store) => `lost: ${store}`), ...problems].map((what) => `\n    ${what}`).join("");
  const how = `${steps.join(", ")}${lasting === "" ? "" : ", the fault going on"}; ${orphans} orphans`;
  return (
    `${run}/${runs} seed ${seed}: ${verb}, ${fault}: ${fateOf(result)}, status ${code}; ` +
    `${ending} (${how}; ${Math.round(seconds)} s)${found}`
  );
}

function fateOf({ happened, met, fault }: RunResult): string {
  if (!happened) return "never met";
  return fault in providerFaults ? `met by ${met} calls` : "happened";
}
