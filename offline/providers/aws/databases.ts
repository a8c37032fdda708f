import type { TypeRule } from "../core/rules";

export const databases: Readonly<Record<string, TypeRule>> = {};
