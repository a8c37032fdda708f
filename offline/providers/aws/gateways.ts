import type { TypeRule } from "../core/rules";

export const gateways: Readonly<Record<string, TypeRule>> = {};
