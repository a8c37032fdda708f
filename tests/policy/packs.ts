// The packs and their rules, for specs that go through all of them.
import { packs } from "../../policy/catalogue";
import type { Rule } from "../../policy/rules/rule";

export { packs };

/** Of every pack. */
export const allRules: readonly Rule[] = Object.values(packs).flat();
