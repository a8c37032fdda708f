// Logical names become physical names with eight characters of Pulumi's own suffix behind them.
import type { Problem } from "./problems";

/** What Pulumi's auto-naming appends: a dash and seven hexadecimal digits. */
export const SUFFIX_LENGTH = 8;

/** A problem when a child's physical name would pass the limit of its service, and undefined otherwise. */
export function nameTooLong(name: string, longestRole: string, limit: number): Problem | undefined {
  const allowed = limit - SUFFIX_LENGTH - longestRole.length - 1;
  if (name.length <= allowed) return undefined;
  return {
    path: "name",
    value: name,
    allowed: `at most ${allowed} characters, so that "<name>-${longestRole}" and Pulumi's suffix fit in ${limit}`,
    remedy: "give the component a shorter name",
  };
}
