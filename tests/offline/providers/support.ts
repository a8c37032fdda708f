import { MemoryInventory, type Inventory } from "../../../offline/providers/core/record";
import type { Emulation } from "../../../offline/providers/core/emulation";
import type { Value, Values } from "../../../offline/providers/core/values";
import { emulate } from "../../../offline/providers/packages";

/** A value as text: strings as they are, all else as JSON. */
export function shown(value: Value | undefined): string {
  if (value === undefined) return "undefined";
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** Names a resource as the engine does. */
export function subject(type: string, name = "it"): { type: string; urn: string } {
  return { type, urn: `urn:pulumi:test::project::${type}::${name}` };
}

export const CONFIG: Values = {
  region: "eu-central-1",
  allowedAccountIds: '["111122223333"]',
  defaultTags: '{"tags":{"team":"sea"}}',
};

/** An emulated provider of a package; each creation gets identifiers of its own. */
export function provider(name = "aws", inventory: Inventory = new MemoryInventory(), config = CONFIG): Emulation {
  let creations = 0;
  return emulate(name, config, inventory, () => String(creations++));
}
