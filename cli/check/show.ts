// The result of a check as text, in lines of at most a hundred columns.
import { type Problem, show } from "../../components/kit/problems";
import type { Accepted } from "../../infra/model/anti-patterns";
import { fit } from "../screen";
import type { CheckResult, Found } from "./check";

/** Longer lines are hard to read, and a pipe has no width. */
const MOST_COLUMNS = 100;
const LABEL = 10;

/**
 * Lines for a person: errors, warnings, accepted exceptions, notes, and one sentence that says it all.
 *
 * @param width columns of the terminal; undefined in a pipe, where the last sentence is one line
 */
export function checkLines(result: CheckResult, width?: number): string[] {
  const columns = Math.min(width ?? MOST_COLUMNS, MOST_COLUMNS);
  const { errors, warnings, accepted, examples, encrypted, stacks } = result;
  const where = (found: Found<unknown>): string =>
    found.stacks.length === stacks.length ? "" : ` [${found.stacks.join(", ")}]`;
  const keys = (found: readonly Found<string>[]): string =>
    [...new Set(found.map(({ what }) => what.replace("archipelago:", "").replace(/\..*$/, "")))].join(", ");
  return [
    ...errors.flatMap((found) => [...problemLines("error", found.what, where(found), columns), ""]),
    ...warnings.flatMap((found) => [...problemLines("warning", found.what, where(found), columns), ""]),
    ...accepted.flatMap((found) => [...acceptedLines(found.what, where(found), columns), ""]),
    ...encrypted.flatMap((found) =>
      labelled("note", `${found.what} is encrypted and was not checked${where(found)}`, columns),
    ),
    ...(examples.length > 0
      ? labelled("note", `a run for an account wants values of yours: ${keys(examples)} ship as examples`, columns)
      : []),
    ...fit(verdict(result), width),
  ];
}

/** `5 stacks: 1 error, 2 warnings, 3 accepted` */
export function verdict({ stacks, errors, warnings, accepted }: CheckResult): string {
  const count = (number: number, what: string): string => `${number} ${what}${number === 1 ? "" : "s"}`;
  const checked = stacks.length === 1 ? (stacks[0] ?? "") : `${count(stacks.length, "stack")} (${stacks.join(", ")})`;
  return `${checked}: ${count(errors.length, "error")}, ${count(warnings.length, "warning")}, ${accepted.length} accepted`;
}

function problemLines(
  label: string,
  { path, value, allowed, remedy }: Problem,
  where: string,
  columns: number,
): string[] {
  const shown = typeof value === "string" ? value : show(value);
  return [
    ...labelled(label, `${path}${where}`, columns),
    ...labelled("", shown, columns),
    ...labelled("", `allowed: ${allowed}`, columns, "allowed: "),
    ...labelled("", `to do:   ${remedy}`, columns, "to do:   "),
  ];
}

function acceptedLines(
  { id, path, found, by, acceptance, daysLeft }: Accepted,
  where: string,
  columns: number,
): string[] {
  const left = daysLeft === 0 ? "today is the last day" : daysLeft === 1 ? "1 day left" : `${daysLeft} days left`;
  return [
    ...labelled("accepted", `${path}${where}`, columns),
    ...labelled("", `${found} (${id})`, columns),
    ...labelled("", `until:   ${acceptance.until}, ${left} (${by})`, columns, "until:   "),
    ...labelled("", `because: ${acceptance.reason}`, columns, "because: "),
  ];
}

/** Text behind a label, broken between words; its further lines stand below what follows the heading. */
function labelled(label: string, text: string, columns: number, heading = ""): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/ (?! )/)) {
    const indent = lines.length === 0 ? 0 : heading.length;
    if (line !== "" && LABEL + indent + line.length + 1 + word.length > columns) {
      lines.push(`${" ".repeat(indent)}${line}`);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  lines.push(`${" ".repeat(lines.length === 0 ? 0 : heading.length)}${line}`);
  return lines.map((text, index) => `${(index === 0 ? label : "").padEnd(LABEL)}${text}`);
}
