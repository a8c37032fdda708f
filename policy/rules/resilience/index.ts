// The rules of the pack: a system outlives a zone, a mistake and a bad message.
import type { Rule } from "../rule";
import { bucketRules } from "./buckets";
import { databaseRules } from "./databases";
import { storeResilienceRules } from "./stores";
import { serviceRules } from "./services";
import { loadBalancerRules } from "./load-balancers";

/** Every rule of the pack "resilience". */
export const resilienceRules: readonly Rule[] = [
  ...databaseRules,
  ...storeResilienceRules,
  ...bucketRules,
  ...serviceRules,
  ...loadBalancerRules,
];
