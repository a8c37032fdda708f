// Which lines run against the reading direction. Callers stand left of whom they call and publishers left of consumers, but
// where that would make a circle, or a row that nobody can take in, a line runs from right to left instead.
import type { Plan } from "../../model/plan";
import type { Edge } from "./edges";
import type { Homes } from "./homes";

/** Cards side by side in a picture at most, about. */
const COLUMNS = 8;

/** The ids of lines that leave a card on its left and arrive at the right of another. */
export function backwardsOf(lines: readonly Edge[], plan: Plan, homes: Homes): ReadonlySet<string> {
  const largest = Math.max(
    1,
    ...plan.contexts.map(({ name }) => plan.services.filter(({ context }) => context === name).length),
  );
  const columns = Math.ceil(Math.sqrt(largest));
  const within = new Order(columns);
  const between = new Order(Math.max(2, Math.round(COLUMNS / columns)));
  const backwards = new Set<string>();
  // Calls first: what they say weighs more.
  for (const line of [...lines].sort((a, b) => weight(b) - weight(a))) {
    const [from, to] = [homes.cardOf(line.from), homes.cardOf(line.to)];
    if (line.kind === "route" || from === to) continue;
    const [left, right] = [homes.contextOf(from) ?? from, homes.contextOf(to) ?? to];
    const forward = left === right ? within.puts(from, to) : between.puts(left, right);
    if (!forward) backwards.add(line.id);
  }
  return backwards;
}

function weight({ kind }: Edge): number {
  return kind === "call" ? 1 : 0;
}

/** What stands left of what, without circles. */
class Order {
  private readonly after = new Map<string, Set<string>>();
  private readonly before = new Map<string, Set<string>>();

  /** @param columns how many things stand side by side at most */
  constructor(private readonly columns: number) {}

  /** Puts one thing left of another if that is possible, else right of it; returns whether it was. */
  puts(one: string, other: string): boolean {
    const possible = this.allows(one, other);
    if (possible) this.add(one, other);
    else this.add(other, one);
    return possible;
  }

  private add(left: string, right: string): void {
    this.after.set(left, (this.after.get(left) ?? new Set()).add(right));
    this.before.set(right, (this.before.get(right) ?? new Set()).add(left));
  }

  private allows(left: string, right: string): boolean {
    if (this.reaches(right, left)) return false;
    // Neither way is short enough: then the natural one.
    const fits = (a: string, b: string): boolean => depth(a, this.before) + depth(b, this.after) + 2 <= this.columns;
    return fits(left, right) || this.reaches(left, right) || !fits(right, left);
  }

  private reaches(from: string, to: string): boolean {
    const seen = new Set([from]);
    for (const one of seen) for (const next of this.after.get(one) ?? []) seen.add(next);
    return seen.has(to);
  }
}

/** Length of the longest way from a thing. */
function depth(
  from: string,
  ways: ReadonlyMap<string, ReadonlySet<string>>,
  known = new Map<string, number>(),
): number {
  const found = known.get(from);
  if (found !== undefined) return found;
  const longest = Math.max(0, ...[...(ways.get(from) ?? [])].map((next) => depth(next, ways, known) + 1));
  known.set(from, longest);
  return longest;
}
