// One thing of the domain that two contexts call theirs.
import { entityOwners } from "../contexts/derive";
import { compare } from "../order";
import { listed, type Rule } from "./rule";

export const entityWithTwoOwners: Rule = {
  id: "entity-with-two-owners",
  severity: "error",
  allowed: "one owning context for each entity",
  why: "two places decide what is true of it, and sooner or later they disagree",
  find: ({ system }) =>
    [...entityOwners(system)]
      .filter(([, contexts]) => contexts.length > 1)
      .sort(([a], [b]) => compare(a, b))
      .map(([entity, contexts]) => ({
        path: `contexts.${contexts.at(-1) ?? ""}.entities`,
        found: `${entity}: owned by ${listed(contexts)}`,
        remedy: `keep it in one context; let the other's service keep a copy (projects), or call what it means by a word of its own`,
        places: [...contexts].reverse().map((context) => `contexts.${context}`),
      })),
};
