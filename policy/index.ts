// `archipelago/policy`: the rules, for a pack of a team's own.
export { packs } from "./catalogue";
export { packOf, policyOf } from "./rules/adapter";
export type * from "./rules/rule";
