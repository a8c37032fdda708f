// The clock, for whoever hands the day down; what is told a day has none of its own.
import type { Day } from "./model/anti-patterns";

/** Today in UTC. */
export function thisDay(): Day {
  return new Date().toISOString().slice(0, 10);
}
