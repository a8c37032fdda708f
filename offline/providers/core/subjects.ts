// What a provider is asked for, and what it answers.
import type { Failure } from "./check";
import type { Values } from "./values";

/** What a check returns: the completed inputs, and why they were refused. */
export interface Checked {
  readonly inputs: Values;
  readonly failures: readonly Failure[];
}

/** A created or updated resource. */
export interface Outcome {
  readonly id: string;
  readonly outputs: Values;
}

/** A resource as an operation names it. */
export interface Subject {
  readonly type: string;
  readonly urn: string;
}

/** A resource that exists without having been made here. */
export interface Finding {
  readonly type: string;
  readonly id: string;
  readonly inputs?: Values;
  readonly outputs?: Values;
}
