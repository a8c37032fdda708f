// What a campaign does, decided before anything runs: a seed gives the same lives, faults and moments every time.

/** What a person wanted when the fault came. */
export type Verb = "up" | "update" | "down";

/** Faults of the world around the providers: the harness makes these itself. */
export const outsideFaults = ["engine killed", "ctrl-c", "two at once", "disk full"] as const;

/** Faults inside the providers, as the setting ARCHIPELAGO_FAULTS asks for them. */
export const providerFaults = {
  throttling: "throttle=0.1",
  "fails at first": "fail-first=0.1",
  "fails for good": "fail=0.02",
  "lost response": "lost=0.05",
  "provider crash": "crash=0.01",
} as const;

export type Fault = (typeof outsideFaults)[number] | keyof typeof providerFaults;

/** One faulted operation. */
export interface RunPlan {
  readonly run: number;
  /** Seed of the stack's life: `make chaos SEED=<this> RUNS=3` does it again. */
  readonly seed: number;
  readonly verb: Verb;
  readonly fault: Fault;
  /** How far the operation is when the fault comes, 0 to 1. */
  readonly moment: number;
  /** Which change an update makes. */
  readonly change: number;
}

const verbs: readonly Verb[] = ["up", "update", "down"];
/** Every fault; those inside the providers only where these can make them. */
export function faultsOf(providersCan: boolean): readonly Fault[] {
  return providersCan
    ? [...outsideFaults, ...(Object.keys(providerFaults) as (keyof typeof providerFaults)[])]
    : outsideFaults;
}

/**
 * A campaign: lives of one stack each, which comes up, is updated and goes down, with a fault in each of the three.
 * @param runs faulted operations in all
 */
export function planCampaign(seed: number, runs: number, faults: readonly Fault[]): readonly (readonly RunPlan[])[] {
  const lives = Math.ceil(runs / verbs.length);
  return Array.from({ length: lives }, (_, life) => {
    const own = seed + life;
    const random = randomOf(own);
    return verbs.slice(0, runs - life * verbs.length).map((verb, step) => ({
      run: life * verbs.length + step + 1,
      seed: own,
      verb,
      // As many lives as there are faults bring every fault to every verb; two verbs of a life never share one.
      fault: faults[(own + step) % faults.length] ?? "engine killed",
      moment: 0.05 + 0.9 * random(),
      change: Math.floor(random() * 1000),
    }));
  });
}

/** Numbers from 0 to 1 that follow from a seed (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
