// Planned changes of a preview, from the engine's event log.
import { documentDifferences } from "./documents";
import { heldBy } from "./data-holders";

/** What happens to a resource. */
export type Operation = "create" | "update" | "replace" | "delete";

/** A property that differs. */
export interface Cause {
  readonly path: string;
  /** This property alone would replace the resource. */
  readonly replaces: boolean;
  /** As text; secrets hidden. */
  readonly before: string;
  readonly after: string;
}

/** What happens to one resource, and why. */
export interface Change {
  readonly operation: Operation;
  readonly type: string;
  readonly name: string;
  /** Those that replace come first. */
  readonly causes: readonly Cause[];
  /** Data that is lost when the resource is deleted. */
  readonly loses?: string;
  /** What refuses the deletion: `engine` while it plans (`protect`), or `cloud` during the deletion (deletion protection). */
  readonly refusedBy?: "engine" | "cloud";
}

interface Side {
  /** Pulumi forgets it and leaves it where it is. */
  readonly retainOnDelete?: boolean;
  readonly protect?: boolean;
  readonly inputs?: Readonly<Record<string, unknown>>;
}

interface Step {
  readonly op: string;
  readonly urn: string;
  readonly type: string;
  readonly old?: Side | null;
  readonly new?: Side | null;
  readonly keys?: readonly string[] | null;
  readonly diffs?: readonly string[] | null;
  readonly detailedDiff?: Readonly<Record<string, { readonly diffKind?: string }>> | null;
}

const operations: ReadonlySet<string> = new Set(["create", "update", "replace", "delete"]);
const secretMark = "4dabf18193072939515e22adb298388d";
/** How the engine writes what is unknown at preview. */
const unknown = /^(?:04da6b54-80e4-46f7-96ec-b56ff0331ba9|output<string>)$/;
const unknownWithin = /"04da6b54-80e4-46f7-96ec-b56ff0331ba9"/g;
const later = "(known after the update)";
const longest = 120;
/** A statement of a policy fits, a whole policy or container does not. */
const LONGEST_DOCUMENT = 400;

/** Reads the changes of custom resources out of an event log, by operation, type and name. */
export function changesOf(log: string): readonly Change[] {
  const steps = new Map<string, Step>();
  // The engine reports the reasons with either of the two steps of a replacement.
  const reasons = new Map<string, Step>();
  for (const line of log.split("\n")) {
    if (!line.includes('"resourcePreEvent"')) continue;
    const step = (JSON.parse(line) as { resourcePreEvent?: { metadata: Step } }).resourcePreEvent?.metadata;
    if (step && operations.has(step.op)) steps.set(step.urn, step);
    if (step?.op === "create-replacement") reasons.set(step.urn, step);
  }
  const order = ({ operation, type, name }: Change): string => `${operation} ${type} ${name}`;
  return [...steps.values()]
    .filter(({ type }) => !/^(?:pulumi|archipelago|awsx):/.test(type))
    .map((step) => changeOf(step, reasons.get(step.urn)))
    .sort((left, right) => order(left).localeCompare(order(right), "en"));
}

function changeOf(step: Step, reason: Step | undefined): Change {
  const operation = step.op as Operation;
  const name = step.urn.split("::").slice(3).join("::");
  // A retained one that is replaced leaves its place to an empty one.
  const goes = operation === "replace" || (operation === "delete" && step.old?.retainOnDelete !== true);
  const loses = goes ? heldBy(step.type) : undefined;
  const refusedBy = goes ? guardOf(step.old) : undefined;
  const causes =
    operation === "create" || operation === "delete" ? [] : causesOf(told(step) || !reason ? step : reason);
  return {
    operation,
    type: step.type,
    name,
    causes,
    ...(loses !== undefined && { loses }),
    ...(refusedBy && { refusedBy }),
  };
}

function guardOf(old: Side | null | undefined): Change["refusedBy"] {
  if (old?.protect === true) return "engine";
  const { deletionProtection, enableDeletionProtection } = old?.inputs ?? {};
  return deletionProtection === true || enableDeletionProtection === true ? "cloud" : undefined;
}

function told({ detailedDiff, diffs, keys }: Step): boolean {
  return detailedDiff != null || diffs != null || keys != null;
}

function causesOf({ old, new: now, keys, diffs, detailedDiff }: Step): readonly Cause[] {
  const replacing = new Set(keys ?? []);
  const detailed = Object.entries(detailedDiff ?? {}).map(([path, { diffKind = "" }]) => ({
    path,
    replaces: diffKind.endsWith("replace"),
  }));
  const named = (diffs ?? keys ?? []).map((path) => ({ path, replaces: replacing.has(path) }));
  return (detailed.length > 0 ? detailed : named)
    .flatMap(({ path, replaces }) => {
      const [before, after] = [at(old?.inputs, path), at(now?.inputs, path)];
      const members = documentDifferences(before, after)?.map((member) => ({
        ...member,
        path: `${path}: ${member.path}`,
      }));
      if (members === undefined || members.length === 0)
        return [{ path, replaces, ...bothShown(before, after, sizeOf) }];
      return members.map((each) => ({ path: each.path, replaces, ...bothShown(each.before, each.after, startOf) }));
    })
    .sort((left, right) => Number(right.replaces) - Number(left.replaces) || left.path.localeCompare(right.path, "en"));
}

function at(values: unknown, path: string): unknown {
  let value = values;
  for (const step of path.match(/[^.[\]"]+/g) ?? []) {
    if (typeof value !== "object" || value === null) return undefined;
    // Below a secret, everything is.
    if (secretMark in value) return value;
    value = (value as Record<string, unknown>)[step];
  }
  return value;
}

/** The first letters of a whole document say nothing. */
const sizeOf = (text: string): string => `(a document of ${text.length} characters)`;
/** Those of a member of it do. */
const startOf = (text: string): string => `${text.slice(0, longest)}… (${text.length} characters)`;

/** Letters that stay before the first that differs. */
const BEFORE = 30;

/** Both sides as text; of long ones the part in which they differ. */
function bothShown(before: unknown, after: unknown, long: (text: string) => string): Pick<Cause, "before" | "after"> {
  const from = differsAt(before, after);
  const part = (value: unknown): unknown => (typeof value === "string" && from > 0 ? `…${value.slice(from)}` : value);
  return { before: shown(part(before), long), after: shown(part(after), long) };
}

/** Where to begin with two long texts; 0 where their beginnings are shown. */
function differsAt(before: unknown, after: unknown): number {
  if (typeof before !== "string" || typeof after !== "string") return 0;
  if (Math.max(before.length, after.length) <= longest || [before, after].some((text) => /^[[{]/.test(text))) return 0;
  let at = 0;
  while (at < Math.min(before.length, after.length) && before[at] === after[at]) at++;
  return Math.max(0, at - BEFORE);
}

function shown(value: unknown, long: (text: string) => string): string {
  if (value === undefined || value === null) return "(not set)";
  if (typeof value === "string" && unknown.test(value)) return later;
  const whole = typeof value === "string" ? value : JSON.stringify(value).replace(unknownWithin, later);
  // A line break would end the indentation.
  const text = whole.replace(/\s*\n\s*/g, " ⏎ ");
  if (text.includes(secretMark)) return "[secret]";
  if (text.length > LONGEST_DOCUMENT && /^[[{]/.test(text)) return long(text);
  return text.length > longest && !/^[[{]/.test(text) ? `${text.slice(0, longest)}…` : text;
}
