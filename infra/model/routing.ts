// Listener rule priorities that stay: a service keeps its number when others come and go.
import { compare, sorted } from "./order";
import type { Exposure, System } from "./system";

/** Below this are the numbers that people give. */
const FIRST = 1001;
/** An application load balancer's highest. */
const LAST = 50_000;

/** The priority of each exposed service: its own, or one that follows from its name. */
export function prioritiesOf(system: System): ReadonlyMap<string, number> {
  const exposed = Object.entries(system.services).flatMap(([name, { exposes }]) =>
    exposes ? [{ name, given: exposes.priority }] : [],
  );
  const found = new Map(exposed.flatMap(({ name, given }) => (given === undefined ? [] : [[name, given] as const])));
  const taken = new Set(found.values());
  const waiting = exposed.filter(({ given }) => given === undefined).map(({ name }) => name);
  for (const name of waiting.sort(compare)) {
    let priority = FIRST + (hash(name) % (LAST - FIRST + 1));
    while (taken.has(priority)) priority = priority === LAST ? FIRST : priority + 1;
    taken.add(priority);
    found.set(name, priority);
  }
  return found;
}

/** The services whose routes the load balancer gives to nobody without a valid token. */
export function tokenChecked(system: System): string[] {
  return exposedWith(system, ({ authentication }) => authentication === "jwt");
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
