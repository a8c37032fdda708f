// Which values only the creation of a resource gives, and who holds them: found in the values themselves, for any type.
import type { Value } from "../../../offline/providers/core/values";
import { inOrder } from "./longest";
import { nameOf, type Step, type Wait } from "./steps";

/** What one step gives to another: something that the cloud makes up, or no more than a name that the provider makes up. */
export type Given = "value" | "generated name";

/** For each step, the steps whose creation gave what its inputs hold. */
export function sourcesOf(steps: readonly Step[]): ReadonlyMap<Step, ReadonlyMap<Step, Given>> {
  const ancestors = ancestorsOf(steps);
  const givers = giversOf(steps, ancestors);
  return new Map(
    steps.map((step) => {
      const text = textOf(step.inputs);
      const sources = [...(ancestors.get(step) ?? [])].flatMap((source): [Step, Given][] => {
        const held = (givers.get(source) ?? []).filter((value) => text.includes(value));
        if (held.length === 0) return [];
        return [[source, held.every((value) => isGeneratedName(source, value)) ? "generated name" : "value"]];
      });
      return [step, new Map(sources)];
    }),
  );
}

/** Whether a property names the step that it waits for by its identifier: a reference to what does not exist is refused. */
export function refers({ inputs }: Step, { on, by }: Wait): boolean {
  const { id, arn } = on.outputs;
  return on.creates && textsIn(inputs[by] ?? null).some((text) => text !== "" && (text === id || text === arn));
}

/**
 * Whether a property holds a piece of an identifier that the step's creation made up, such as the end of a key's identifier in a
 * name that must be unique. Eight characters with letters and digits happen nowhere by chance.
 */
export function holdsPiece({ inputs }: Step, { on, by }: Wait): boolean {
  const { id } = on.outputs;
  if (!on.creates || typeof id !== "string" || textOf(on.inputs).includes(id)) return false;
  const pieces = textOf(inputs[by] ?? null).split(/[^A-Za-z0-9]+/);
  const dense = id.replaceAll("-", "");
  return pieces.some((piece) => piece.length >= 8 && isDistinct(piece) && dense.includes(piece));
}

/**
 * Values by the only step that gives them. A value is nobody's when it was in some input before (an echo, a zone, an engine's
 * version) or when steps that do not follow from one another give it (an account's number, a state).
 */
function giversOf(
  steps: readonly Step[],
  ancestors: ReadonlyMap<Step, ReadonlySet<Step>>,
): ReadonlyMap<Step, readonly string[]> {
  const candidates = new Map<string, Step[]>();
  for (const step of steps.filter(({ creates }) => creates)) {
    const own = textOf(step.inputs);
    for (const value of new Set(textsIn(step.outputs))) {
      if (!isDistinct(value) || own.includes(value)) continue;
      candidates.set(value, [...(candidates.get(value) ?? []), step]);
    }
  }
  const holders = holdersOf(steps);
  const result = new Map<Step, string[]>();
  for (const [value, from] of candidates) {
    const follows = (one: Step, other: Step): boolean => ancestors.get(one)?.has(other) === true;
    const [giver, ...others] = from.filter((step) => !from.some((other) => follows(step, other)));
    if (giver === undefined || others.length > 0) continue;
    if ((holders.get(value) ?? []).some((holder) => !follows(holder, giver))) continue;
    result.set(giver, [...(result.get(giver) ?? []), value]);
  }
  return result;
}

/** Everything that a step waits for, and what that waits for. */
function ancestorsOf(steps: readonly Step[]): ReadonlyMap<Step, ReadonlySet<Step>> {
  const waitsOf = (step: Step): readonly Step[] => step.waits.map(({ on }) => on);
  const ancestors = new Map<Step, Set<Step>>();
  for (const step of inOrder(steps, waitsOf)) {
    const own = new Set<Step>();
    for (const wait of waitsOf(step)) {
      own.add(wait);
      for (const ancestor of ancestors.get(wait) ?? []) own.add(ancestor);
    }
    ancestors.set(step, own);
  }
  return ancestors;
}

/** Steps by each whole text in their inputs. */
function holdersOf(steps: readonly Step[]): ReadonlyMap<string, readonly Step[]> {
  const holders = new Map<string, Step[]>();
  for (const step of steps)
    for (const value of new Set(textsIn(step.inputs))) holders.set(value, [...(holders.get(value) ?? []), step]);
  return holders;
}

/** Identifiers, ARNs, host names and generated names have digits among letters; what a short word says, anybody may say. */
function isDistinct(value: string): boolean {
  return value.length >= 6 && /\d/.test(value) && /[A-Za-z]/.test(value);
}

/** Pulumi's own: the logical name and seven random digits. Known before the creation, and handed on only after it. */
function isGeneratedName(step: Step, value: string): boolean {
  return value.startsWith(`${nameOf(step)}-`) && /^[0-9a-f]{7}$/.test(value.slice(nameOf(step).length + 1));
}

function textOf(value: Value): string {
  return textsIn(value).join("\n");
}

function textsIn(value: Value): readonly string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value as Readonly<Record<string, Value>>).flatMap(textsIn);
}
