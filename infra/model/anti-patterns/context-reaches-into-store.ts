// A context that reads or writes another's database past its owner.
import { CLOSED, reaching } from "./reaching";
import type { Rule } from "./rule";

export const contextReachesIntoStore: Rule = {
  id: "context-reaches-into-store",
  severity: "error",
  allowed: "stores that only their own context opens",
  why: "the owner's rules are passed by, and its tables become a contract that nobody agreed on",
  unacceptable: CLOSED,
  find: (graph) => reaching(graph, false),
};
