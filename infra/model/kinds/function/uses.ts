// The stores and channels that a function or a job of a service uses; it gets rights on these only.
import type * as v from "valibot";
import type { Findings } from "../../findings";
import { sorted } from "../../order";
import { object } from "../../schema/words";
import type { Service, System } from "../../system";
import { uses as analytics } from "../analytics/description";
import { uses as buckets } from "../bucket/description";
import { uses as cache } from "../cache/description";
import { uses as database } from "../database/description";
import { uses as documents } from "../documents/description";
import { storeFunctionsOf } from "../event-store/parts";
import { uses as sendsTo } from "../queue/description";
import { uses as search } from "../search/description";
import { uses as writesTo } from "../stream/description";
import { uses as tables } from "../table/description";
import { uses as publishes } from "../topic/description";

// The kinds check their keys and make the edges (`Kind.uses`).
/** Stores and channels that a function or a job uses. */
export interface Uses extends v.InferOutput<typeof Uses> {}
export const Uses = object({
  ...tables,
  ...database,
  ...search,
  ...documents,
  ...analytics,
  ...buckets,
  ...cache,
  ...publishes,
  ...sendsTo,
  ...writesTo,
});

/** A function or a job, with what is built of it under one name: roles, groups, users. */
export interface Workload {
  /** `<service>-<name>` */
  readonly workload: string;
  readonly owner: string;
  readonly name: string;
  /** `services.tracking.functions.store` */
  readonly path: string;
  readonly uses: Uses;
  /** Whether it is part of an event store: the description of the store is checked in its place. */
  readonly ofStore?: true;
}

/** The functions of a system by service and name, with those of event stores. */
export function functionsOf({ services }: Pick<System, "services">) {
  return sorted(services).flatMap(([owner, service]) => [
    ...describedFunctions(owner, service),
    ...storeFunctionsOf(owner, service).map(({ name, path, settings }) => ({
      ...workload(owner, "functions", name, settings),
      ...{ path, settings, ofStore: true as const },
    })),
  ]);
}

function describedFunctions(owner: string, { functions = {} }: Pick<Service, "functions">) {
  return sorted(functions).map(([name, settings]) => ({ ...workload(owner, "functions", name, settings), settings }));
}

/** The functions that services describe, by service and name. */
export function describedFunctionsOf({ services }: Pick<System, "services">) {
  return sorted(services).flatMap(([owner, service]) => describedFunctions(owner, service));
}

/** The jobs of a system, by service and name. */
export function jobsOf({ services }: Pick<System, "services">) {
  return sorted(services).flatMap(([owner, { jobs = {} }]) =>
    sorted(jobs).map(([name, settings]) => ({ ...workload(owner, "jobs", name, settings), settings })),
  );
}

/** The functions and jobs of a system. */
export function workloadsOf(system: Pick<System, "services">): Workload[] {
  return [...functionsOf(system), ...jobsOf(system)];
}

function workload(owner: string, key: string, name: string, { uses = {} }: { readonly uses?: Uses }): Workload {
  return { workload: `${owner}-${name}`, owner, name, path: `services.${owner}.${key}.${name}`, uses };
}

/** Queues of a service that its functions consume: its tasks do not. */
export function queuesOfFunctions({ functions = {} }: Pick<Service, "functions">): ReadonlySet<string> {
  return new Set(Object.values(functions).flatMap(({ on = {} }) => Object.keys(on.queues ?? {})));
}

/** IAM's names hold 64 characters; a role of ours and Pulumi's suffix take 18. */
const LONGEST_WORKLOAD = 46;
/** A user of the cache is called after the workload: ElastiCache allows 40 characters, and a suffix of nine takes its part. */
const LONGEST_USER = 31;

/** Checks the names of functions and jobs. */
export function checkWorkloads(system: System, findings: Findings): void {
  const taken = new Map(Object.keys(system.services).map((name) => [name, `the service ${name}`]));
  for (const [name, { owns }] of Object.entries(system.services)) {
    if (owns?.database?.migration) taken.set(`${name}-migration`, `the migration of ${name}`);
  }
  for (const { workload, owner, name, path, uses } of workloadsOf(system)) {
    const other = taken.get(workload);
    findings.require(
      other === undefined,
      path,
      name,
      `another name: ${workload} is the name of ${other ?? ""}`,
      "rename one of them",
    );
    taken.set(workload, path);
    const most = uses.cache === true ? LONGEST_USER : LONGEST_WORKLOAD;
    findings.require(
      workload.length <= most,
      path,
      name,
      `a name with which ${owner}-${name} has at most ${most} characters`,
      "shorten it; roles, groups and users are called so",
    );
  }
}
