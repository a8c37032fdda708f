// Two services of a context on one database. (The same databaseName in two services shares nothing: each has a server of its own.)
import { CLOSED, reaching } from "./reaching";
import type { Rule } from "./rule";

export const sharedStore: Rule = {
  id: "shared-store",
  severity: "error",
  allowed: "one owner for each store",
  why: "a change of the schema breaks the other service, and neither can be deployed alone",
  unacceptable: CLOSED,
  find: (graph) => reaching(graph, true),
};
