import type { TypeRule } from "../core/rules";

export const traffic: Readonly<Record<string, TypeRule>> = {};
