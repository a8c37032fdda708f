// Share of the internet that a CIDR range covers. Ranges that are not routed on the internet count as 0.
import type { Value } from "../value";

interface Range {
  readonly version: 4 | 6;
  readonly prefix: number;
  readonly isPrivate: boolean;
}

/**
 * Whether a range is the whole internet or a piece of it that only makes sense as a piece: /8 and wider, IPv6 /16 and wider,
 * so that two halves are no way around.
 */
export function isAnywhere(cidr: Value): boolean {
  return isPublicWiderThan(cidr, 9, 17);
}

/** Whether a public range is wider than the given prefix lengths. */
export function isPublicWiderThan(cidr: Value, prefix4: number, prefix6: number): boolean {
  const range = typeof cidr === "string" ? parse(cidr) : undefined;
  return range !== undefined && !range.isPrivate && range.prefix < (range.version === 4 ? prefix4 : prefix6);
}

function parse(cidr: string): Range | undefined {
  const [address = "", length] = cidr.trim().split("/");
  if (address.includes(":")) return parse6(address, Number(length ?? 128));
  const octets = address.split(".").map(Number);
  const prefix = Number(length ?? 32);
  if (octets.length !== 4 || Number.isNaN(prefix)) return undefined;
  const [a = 0, b = 0] = octets;
  const isPrivate =
    (prefix >= 8 && (a === 10 || a === 127)) ||
    (prefix >= 10 && a === 100 && b >= 64 && b < 128) ||
    (prefix >= 12 && a === 172 && b >= 16 && b < 32) ||
    (prefix >= 16 && ((a === 192 && b === 168) || (a === 169 && b === 254)));
  return { version: 4, prefix, isPrivate };
}

function parse6(address: string, prefix: number): Range | undefined {
  if (Number.isNaN(prefix)) return undefined;
  const first = Number.parseInt(`0${address.split(":")[0] ?? ""}`, 16);
  const uniqueLocal = prefix >= 7 && first >> 9 === 0xfc >> 1;
  const linkLocal = prefix >= 10 && first >> 6 === 0xfe80 >> 6;
  return { version: 6, prefix, isPrivate: uniqueLocal || linkLocal };
}
