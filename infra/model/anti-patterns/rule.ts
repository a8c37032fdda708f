// The interface of an anti-pattern's rule and of its findings.
import type { AntiPatternId } from "./catalogue";
import type { Graph } from "./graph";

/** An anti-pattern: one file each. Pure; works on descriptions with problems too, so that everything is reported at once. */
export interface Rule {
  readonly id: AntiPatternId;
  /** An error stops a deployment, a warning is printed. */
  readonly severity: "error" | "warning";
  /** The allowed alternative, in a few words. */
  readonly allowed: string;
  /** Why it hurts, in a few words. */
  readonly why: string;
  /** Why the rule allows no exception. @default exceptions are allowed */
  readonly unacceptable?: string;
  /** Whether it is found in some environments only. @default false */
  readonly varies?: boolean;
  readonly find: (graph: Graph) => readonly Sighting[];
}

/** An anti-pattern at one place of a system. */
export interface Sighting {
  /** The property to change (`services.order.calls.payment`). */
  readonly path: string;
  /** The way through the graph that shows it (`order → payment → ledger`), and what is wrong on it. */
  readonly found: string;
  /** How to change the description. */
  readonly remedy: string;
  /** Paths at which an exception can be declared, nearest first. */
  readonly places: readonly string[];
}

/** Path of exceptions for the system as a whole. */
export const WHOLE_SYSTEM = "";

/** `services.order` */
export function serviceAt(name: string): string {
  return `services.${name}`;
}

/** `services.order.calls.payment` */
export function callAt(caller: string, callee: string): string {
  return `services.${caller}.calls.${callee}`;
}

/** `topics.order-events` */
export function topicAt(name: string): string {
  return `topics.${name}`;
}

/** Names that one message shows: more of them say no more. */
const MOST_SHOWN = 12;

/** `a → b → c`; of a long way its beginning and its end. */
export function trail(...names: readonly string[]): string {
  if (names.length <= MOST_SHOWN) return names.join(" → ");
  const half = MOST_SHOWN / 2;
  return [...names.slice(0, half), `… ${names.length - MOST_SHOWN} more …`, ...names.slice(-half)].join(" → ");
}

/** `a`, `a and b`, `a, b and c`; of many the first. */
export function listed(names: readonly string[]): string {
  if (names.length > MOST_SHOWN)
    return `${names.slice(0, MOST_SHOWN).join(", ")} and ${names.length - MOST_SHOWN} more`;
  const last = names.at(-1) ?? "";
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")} and ${last}`;
}

/** `1 call`, `3 calls` */
export function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
