import type { Emulation, Finding } from "../../../../offline/providers/core/emulation";
import type { Values } from "../../../../offline/providers/core/values";
import { provider, subject } from "../../providers/support";

/** An emulated account in which this stands already. */
export function cloudOf(...world: readonly Finding[]): Emulation {
  const aws = provider();
  for (const existing of world) aws.found(existing);
  return aws;
}

/** Why a creation is refused, one line each; empty when it is made. */
export function refusals(aws: Emulation, type: string, inputs: Values, name = "it"): readonly string[] {
  try {
    aws.create(subject(type, name), inputs);
    return [];
  } catch (error) {
    return String(error)
      .split("\n")
      .slice(1)
      .map((line) => line.trim());
  }
}
