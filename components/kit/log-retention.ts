// How long CloudWatch keeps logs. Pure: the system model checks its environments by the same list.
import type { Problem } from "./problems";

/** Days that CloudWatch takes (https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html). */
export const LOG_RETENTION_DAYS: readonly number[] = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** A problem when a retention is none of CloudWatch's; none when it isn't set. */
export function retentionProblems(path: string, days: number | undefined): Problem[] {
  if (days === undefined || LOG_RETENTION_DAYS.includes(days)) return [];
  const allowed = `one of ${LOG_RETENTION_DAYS.join(", ")}`;
  return [{ path, value: days, allowed, remedy: "take the next larger value" }];
}
