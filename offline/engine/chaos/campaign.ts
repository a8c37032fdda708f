// Many lives, two at a time, and the sums.
import { table } from "../components-table";
import type { Say } from "../say";
import { live, type RunResult, type Victim } from "./life";
import { type Fault, planCampaign } from "./plan";

/** What a campaign found. */
export interface Campaign {
  readonly seed: number;
  readonly runs: number;
  /** Operations in which the fault happened. */
  readonly faults: number;
  /** Runs in which a recovery reached the described platform after a fault. */
  readonly recoveries: number;
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
}

/** Runs a campaign. */
export async function campaign(victim: Victim, options: CampaignOptions): Promise<Campaign> {
  const { seed, runs, faults, say, saved = () => undefined, minutes = Infinity } = options;
  const waiting = [...planCampaign(seed, runs, faults)];
  const results: RunResult[] = [];
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

/** Adds runs up. */
export function summed(seed: number, results: readonly RunResult[]): Campaign {
  const good = results.filter(holds);
  const happened = (all: readonly RunResult[]): number => all.filter((result) => result.happened).length;
  return {
    seed,
    runs: results.length,
    faults: happened(results),
    recoveries: happened(good),
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
    const { faults: happened, recoveries, losses, failed } = summed(sums.seed, of);
    const strangers = of.reduce((sum, { orphans }) => sum + orphans, 0);
    return [fault, ...[of.length, happened, recoveries, strangers, losses, failed].map(String)];
  });
  return [
    ...table(["fault", "runs", "injected", "recovered", "orphans removed", "stores lost", "failed"], rows),
    `${sums.runs} runs, ${sums.faults} faults injected, ${sums.recoveries} recoveries, ${sums.losses} losses, ${sums.failed} failed`,
  ];
}

function holds({ lost, problems }: RunResult): boolean {
  return lost.length === 0 && problems.length === 0;
}

function lineOf(result: RunResult, runs: number): string {
  const { run, seed, verb, fault, happened, code, steps, orphans, lost, problems, seconds } = result;
  const ending = holds(result) ? "recovered" : "FAILED";
  const fate = happened ? `ended with ${code}` : "was over before its fault";
  const found = [...lost.map((store) => `lost: ${store}`), ...problems].map((what) => `\n    ${what}`).join("");
  const how = `${steps.join(", ")}; ${orphans} orphans`;
  return `${run}/${runs} seed ${seed}: ${verb}, ${fault}: ${fate}; ${ending} (${how}; ${Math.round(seconds)} s)${found}`;
}
