// Entrances in words, for pictures and catalogues.
import type { EntranceNode, Guard, RoutePlan } from "../model/kinds/entrance";
import type { Plan } from "../model/plan";
import { isOnAws } from "../targets/aws/plan";

/** What forwards requests to services, in the platform's words. */
export const frontDoorOf = ({ words }: Pick<Plan, "words">): string => words?.frontDoor ?? "load balancer";

/** Entrances of a plan in the order of their names. */
export function entrancesIn({ nodes }: Pick<Plan, "nodes">): EntranceNode[] {
  return nodes.filter((node) => node.kind === "entrance");
}

/** Routes of entrances that lead to a service. */
export function routesTo(
  service: string,
  plan: Pick<Plan, "nodes">,
): { readonly entrance: EntranceNode; readonly route: RoutePlan }[] {
  return entrancesIn(plan).flatMap((entrance) =>
    entrance.routes.filter((route) => route.service === service).map((route) => ({ entrance, route })),
  );
}

/** Name of an entrance in words: its address, or what gives it one. */
export function addressOf({ domain, protocol }: EntranceNode): string {
  return domain !== undefined ? `https://${domain}` : `${apiKind(protocol)}, address by API Gateway`;
}

/** What kind of API an entrance is. */
export function apiKind(protocol: EntranceNode["protocol"]): string {
  return protocol === "rest" ? "REST API" : "HTTP API";
}

/** The firewall of an entrance in words. */
export function firewallOf({ protocol }: EntranceNode, plan: Plan): string {
  if (protocol === "http" || !isOnAws(plan) || plan.waf === false) return "no firewall";
  return plan.waf === "count" ? "firewall that only counts" : "firewall";
}

/** Who checks the caller of a route. */
export function guardWords(guard: Guard): string {
  if (guard.by === "nobody") return `nobody: ${guard.reason}`;
  if (guard.by !== "entrance") return `the ${guard.by}`;
  return guard.scopes.length > 0 ? `the entrance, for one of ${guard.scopes.join(", ")}` : "the entrance";
}
