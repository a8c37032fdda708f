// Calls at the same time that the functions of a plan reserve: Lambda refuses to reserve more than the account has. Pure.
import type { EntranceNode } from "../../model/kinds/entrance";
import { nodesOf } from "../../model/lookup";
import type { AwsPlan } from "./plan";
import type { Need } from "./quotas";

/** Requests of one entrance whose tokens are checked at the same time: enough for 2000 a second of 25 ms each. */
export const AUTHORIZER_CONCURRENCY = 50;
/** Lambda keeps so many for functions that reserve none (https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html). */
const UNRESERVED = 100;
/** What a function reserves where its description names no number. */
const OF_FUNCTION = 10;
const OF_LEGACY_SYSTEM = 100;

/** Whether a function checks the tokens of an entrance: at a REST API, where no user pool of the stack's own signs them. */
export function hasAuthorizer({ protocol, routes }: EntranceNode, { userPool }: Pick<AwsPlan, "userPool">): boolean {
  return protocol === "rest" && userPool === undefined && routes.some(({ guard }) => guard.by === "entrance");
}

/** What the functions of a plan reserve, and what stays for others. */
export function concurrencyOf(plan: AwsPlan): Need {
  const entrances = nodesOf(plan, "entrance");
  const reserved = [
    ...nodesOf(plan, "function").map(({ concurrency = OF_FUNCTION }) => concurrency),
    ...Object.values(plan.legacy).map(({ concurrency = OF_LEGACY_SYSTEM }) => concurrency),
    ...entrances.filter((node) => hasAuthorizer(node, plan)).map(() => AUTHORIZER_CONCURRENCY),
    // A health monitor each, and the function that prepares a store.
    ...entrances.map(() => 1),
    ...[...nodesOf(plan, "database"), ...nodesOf(plan, "documents")].map(() => 1),
  ];
  return {
    quota: "functionConcurrency",
    count: reserved.reduce((total, one) => total + one, reserved.length > 0 ? UNRESERVED : 0),
    what: "functions, legacy systems, authorizers and health monitors, and 100 that Lambda keeps for other functions",
  };
}
