// Work across services that either is done as a whole or is undone.
import type { Duration } from "../../components/base/units";
import type { Accepting } from "./acceptance";

/** A saga: steps in order, each with what undoes it. */
export interface Saga extends Accepting {
  readonly description: string;
  /** The service that begins it and is told how it ended. */
  readonly startedBy: string;
  readonly steps: readonly SagaStep[];
}

/** One step of a saga. */
export interface SagaStep extends Accepting {
  /** `reserveInventory` */
  readonly name: string;
  /** The service that does it. */
  readonly service: string;
  /** What the service is told to do. */
  readonly command: string;
  /**
   * The command of the same service that undoes the step, or why there is nothing to undo.
   * @default none, which is an anti-pattern in every step but the last
   */
  readonly compensation?: string | { readonly unneeded: string };
  /** @default "1m" */
  readonly timeout?: Duration;
}
