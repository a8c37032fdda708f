// What differs between the engine's state and the cloud: `pulumi refresh --preview-only`, read from its events.
import type { EngineStack } from "../../cli/engine-stack";
import { Explained } from "../../cli/process";

/** A property that is not as it was made; without a property, the whole resource is gone. */
export interface Drift {
  readonly type: string;
  readonly name: string;
  readonly property?: string;
  readonly was: string;
  readonly is: string;
}

interface State {
  readonly inputs?: Readonly<Record<string, unknown>> | null;
  readonly outputs?: Readonly<Record<string, unknown>> | null;
}

interface Metadata {
  readonly op: string;
  readonly urn: string;
  readonly type: string;
  readonly old?: State | null;
  readonly new?: State | null;
  /** Properties that differ, those included whose values the engine hides. */
  readonly diffs?: readonly string[] | null;
}

/** How the engine marks a secret, whose value it hides. */
const secretMark = "4dabf18193072939515e22adb298388d";

/** Looks for drift and changes nothing. */
export async function look(stack: EngineStack): Promise<readonly Drift[]> {
  return driftsOf(await engine(stack, "refresh", ["--preview-only"]));
}

/**
 * Runs a verb that must succeed.
 * @returns the events that tell of a resource's outcome, a line each
 */
export async function engine(stack: EngineStack, verb: string, args: readonly string[]): Promise<string> {
  const { code, stdout, stderr, events } = await stack.watched(verb, ["--color", "never", ...args], {
    wanted: isOutcome,
  });
  if (code !== 0) throw new Explained(`\`pulumi ${verb}\` failed:\n${stdout.trim()}\n${stderr.trim()}`);
  return events;
}

const isOutcome = (line: string): boolean => line.includes('"resOutputsEvent"');

/** Reads the drifts of a refresh's event log. */
export function driftsOf(log: string): readonly Drift[] {
  return log.split("\n").flatMap((line) => {
    if (!isOutcome(line)) return [];
    const { metadata } = (JSON.parse(line) as { resOutputsEvent: { metadata: Metadata } }).resOutputsEvent;
    const { type, urn } = metadata;
    const name = urn.split("::").slice(3).join("::");
    if (type === "pulumi:pulumi:Stack" || metadata.op === "same") return [];
    if (metadata.op === "delete") return [{ type, name, was: "there", is: "gone" }];
    return differences(metadata).map((difference) => ({ type, name, ...difference }));
  });
}

function differences({ old, new: found, diffs }: Metadata): readonly Omit<Required<Drift>, "type" | "name">[] {
  const before = old?.outputs ?? {};
  const after = found?.outputs ?? {};
  const hidden = new Set((diffs ?? []).filter((key) => isSecret(before[key]) || isSecret(after[key])));
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .sort()
    .filter((key) => !key.startsWith("__"))
    .filter((key) => hidden.has(key) || JSON.stringify(before[key]) !== JSON.stringify(after[key]))
    .map((property) => ({
      property,
      was: shown(before[property]),
      is: hidden.has(property) ? "another secret" : shown(after[property]),
    }));
}

function isSecret(value: unknown): boolean {
  return value !== undefined && JSON.stringify(value).includes(secretMark);
}

function shown(value: unknown): string {
  if (value === undefined) return "(not set)";
  return isSecret(value) ? "[secret]" : JSON.stringify(value);
}
