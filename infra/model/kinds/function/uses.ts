// What a function or a job of a service uses: it gets that and nothing else.
import type * as v from "valibot";
import type { Edge } from "../../edges";
import type { Findings } from "../../findings";
import { compare, sorted } from "../../order";
import { flag, list, object, oneOf, optional, record, text } from "../../schema/words";
import type { Service, System } from "../../system";
import { storeFunctionsOf, tablesOf } from "../event-store/parts";
import { tableEdge } from "../table";
import { publishEdge } from "../topic";

/** Stores and channels that a function or a job uses. */
export interface Uses extends v.InferOutput<typeof Uses> {}
export const Uses = object({
  /** Tables of its service, and what it does with their items. @default none */
  tables: optional(record(text(), oneOf("reads", "writes", "reads-and-writes", "appends", "reads-and-appends"))),
  /** Whether it opens its service's database. @default false */
  database: optional(flag()),
  /** Buckets of its service. @default none */
  buckets: optional(list(text())),
  /** Whether it uses the system's cache, with the keys and channels of its service. @default false */
  cache: optional(flag()),
  /** Topics on which it publishes what its service publishes. @default none */
  publishes: optional(list(text())),
  /** Queues it sends work to. @default none */
  sendsTo: optional(list(text())),
  /** Streams it writes records to. @default none */
  writesTo: optional(list(text())),
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

/** Checks the names of functions and jobs, and what they use. */
export function checkWorkloads(system: System, findings: Findings): void {
  const taken = new Map(Object.keys(system.services).map((name) => [name, `the service ${name}`]));
  for (const [name, { owns }] of Object.entries(system.services)) {
    if (owns?.database?.migration) taken.set(`${name}-migration`, `the migration of ${name}`);
  }
  for (const { workload, owner, name, path, uses, ofStore } of workloadsOf(system)) {
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
    if (ofStore !== true) checkUses(`${path}.uses`, uses, system.services[owner], system, findings);
  }
}

function checkUses(path: string, uses: Uses, owner: Service | undefined, system: System, findings: Findings): void {
  const { tables = {}, buckets = [], publishes = [], sendsTo = [], writesTo = [] } = uses;
  const { owns = {} } = owner ?? {};
  const own = "of its own service";
  for (const name of Object.keys(tables)) {
    findings.requireKnown(name, Object.keys(tablesOf({ owns })), `${path}.tables.${name}`, `table ${own}`);
  }
  const each = (key: string, names: readonly string[], known: readonly string[], what: string): void => {
    names.forEach((name, index) => {
      findings.requireKnown(name, known, `${path}.${key}[${index}]`, what);
    });
  };
  each("buckets", buckets, Object.keys(owns.buckets ?? {}), `bucket ${own}`);
  each("publishes", publishes, Object.keys(owner?.publishes ?? {}), "topic that its service publishes on");
  each("sendsTo", sendsTo, queueNames(system), "queue");
  each("writesTo", writesTo, Object.keys(system.streams ?? {}), "stream");
  findings.require(
    uses.database !== true || owns.database !== undefined,
    `${path}.database`,
    true,
    "false: its service has no database",
    "describe owns.database, or remove it",
  );
  findings.require(
    uses.cache !== true || system.cache !== undefined,
    `${path}.cache`,
    true,
    "false: the system has no cache",
    "add cache: {} to the system, or remove it",
  );
}

function queueNames({ services }: System): string[] {
  return Object.values(services).flatMap(({ consumes = {} }) => Object.keys(consumes));
}

/** The edges of a function or a job of a service to stores and channels. */
export function usesEdges({ workload: from, owner, uses }: Workload, service: Pick<Service, "publishes">): Edge[] {
  const { tables = {}, database, buckets = [], cache, publishes = [], sendsTo = [], writesTo = [] } = uses;
  const policy = {};
  return [
    ...(database === true
      ? [
          {
            ...{ name: "database", from, verb: "owns" as const, policy },
            to: { kind: "database", name: `${owner}-db`, owner },
          },
        ]
      : []),
    ...(cache === true
      ? [{ name: "cache", from, verb: "uses" as const, to: { kind: "cache", name: "cache" }, policy }]
      : []),
    ...once(buckets).map((name): Edge => ({
      name: `bucket-${name}`,
      from,
      verb: "owns",
      to: { kind: "bucket", name, owner },
      policy,
    })),
    ...sorted(tables).map(([name, use]) => tableEdge(from, { kind: "table", name, owner }, use)),
    ...once(publishes).map((name) => publishEdge(from, name, service.publishes?.[name] ?? [])),
    ...once(sendsTo).map((name): Edge => {
      return {
        name: `send-${name}`,
        from,
        verb: "sends",
        to: { kind: "queue", name },
        policy: { alsoConsumes: false },
      };
    }),
    ...once(writesTo).map((name): Edge => ({
      name: `write-${name}`,
      from,
      verb: "writes",
      to: { kind: "stream", name },
      policy,
    })),
  ];
}

function once(names: readonly string[]): string[] {
  return [...new Set(names)].sort(compare);
}
