// A Pulumi program as one call: read the stack's configuration, derive the plan, build it.
import { loadPlan } from "./config";
import { environments as shipped } from "./environments";
import type { Environment } from "./model/environment";
import type { System } from "./model/system";

/** What a program describes. */
export interface Described {
  /** The systems, by the name that `archipelago:system` gives. */
  readonly systems: Readonly<Record<string, System>>;
  /**
   * The environments, by the name that `archipelago:environment` gives.
   * @default local, dev, staging and prod of this package
   */
  readonly environments?: Readonly<Record<string, Environment>>;
}

/**
 * Creates the resources of the selected stack.
 *
 * @returns the stack's outputs
 * @throws InvalidInput with every problem of configuration, system and environment, before anything is created
 * @example
 * export = run({ systems: { [parcels.name]: parcels } });
 */
export function run({ systems, environments = shipped }: Described) {
  const { plan, target } = loadPlan({ systems, environments });
  return target.build(plan);
}
