// The interface of a kind. Each kind has a folder, and registry.ts lists them all for the functions of the model.
import type * as v from "valibot";
import type { Derived, Edge, Thing } from "../edges";
import type { Environment } from "../environment";
import type { Findings } from "../findings";
import { compare } from "../order";
import type { PlatformWords, ServicePlan } from "../plan";
import type { Settings } from "../settings";
import type { Service, System } from "../system";
import type { Workload } from "./function/uses";

/** Keys of a description by name, with the schema of each. */
export type Entries = Readonly<Record<string, v.GenericSchema>>;

/** Keys that a kind adds to a description. */
export interface Described {
  /** To what a service owns (`owns.buckets`). */
  readonly owns?: Entries;
  /** To a service (`consumes`). */
  readonly service?: Entries;
  /** To the system (`topics`). */
  readonly system?: Entries;
}

/** An environment variable of a service and what sets it. */
export interface Variable {
  readonly variable: string;
  /** Below the service (`calls.payment`); empty for what every service has. */
  readonly path: string;
}

/** A value that only one service of a system may have: a priority, a path, a queue. */
export interface Claim {
  readonly kind: string;
  readonly value: string | number;
  readonly service: string;
  /** Below the service. */
  readonly path: string;
  readonly remedy: string;
}

/** Words for pictures, pages and catalogues about a node that a service owns or has an edge to. */
export interface Words {
  /** Name of the thing in a picture (`bucket:product/images`). */
  readonly thing: string;
  /** Sign in front of its line. */
  readonly icon: "database" | "bucket" | "cache" | "stream" | "function" | "job";
  /** Line of the service's card (`bucket images`). */
  readonly card: string;
  /** Meaning of the sign in the legend (`own bucket`). */
  readonly legend: string;
  /** Name in a flowchart, and the suffix of its identifier behind the service's; undefined: it is drawn once for all services. */
  readonly flowchart?: { readonly suffix: string; readonly label: string };
  /** A sentence on the edge (`product alone owns the bucket images`). */
  readonly sentence: string;
  /** Entry of the service's panel on the page. */
  readonly panel: { readonly head: string; readonly note: string };
  /** Lines of the service's entry in the catalogue, in Markdown (``owns the bucket `images` ``). */
  readonly catalogue: readonly string[];
}

/** What a function or a job of a service uses. */
export interface Using extends Workload {
  /** The service that it belongs to. */
  readonly service: Service;
  readonly system: System;
}

/** Access of functions and jobs to things of a kind: the keys of `uses` that the kind's description adds. */
export interface Usable {
  /** Problems between what one of them uses and what the system has. @param path `services.order.functions.store.uses` */
  check(using: Using, path: string, findings: Findings): void;
  /** Its edges to things of the kind. */
  edges(using: Using): readonly Edge[];
}

/** What nodes and edges are derived from. */
export interface Whole {
  readonly system: System;
  readonly environment: Environment;
  readonly settings: Settings;
  /** Services, decided; callees before callers. */
  readonly services: readonly ServicePlan[];
  /** The edges of a function or a job, of all kinds. */
  readonly usesOf: (workload: Workload) => readonly Edge[];
}

/** The services of a system, in the order of the plan. */
export function describedServices({ system, services }: Whole): [name: string, service: Service][] {
  return services.flatMap(({ name }): [string, Service][] => {
    const service = system.services[name];
    return service ? [[name, service]] : [];
  });
}

/** All that the model has to say about a kind. */
export interface Kind<D extends Described = Described, N extends Thing = never> {
  readonly describes: D;
  /** Problems between values of a system, each of which the schema has accepted. @default none */
  readonly conflicts?: (system: System, findings: Findings) => void;
  /** Values that only one service may have. @default none */
  readonly claims?: (system: System) => readonly Claim[];
  /** Variables that its edges set in a service, as the components name them. @default none */
  readonly variables?: (name: string, service: Service, system: Pick<System, "sagas">) => readonly Variable[];
  /** The things of this kind that a system has, and what services do with them. @default none: it is described only */
  readonly derive?: (whole: Whole) => Derived<N>;
  /** Access of functions and jobs to things of this kind. @default none */
  readonly uses?: Usable;
  /** Words for a store, towards a service that has an edge to it. @default none: it is no store */
  words?(node: N, service: string, platform: PlatformWords | undefined): Words;
}

/** A kind, whichever it is. */
export type AnyKind = Kind<Described, Thing>;

/** Variables with a common beginning. */
export function variablesWith(prefix: string, names: readonly string[], path: string): Variable[] {
  return names.map((name) => ({ variable: `${prefix}${name}`, path }));
}

/** The edge from each owner to its store, of which it has one at most. */
export function ownsEdges(nodes: readonly (Thing & { readonly owner: string })[]): Edge[] {
  return nodes.map((to): Edge => ({ name: to.kind, from: to.owner, verb: "owns", to, policy: {} }));
}

/** Each name once, sorted. */
export const once = (names: readonly string[] = []): string[] => [...new Set(names)].sort(compare);

/**
 * Use of a store of which a service has one at most (`uses: { database: true }`).
 *
 * @param suffix behind the service's name in the name of the store
 * @param words `search domain`
 */
export function useOfOne(
  kind: "database" | "search" | "documents" | "analytics",
  suffix: string,
  words: string,
): Usable {
  return {
    check({ uses, service }, path, findings) {
      findings.require(
        (uses[kind] ?? false) === false || service.owns?.[kind] !== undefined,
        `${path}.${kind}`,
        uses[kind],
        `false: its service has no ${words}`,
        `describe owns.${kind}, or remove it`,
      );
    },
    edges({ workload: from, owner, uses }) {
      const used = uses[kind] ?? false;
      if (used === false) return [];
      const verb = used === "reads" ? "reads" : "owns";
      return [{ name: kind, from, verb, to: { kind, name: `${owner}-${suffix}`, owner }, policy: {} }];
    },
  };
}

/** Checks names that a function or a job uses against those that there are. */
export function checkNames(
  names: readonly string[] = [],
  known: readonly string[],
  what: string,
  path: string,
  findings: Findings,
): void {
  names.forEach((name, index) => {
    findings.requireKnown(name, known, `${path}[${index}]`, what);
  });
}
