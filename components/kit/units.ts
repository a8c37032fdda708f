// Durations and sizes are written with their units and converted in one place.

/** A whole number and a unit: `30s`, `5m`, `12h`, `14d`. */
export type Duration = `${number}${"s" | "m" | "h" | "d"}`;
/** A whole number and a binary unit: `512 MiB`, `4 GiB`. */
export type Size = `${number} ${"MiB" | "GiB" | "TiB"}`;

const SECONDS = { s: 1, m: 60, h: 3600, d: 86_400 } as const;
const MEBIBYTES = { MiB: 1, GiB: 1024, TiB: 1024 * 1024 } as const;

/** Seconds in a duration, or undefined when the text is no duration. */
export function seconds(duration: string): number | undefined {
  const match = /^(\d+)([smhd])$/.exec(duration);
  return match ? Number(match[1]) * SECONDS[match[2] as keyof typeof SECONDS] : undefined;
}

/** Milliseconds in a duration, which may be written in them (`100ms`); undefined when the text is neither. */
export function milliseconds(duration: string): number | undefined {
  const match = /^(\d+)ms$/.exec(duration);
  if (match) return Number(match[1]);
  const whole = seconds(duration);
  return whole === undefined ? undefined : whole * 1000;
}

/** Mebibytes in a size, or undefined when the text is no size. */
export function mebibytes(size: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?) ?(MiB|GiB|TiB)$/.exec(size);
  return match ? Number(match[1]) * MEBIBYTES[match[2] as keyof typeof MEBIBYTES] : undefined;
}
