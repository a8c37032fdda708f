// The setting ARCHIPELAGO_FAULTS: which faults the emulated cloud makes, and how often.

/** Faults with a share of calls or resources. */
export const shares = ["throttle", "fail-first", "fail", "lost", "crash"] as const;
export type Share = (typeof shares)[number];

/** What is asked for. */
export interface FaultSetting {
  readonly seed: number;
  /** 0 to 1 by kind; absent is none. */
  readonly shares: Readonly<Partial<Record<Share, number>>>;
  /** Real creation times are multiplied by this; absent: creates take no time. */
  readonly slow?: number;
  /** Only types which contain this. */
  readonly only?: string;
  /** At most so many faults of a kind for each resource and verb. */
  readonly times?: number;
}

const isShare = (name: string): name is Share => shares.some((share) => share === name);
const names = ["seed", ...shares, "slow", "only", "times"].join(", ");

/** Reads the setting; throws with every problem at once. Undefined when no fault is asked for. */
export function parseFaults(text: string | undefined): FaultSetting | undefined {
  if (text === undefined || text.trim() === "") return undefined;
  const problems: string[] = [];
  const given = new Map<string, string>();
  for (const part of text.split(",").map((each) => each.trim())) {
    const [name = "", ...rest] = part.split("=");
    if (given.has(name)) problems.push(`${name} is given twice`);
    given.set(name, rest.join("="));
  }
  const read: { -readonly [Key in keyof FaultSetting]: FaultSetting[Key] } = { seed: 0, shares: {} };
  const found: Partial<Record<Share, number>> = {};
  for (const [name, value] of given) {
    const number = numberOf(value);
    if (isShare(name)) {
      if (number >= 0 && number <= 1) found[name] = number;
      else problems.push(`${name}=${value}: a share from 0 to 1 is needed, such as 0.1`);
    } else if (name === "seed" || name === "times") {
      if (Number.isSafeInteger(number) && number >= 0) read[name] = number;
      else problems.push(`${name}=${value}: a whole number is needed, such as 7`);
    } else if (name === "slow") {
      if (number > 0 && Number.isFinite(number)) read.slow = number;
      else problems.push(`slow=${value}: a factor above 0 is needed, such as 1/600`);
    } else if (name === "only") {
      if (value !== "") read.only = value;
      else problems.push("only=: a part of a type is needed, such as only=rds/");
    } else problems.push(`"${name}" is no part of it; known are ${names}`);
  }
  if (problems.length > 0) throw new Error(`ARCHIPELAGO_FAULTS is malformed:\n- ${problems.join("\n- ")}`);
  return { ...read, shares: found };
}

/** A decimal number or a fraction of two; NaN for anything else. */
function numberOf(value: string): number {
  const match = /^(\d+(?:\.\d+)?)(?:\/(\d+(?:\.\d+)?))?$/.exec(value);
  return match ? Number(match[1]) / Number(match[2] ?? 1) : NaN;
}
