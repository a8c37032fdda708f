// Kubernetes' resource quantities: "250m", "2", "512Mi", "1e3".
import type { Value } from "../core/values";

const UNITS: Readonly<Record<string, number>> = {
  n: 1e-9, u: 1e-6, m: 1e-3, "": 1, k: 1e3, M: 1e6, G: 1e9, T: 1e12, P: 1e15, E: 1e18,
  Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40, Pi: 2 ** 50, Ei: 2 ** 60,
}; // prettier-ignore

/** What a quantity comes to; undefined when it is none. */
export function amount(value: Value | undefined): number | undefined {
  if (typeof value === "number") return value;
  if (typeof value !== "string") return undefined;
  const [, digits, exponent, unit] =
    /^([+-]?(?:\d+(?:\.\d*)?|\.\d+))(?:([eE][+-]?\d+)|(n|u|m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei))?$/.exec(value) ?? [];
  if (digits === undefined) return undefined;
  return Number(`${digits}${exponent ?? ""}`) * (UNITS[unit ?? ""] ?? 1);
}
