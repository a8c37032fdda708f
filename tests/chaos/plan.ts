// What a campaign does, decided before anything runs: a seed gives the same lives, faults and moments every time.

/** What a person wanted when the fault came. */
export type Verb = "up" | "update" | "down";

/** Faults of the world around the providers: the harness makes these itself. */
export const outsideFaults = ["engine killed", "ctrl-c", "two at once", "disk full"] as const;

/**
 * Faults inside the providers, as ARCHIPELAGO_FAULTS asks for them. An update makes a handful of calls where `up` makes hundreds, so
 * its shares are higher: few runs then pass without one. A verb that is missing has no call which could meet the fault.
 */
export const providerFaults: Readonly<Record<ProviderFault, Readonly<Partial<Record<Verb, string>>>>> = {
  throttling: { up: "throttle=0.35", update: "throttle=0.5", down: "throttle=0.35" },
  "fails at first": { up: "fail-first=0.03", update: "fail-first=1" },
  "fails for good": { up: "fail=0.02", update: "fail=0.7" },
  "slow calls": { up: "slow=1/100", update: "slow=1/5", down: "slow=1/200" },
  "lost response": { up: "lost=0.03,times=1", update: "lost=0.6,times=1", down: "lost=0.03,times=1" },
  "provider crash": { up: "crash=0.01,times=1", update: "crash=0.5,times=1", down: "crash=0.01,times=1" },
};

export type ProviderFault =
  "throttling" | "fails at first" | "fails for good" | "slow calls" | "lost response" | "provider crash";

export type Fault = (typeof outsideFaults)[number] | ProviderFault;

/** Whoever is cut off in the middle of something leaves more behind: creates and deletions take a part of their real time. */
const underWay = "slow=1/200";
const cutOff: ReadonlySet<Fault> = new Set<Fault>(["engine killed", "ctrl-c"]);

/**
 * Faults that may go on while somebody recovers, in half of the runs, and how hard. What fails for good fails until its cause is removed,
 * which comes before the recovery. Throttling eases: at its first strength, hardly any of the hundreds of reads of a refresh would pass.
 */
const lasting: Readonly<Partial<Record<Fault, (setting: string) => string>>> = {
  throttling: (setting) => setting.replace(/throttle=[\d.]+/, "throttle=0.2"),
  "fails at first": (setting) => setting,
  "slow calls": (setting) => setting,
  "lost response": (setting) => setting,
  "provider crash": (setting) => setting,
};

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
  /** ARCHIPELAGO_FAULTS of the operation; empty: none. */
  readonly setting: string;
  /** ARCHIPELAGO_FAULTS of the recovery. */
  readonly lasting: string;
}

const verbs: readonly Verb[] = ["up", "update", "down"];
const insideFaults = Object.keys(providerFaults) as ProviderFault[];

/** Every fault; those inside the providers only where these are wanted. */
export function faultsOf(inside: boolean): readonly Fault[] {
  return inside ? [...outsideFaults, ...insideFaults] : outsideFaults;
}

/** Whether an operation has a call or a moment that a fault can meet. */
export function possible(fault: Fault, verb: Verb): boolean {
  const inside = insideFaults.find((name) => name === fault);
  return inside === undefined || providerFaults[inside][verb] !== undefined;
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
    return verbs.slice(0, runs - life * verbs.length).map((verb, step) => {
      const able = faults.filter((fault) => possible(fault, verb));
      // As many lives as there are faults bring every fault to every verb that can meet it.
      const fault = able[(own + 3 * step) % able.length] ?? "engine killed";
      const [moment, change, last] = [random(), random(), random()];
      const setting = settingOf(fault, verb, own * verbs.length + step);
      return {
        run: life * verbs.length + step + 1,
        seed: own,
        verb,
        fault,
        moment: 0.05 + 0.9 * moment,
        change: Math.floor(change * 1000),
        setting,
        lasting: last < 0.5 ? (lasting[fault]?.(setting) ?? "") : "",
      };
    });
  });
}

/** @param seed the operation's own: with the life's, the attempts of the operation before would count on */
function settingOf(fault: Fault, verb: Verb, seed: number): string {
  const inside = insideFaults.find((name) => name === fault);
  const asked = inside === undefined ? (cutOff.has(fault) ? underWay : "") : providerFaults[inside][verb];
  return asked === undefined || asked === "" ? "" : `seed=${seed},${asked}`;
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
