// Listener rule priorities: a service keeps its number when others come and go, and a more specific route comes first.
import { ROUTE_LIMITS } from "../../../../components/kit/limits";
import { compare, gathered, sorted } from "../../order";
import { pathOrderOf } from "./path-order";
import type { Exposure, System } from "../../system";

/** Below this are the numbers that people give. */
const FIRST = 1001;
/** The highest that a route may have. */
export const LAST = ROUTE_LIMITS.priority[1];
/** Numbers that are kept free behind a service for each service in a row that must come after it. */
const ROOM = 1000;

/**
 * The priority of each exposed service: its own, or one that follows from its name. A service whose patterns cover those of
 * another comes after it; only such services get another number when the other comes.
 */
export function prioritiesOf(system: System): ReadonlyMap<string, number> {
  const exposed = sorted(system.services).flatMap(([name, { exposes }]) =>
    exposes ? [{ name, given: exposes.priority }] : [],
  );
  const found = new Map(exposed.flatMap(({ name, given }) => (given === undefined ? [] : [[name, given] as const])));
  const taken = new Set(found.values());
  const { before } = pathOrderOf(system);
  const depth = depths(before.map(({ services: [first, second] }) => [first, second]));
  const height = depths(before.map(({ services: [first, second] }) => [second, first]));
  const earlier = gathered(before.map(({ services: [first, second] }) => [second, first] as const));
  const waiting = exposed.filter(({ given }) => given === undefined).map(({ name }) => name);
  for (const name of waiting.sort((a, b) => (depth.get(a) ?? 0) - (depth.get(b) ?? 0) || compare(a, b))) {
    const from = (earlier.get(name) ?? []).reduce((most, first) => Math.max(most, (found.get(first) ?? 0) + 1), FIRST);
    const last = LAST - ROOM * Math.min(height.get(name) ?? 0, 40);
    const usual = FIRST + (hash(name) % (last - FIRST + 1));
    let priority = usual >= from ? usual : from + (hash(name) % (ROOM / 2));
    for (let tried = 0; taken.has(priority) && tried < LAST; tried++) priority = priority >= LAST ? from : priority + 1;
    // A number that no rule may have is refused with the routes (validate-routes.ts).
    while (taken.has(priority)) priority = Math.max(LAST, priority) + 1;
    taken.add(priority);
    found.set(name, priority);
  }
  return found;
}

/** Of each service, how many in a row come before it; those in a circle are left where they are. */
function depths(pairs: readonly (readonly [before: string, after: string])[]): Map<string, number> {
  const found = new Map<string, number>();
  for (let round = 0; round < 40; round++) {
    let isChanged = false;
    for (const [before, after] of pairs) {
      const least = (found.get(before) ?? 0) + 1;
      if ((found.get(after) ?? 0) >= least || least > 40) continue;
      found.set(after, least);
      isChanged = true;
    }
    if (!isChanged) break;
  }
  return found;
}

/** Services whose routes require a valid token at the load balancer. */
export function tokenChecked(system: System): string[] {
  return exposedWith(system, (exposure) => authenticationOf(exposure) === "jwt");
}

/** Authentication of a route, in one word. */
export function authenticationOf({ authentication = "none" }: Exposure): "jwt" | "by-service" | "none" {
  return typeof authentication === "string" ? authentication : "jwt";
}

/** The services of which one address may not ask more than so often: the firewall counts. */
export function rateLimited(system: System | undefined): string[] {
  return exposedWith(system, ({ rateLimit }) => rateLimit !== undefined);
}

function exposedWith(system: System | undefined, test: (exposure: Exposure) => boolean): string[] {
  return sorted(system?.services ?? {}).flatMap(([name, { exposes }]) => (exposes && test(exposes) ? [name] : []));
}

/** FNV-1a over code units: the same on every machine. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193) >>> 0;
  return value;
}
