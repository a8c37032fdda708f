// Exceptions: accepted findings. Each needs a reason, an owner and a last day.
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Finding, Resource } from "./rule";

/** An accepted finding. Names may hold `*`, which stands for any text. */
export interface Exception {
  /** Identifier of the rule. */
  readonly rule: string;
  /** Name of the resource. */
  readonly resource: string;
  /** Project in which it holds. @default `*` */
  readonly project?: string;
  /** Stack in which it holds. @default `*` */
  readonly stack?: string;
  /** Type token of the resource. @default `*` */
  readonly type?: string;
  /** Path of the finding. @default `*` */
  readonly path?: string;
  /** Why it is accepted: a sentence. */
  readonly reason: string;
  /** The person or team that is responsible for it. */
  readonly owner: string;
  /** The last day on which it holds, as `2027-01-31`. */
  readonly until: string;
}

/** What is wrong with an exception. */
export interface Fault {
  readonly exception: Partial<Exception>;
  readonly text: string;
}

/** Characters that say something. */
const LEAST_REASON = 15;

/** The exceptions of a pack, and which of them were used. */
export class Exceptions {
  private readonly used = new Set<Exception>();
  private readonly held: readonly Exception[];
  /** What is wrong with exceptions, whatever the stack holds. */
  readonly faults: readonly Fault[];

  /**
   * @param today `2026-11-28`
   * @throws nothing: what is no exception is a fault
   */
  constructor(given: readonly Partial<Exception>[], today: string) {
    const faults = given.flatMap((exception) => faultsOf(exception, today).map((text) => ({ exception, text })));
    this.faults = faults;
    this.held = given.filter((one): one is Exception => !faults.some(({ exception }) => exception === one));
  }

  /** Whether a finding is accepted. */
  accepts(rule: string, { name, type, urn }: Resource, { path }: Finding): boolean {
    const [, , stack = "", , project = ""] = urn.split(":");
    const found = this.held.filter(
      (one) =>
        matches(one.rule, rule) &&
        matches(one.resource, name) &&
        matches(one.project, project) &&
        matches(one.stack, stack) &&
        matches(one.type, type) &&
        matches(one.path, path),
    );
    for (const one of found) this.used.add(one);
    return found.length > 0;
  }

  /** Those that accepted something. */
  get accepted(): readonly Exception[] {
    return this.held.filter((one) => this.used.has(one));
  }

  /**
   * Those that are for the stack of a resource by name, and accepted nothing in it. One for types of which the stack has no resource is left out.
   *
   * @param types of the resources in the stack
   */
  useless(urn: string, types: readonly string[]): readonly Exception[] {
    const [, , stack = "", , project = ""] = urn.split(":");
    const named = ({ stack: pattern }: Exception): boolean => pattern !== undefined && pattern !== "*";
    const concerns = ({ type }: Exception): boolean => type === undefined || types.some((each) => matches(type, each));
    const matching = this.held.filter((one) => matches(one.stack, stack) && matches(one.project, project));
    return matching.filter((one) => !this.used.has(one) && named(one) && concerns(one));
  }
}

/** One line that says all of an exception. */
export function described({ rule, resource, stack, reason, owner, until }: Partial<Exception>): string {
  return `${rule ?? "?"} of ${resource ?? "?"} in ${stack ?? "every stack"}: ${reason ?? "?"} (${owner ?? "nobody"}, until ${until ?? "?"})`;
}

/**
 * The exceptions in a file of YAML or JSON: a list of them, or a map with the list `exceptions` and the `project` of them all.
 *
 * @param file relative to the folder from which the engine was started. @default the variable ARCHIPELAGO_POLICY_EXCEPTIONS,
 * or `policy-exceptions.yaml` of that folder where it is there
 * @throws Error when the named file can't be read
 */
export function readExceptions(file?: string): readonly Partial<Exception>[] {
  // The engine starts a pack in the pack's own folder; the shell's variable says where the person is.
  const folder = process.env.PWD ?? process.cwd();
  const named = file ?? process.env.ARCHIPELAGO_POLICY_EXCEPTIONS;
  const path = named === undefined ? join(folder, "policy-exceptions.yaml") : resolve(folder, named);
  if (named === undefined && !existsSync(path)) return [];
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- a stack without exceptions does not wait for the parser
  const { load, JSON_SCHEMA } = require("js-yaml") as typeof import("js-yaml");
  // Days stay texts.
  const read: unknown = load(readFileSync(path, "utf8"), { schema: JSON_SCHEMA });
  if (Array.isArray(read)) return read as readonly Partial<Exception>[];
  if (typeof read !== "object" || read === null) return [];
  const { project, exceptions } = read as { project?: string; exceptions?: unknown };
  const list = Array.isArray(exceptions) ? (exceptions as readonly Partial<Exception>[]) : [];
  return project === undefined ? list : list.map((one) => ({ project, ...one }));
}

function faultsOf(exception: Partial<Exception>, today: string): readonly string[] {
  const missing = (["rule", "resource", "reason", "owner", "until"] as const).filter(
    (key) => typeof exception[key] !== "string" || exception[key].trim() === "",
  );
  if (missing.length > 0) return [`it has no ${missing.join(", ")}`];
  const { reason = "", until = "" } = exception;
  if (reason.trim().length < LEAST_REASON) return [`its reason is no sentence: "${reason}"`];
  if (!/^\d{4}-\d{2}-\d{2}$/.test(until) || Number.isNaN(Date.parse(until)))
    return [`its last day is no day: "${until}"`];
  return until < today ? [`it ended on ${until}`] : [];
}

function matches(pattern: string | undefined, text: string): boolean {
  if (pattern === undefined || pattern === "*") return true;
  if (!pattern.includes("*")) return pattern === text;
  const expression = pattern.split("*").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${expression.join(".*")}$`).test(text);
}
