// What a table's arguments mean beside its keys. Pure, so that it is decided before anything is created.
import { lowerCaseProblems, nameTooLong, type Problem, seconds, tableProblems, wholeDays } from "../../kit";
import type { TableArgs } from "./args";

const DAY = 86_400;
const NAME_LIMIT = 255;

/** Days of point-in-time recovery. */
export function recoveryDays({ recoveryPeriod = "35d" }: TableArgs): number {
  return (seconds(recoveryPeriod) ?? 0) / DAY;
}

/** Everything that is wrong with the arguments. */
export function validateTable(name: string, args: TableArgs): Problem[] {
  const tooLong = nameTooLong(name, "table", NAME_LIMIT);
  return [
    ...(tooLong ? [tooLong] : []),
    ...lowerCaseProblems("name", name, "rename the component: the table's name begins with it"),
    ...tableProblems("", args),
    ...wholeDays("recoveryPeriod", args.recoveryPeriod, 1, 35),
  ];
}
