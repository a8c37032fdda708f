import type { TypeRule } from "../core/rules";

export const identity: Readonly<Record<string, TypeRule>> = {};
