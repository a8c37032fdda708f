import type { TypeRule } from "../core/rules";

export const observability: Readonly<Record<string, TypeRule>> = {};
