// Reads the address plan of a stack: the VPC's range, and the prefix lengths of its subnets.
import { LARGEST_PREFIX, parseRange, SMALLEST_PREFIX, type Tier, TIERS } from "../../components/kit/subnets";
import { isPrivate } from "./private-range";
import type { RawConfig } from "./raw-config";

/** Reads `archipelago:cidr`; undefined when it is absent or wrong, which is then reported. */
export function parseCidr(config: RawConfig): string | undefined {
  const text = config.text("cidr", "", "", "optional");
  if (text === undefined) return undefined;
  const range = parseRange(text);
  const holds =
    range !== undefined && isPrivate(range) && range.prefix >= LARGEST_PREFIX && range.prefix <= SMALLEST_PREFIX;
  const allowed = "a private IPv4 range from /16 to /28 that starts at its first address, such as 10.20.0.0/16";
  config.findings.require(holds, "archipelago:cidr", text, allowed, "choose a range that no peered network uses");
  return holds ? text : undefined;
}

/** Reads `archipelago:masks`; undefined when it is absent. What is wrong is reported and left out. */
export function parseMasks(config: RawConfig): Readonly<Partial<Record<Tier, number>>> | undefined {
  const given = config.mapping("masks", `a mapping with ${TIERS.join(", ")}`, "write { isolated: 26 }", "optional");
  if (given === undefined || Object.keys(given).length === 0) return undefined;
  const masks: Partial<Record<Tier, number>> = {};
  for (const [key, value] of Object.entries(given)) {
    const path = `archipelago:masks.${key}`;
    config.findings.requireKnown(key, TIERS, path, "tier", value);
    const tier = TIERS.find((known) => known === key);
    if (tier === undefined) continue;
    const holds = Number.isInteger(value) && Number(value) >= LARGEST_PREFIX && Number(value) <= SMALLEST_PREFIX;
    const allowed = `a prefix length, a whole number from ${LARGEST_PREFIX} to ${SMALLEST_PREFIX}`;
    config.findings.require(holds, path, value, allowed, "write the number after the slash, such as 24 for a /24");
    if (holds) masks[tier] = Number(value);
  }
  return masks;
}
