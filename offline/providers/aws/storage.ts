import type { TypeRule } from "../core/rules";

export const storage: Readonly<Record<string, TypeRule>> = {};
