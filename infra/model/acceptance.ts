// Exceptions from the anti-patterns: beside the edge that they excuse, with a reason and a day on which they end.
import type { AntiPatternId } from "./anti-patterns/catalogue";

/** Why something that is usually wrong is right here, and until when. */
export interface Acceptance {
  /** A sentence for the next reader. */
  readonly reason: string;
  /** The last day on which it holds, as `YYYY-MM-DD` in UTC. */
  readonly until: `${number}-${number}-${number}`;
}

/** A part of the description that may hold exceptions. */
export interface Accepting {
  /** Exceptions by the anti-pattern's name. @default none */
  readonly accepts?: Readonly<Partial<Record<AntiPatternId, Acceptance>>>;
}
