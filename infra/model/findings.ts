// Collects problems, so that a check goes on after the first one.
import { distance } from "fastest-levenshtein";
import type { Problem } from "../../components/kit/problems";
import { type Duration, milliseconds, seconds } from "../../components/kit/units";

/** Problems found so far. */
export class Findings {
  readonly problems: Problem[] = [];
  private compared = 0;

  /** Records a problem unless the condition holds. */
  require(holds: boolean, path: string, value: unknown, allowed: string, remedy: string): void {
    if (!holds) this.problems.push({ path, value, allowed, remedy });
  }

  /** Records a problem unless the value is a whole number within the bounds. */
  requireWhole(value: number, from: number, to: number, path: string, remedy = "choose a number in this range"): void {
    const holds = Number.isInteger(value) && value >= from && value <= to;
    this.require(holds, path, value, `a whole number from ${from} to ${to}`, remedy);
  }

  /** Records a problem unless the value is a number within the bounds. */
  requireBetween(
    value: number,
    from: number,
    to: number,
    path: string,
    remedy = "choose a number in this range",
  ): void {
    this.require(value >= from && value <= to, path, value, `a number from ${from} to ${to}`, remedy);
  }

  /** Records a problem unless the duration, which may be written in milliseconds, is within the bounds. */
  requireMilliseconds(value: string | undefined, from: string, to: string, path: string): void {
    if (value === undefined) return;
    const given = milliseconds(value);
    const holds = given !== undefined && given >= (milliseconds(from) ?? 0) && given <= (milliseconds(to) ?? 0);
    this.require(holds, path, value, `${from} to ${to}`, 'write a whole number and a unit, such as "100ms"');
  }

  /** Records a problem unless the duration, where given, is within the bounds. */
  requireDuration(value: Duration | undefined, from: Duration, to: Duration, path: string): void {
    if (value === undefined) return;
    const given = seconds(value);
    const holds = given !== undefined && given >= (seconds(from) ?? 0) && given <= (seconds(to) ?? 0);
    this.require(holds, path, value, `${from} to ${to}`, `write a whole number and a unit, such as "${from}"`);
  }

  /** Records a problem unless the name is a key of the record, which may be large. */
  requireKey(
    name: string,
    known: Readonly<Record<string, unknown>>,
    path: string,
    what: string,
    value?: unknown,
  ): void {
    if (Object.hasOwn(known, name)) return;
    this.requireKnown(name, Object.keys(known), path, what, value ?? name);
  }

  /** Records a problem unless the name is one of those known. */
  requireKnown(name: string, known: readonly string[], path: string, what: string, value: unknown = name): void {
    if (known.includes(name)) return;
    this.compared += known.length;
    const meant = this.compared > MOST_COMPARED ? undefined : nearest(name, known);
    const some = known.length > MOST_LISTED ? `a known ${what}` : known.map((one) => one || '""').join(", ");
    this.require(
      false,
      path,
      value,
      known.length > 0 ? some : `nothing: no ${what} is declared`,
      meant === undefined ? `declare the ${what}, or remove the name` : `did you mean "${meant}"?`,
    );
  }
}

/** Names that are compared with unknown ones in all, about a second's work. */
const MOST_COMPARED = 1_000_000;

/** Names that a message lists; more of them hide the others. */
const MOST_LISTED = 24;

/** The known name that a person probably meant: about a third of its letters differ at most. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const ranked = known
    .map((candidate) => ({ candidate, apart: distance(name.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.apart - b.apart);
  const [best] = ranked;
  return best && best.apart <= Math.max(1, Math.ceil(best.candidate.length / 3)) ? best.candidate : undefined;
}
