// The rules of the pack: a system outlives a zone, a mistake and a bad message.
import type { Rule } from "../rule";
import { bucketRules } from "./buckets";
import { databaseRules } from "./databases";
import { serviceRules } from "./services";

/** Every rule of the pack "resilience". */
export const resilienceRules: readonly Rule[] = [...databaseRules, ...bucketRules, ...serviceRules];
