// Services that open other services' databases.
import type { Graph } from "./graph";
import { type Sighting, serviceAt, trail } from "./rule";

/** Why the rule allows no exception. */
export const CLOSED = "a store lets only its owner in: no other service gets a rule, a role or a password for it";

/** Each database that a service opens although another owns it, by whether both are of one context. */
export function reaching({ system, services }: Graph, sameContext: boolean): Sighting[] {
  return services.flatMap(([name, { context, reachesInto = {} }]) =>
    Object.keys(reachesInto)
      .sort()
      .flatMap((owner) => {
        const other = Object.hasOwn(system.services, owner) ? system.services[owner] : undefined;
        if (other === undefined || owner === name || (other.context === context) !== sameContext) return [];
        const contexts = sameContext ? `both of ${context}` : `${context} into ${other.context}`;
        return [
          {
            path: `${serviceAt(name)}.reachesInto.${owner}`,
            found: `${trail(name, `database of ${owner}`)}: ${contexts}`,
            remedy: `let ${name} call ${owner} (calls), or keep a copy from its events (projects)`,
            places: [`${serviceAt(name)}.reachesInto.${owner}`, serviceAt(name)],
          },
        ];
      }),
  );
}
