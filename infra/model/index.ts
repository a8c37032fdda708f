// `archipelago/model`: what a team describes systems with.
export { defineSystem } from "./define-system";
export type { Environment, Masks, Nat, ServiceOverride } from "./environment";
export { message, type Field } from "./kinds/topic/contract";
export type * from "./system";
