// One life of a stack: up, update, down, a fault in each, the recovery after each, and what must hold after that.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Met, readMet } from "../../offline/providers/faults/faults";
import { parseFaults } from "../../offline/providers/faults/setting";
import { OfflineStack } from "../../cli/offline-stack";
import type { Tags } from "./account";
import { faultEnvironment, inject } from "./inject";
import { existing, storesOf } from "./inventory";
import { providerFaults, type RunPlan } from "./plan";
import { recover } from "./recover";
import { agreement, leaks, secretsOf, unchanged } from "./verify";

/** A stack that a campaign may break. */
export interface Victim {
  /** How many resources it has, about: the moments of faults are parts of it. */
  readonly resources: number;
  /** How many resources an update handles, about, those that stay included. */
  readonly updated: number;
  /** What everything of it carries. */
  readonly tags: Tags;
  /**
   * Opens the stack in a folder.
   * @param change which of its changes the configuration has; undefined: as it is at first
   */
  open(work: string, change: number | undefined): Promise<OfflineStack>;
}

/** How a faulted operation ended. */
export interface RunResult extends RunPlan {
  /** Whether the fault happened: the engine was stopped, refused or denied room, or a call met what its provider was to do. */
  readonly happened: boolean;
  /** Calls of the operation that met a provider's fault. */
  readonly met: number;
  /** Exit status of the faulted operation. */
  readonly code: number;
  readonly steps: readonly string[];
  readonly orphans: number;
  /** Stores that were there before and are not any more. */
  readonly lost: readonly string[];
  readonly problems: readonly string[];
  readonly seconds: number;
}

/** Lives a life; its folder is removed at the end, or kept when something went wrong in it. */
export async function live(
  victim: Victim,
  plans: readonly RunPlan[],
  done: (result: RunResult) => void,
): Promise<readonly RunResult[]> {
  const work = mkdtempSync(join(tmpdir(), "archipelago-chaos-"));
  const results: RunResult[] = [];
  const secrets = new Set<string>();
  try {
    for (const plan of plans) {
      const result = await faulted(victim, plan, work, secrets).catch((error: unknown) => broken(plan, error));
      const kept = result.problems.length + result.lost.length > 0 ? [`what is left of it is in ${work}`] : [];
      results.push({ ...result, problems: [...result.problems, ...kept] });
      done(results.at(-1) ?? result);
    }
    return results;
  } finally {
    if (results.every(({ problems }) => problems.length === 0)) rmSync(work, { recursive: true, force: true });
  }
}

/** A state that can't be read agrees with nothing. */
const told = (error: unknown): readonly string[] => [error instanceof Error ? error.message : String(error)];

/** A harness that fails is a run that failed: it has proved nothing. */
function broken(plan: RunPlan, error: unknown): RunResult {
  const problems = [error instanceof Error ? (error.stack ?? error.message) : String(error)];
  return { ...plan, happened: false, met: 0, code: 0, steps: [], orphans: 0, lost: [], problems, seconds: 0 };
}

async function faulted(victim: Victim, plan: RunPlan, work: string, secrets: Set<string>): Promise<RunResult> {
  const start = performance.now();
  const stack = await victim.open(work, plan.verb === "up" ? undefined : plan.change);
  const before = storesOf(existing(stack.places.cloud));
  const resources = plan.verb === "update" ? victim.updated : victim.resources;
  const injected = await inject(stack, plan, resources);
  remember(stack, secrets);
  const met = metBy(stack, plan);
  const verb = plan.verb === "down" ? "destroy" : "up";
  const troubled = plan.lasting === "" ? stack : under(stack, plan.lasting);
  const recovery = await recover(troubled, verb, victim.tags, new Set(plan.verb === "update" ? before : []));
  remember(stack, secrets);
  const after = new Set(storesOf(existing(stack.places.cloud)));
  const lost = plan.verb === "update" ? before.filter((store) => !after.has(store)) : [];
  const printed = { "what the faulted engine printed": injected.stdout + injected.stderr };
  const texts = {
    ...printed,
    "what the recovery printed": recovery.printed,
    "what the second engine printed": injected.second,
  };
  const problems = [
    ...injected.problems,
    ...recovery.problems,
    ...(await agreement(stack).catch(told)),
    ...(plan.verb === "down" ? nothing(stack) : await unchanged(stack)),
    ...leaks([...secrets], join(work, "stacks"), texts),
  ];
  const seconds = (performance.now() - start) / 1000;
  const happened = injected.happened || (plan.fault in providerFaults && met.length > 0);
  const { steps, orphans } = recovery;
  return { ...plan, happened, met: met.length, code: injected.code, steps, orphans, lost, problems, seconds };
}

/** The calls that met the fault: what a provider was asked to do counts for nothing. */
function metBy({ places }: OfflineStack, { setting }: RunPlan): readonly Met[] {
  const faults = parseFaults(setting);
  return faults === undefined ? [] : readMet(`${places.cloud}.faults`, faults.seed);
}

/** The same stack, with providers that fail. */
function under({ setup, places, state }: OfflineStack, setting: string): OfflineStack {
  const environment = { ...setup.environment, ...faultEnvironment(setting) };
  return new OfflineStack({ ...setup, environment }, places, state);
}

function remember({ places }: OfflineStack, secrets: Set<string>): void {
  for (const secret of secretsOf(existing(places.cloud))) secrets.add(secret);
}

function nothing({ places }: OfflineStack): readonly string[] {
  return existing(places.cloud).map(({ urn }) => `left after down: ${urn}`);
}
