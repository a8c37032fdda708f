import type { TypeRule } from "../core/rules";

export const containers: Readonly<Record<string, TypeRule>> = {};
