// A review as a person reads it: in a terminal, or as Markdown under a pull request.
import type { Cause, Change, Operation } from "./changes";
import { rankOf } from "./data-holders";
import type { RightsChange } from "./rights";

/** What a change of the code does to one environment. */
export interface Review {
  readonly stack: string;
  readonly changes: readonly Change[];
  /** Changed rights of workloads. @default none, or they can't be compared */
  readonly rights?: readonly RightsChange[];
  /** Why the preview failed: the changes are then the losses that could be found without it. */
  readonly failure?: string;
}

const NOUN: Readonly<Record<Operation, string>> = {
  create: "create",
  update: "update",
  replace: "replacement",
  delete: "deletion",
};
const ORDER: readonly Operation[] = ["create", "update", "replace", "delete"];
const MOST_CAUSES = 6;

/** Changes that lose what a resource holds: databases and other stores first, keys and logs last. */
export function losses({ changes }: Review): readonly Change[] {
  const rank = ({ loses = "" }: Change): number => rankOf(loses);
  return changes.filter(({ loses }) => loses !== undefined).sort((left, right) => rank(left) - rank(right));
}

const REFUSALS = {
  engine: "it is protected: the engine refuses this in the preview, before `up` changes anything",
  cloud: "it has deletion protection: AWS refuses this when its turn comes, and `up` stops half way",
} as const;

/** Whether the change is refused, and when. */
function refusal({ refusedBy }: Change): readonly string[] {
  return refusedBy === undefined ? [] : [REFUSALS[refusedBy]];
}

/** `2 creates, 1 replacement`, or that nothing changes. */
export function countLine({ changes, failure }: Review): string {
  const counts = ORDER.flatMap((operation) => {
    const count = changes.filter((change) => change.operation === operation).length;
    return count === 0 ? [] : [`${count} ${NOUN[operation]}${count === 1 ? "" : "s"}`];
  });
  if (failure !== undefined) return "the preview failed";
  return counts.length === 0 ? "nothing changes" : counts.join(", ");
}

function remedy({ operation, loses = "" }: Change): string {
  if (operation !== "delete")
    return "leave the property as it was, or make a second store beside this one and move what it holds";
  const renamed = "if its service only has a new name, say so (`renamedFrom`)";
  if (loses.startsWith("messages")) return `${renamed}; otherwise let its service handle all messages first`;
  if (loses === "logs") return `${renamed}; otherwise export the logs that you must keep`;
  return `${renamed}; otherwise take a backup first, or keep it outside the stack (\`retainOnDelete: true\`)`;
}

const because = ({ path, before, after }: Cause): string => `${path}: ${before} -> ${after}`;

/** The causes that replace, or all when the engine names none. */
function decisive({ causes }: Change): readonly Cause[] {
  const replacing = causes.filter(({ replaces }) => replaces);
  return replacing.length > 0 ? replacing : causes;
}

/** A review as lines. */
export function terminalLines(review: Review): readonly string[] {
  const lost = losses(review).flatMap((change) => [
    `  ${change.operation} ${change.name} (${change.type}), which holds ${change.loses ?? ""}`,
    ...decisive(change).map((cause) => `      because of ${because(cause)}`),
    ...refusal(change).map((text) => `      ${text}`),
    `      instead: ${remedy(change)}`,
  ]);
  const lists = ORDER.flatMap((operation) => {
    const found = review.changes.filter((change) => change.operation === operation);
    return found.length === 0 ? [] : ["", `  ${NOUN[operation]}s`, ...found.flatMap(changeLines)];
  });
  return [
    `review of ${review.stack}: ${countLine(review)}`,
    ...(lost.length > 0 ? ["", "  DATA WOULD BE LOST", ...lost] : []),
    ...(review.failure === undefined ? lists : ["", ...failureLines(review)]),
    ...rightsLines(review.rights ?? []),
  ];
}

function rightsLines(rights: readonly RightsChange[]): readonly string[] {
  if (rights.length === 0) return [];
  const lines = rights.flatMap(({ workload, gains, loses }) => [
    `  ${workload}`,
    ...gains.map((right) => `      gains ${right}`),
    ...loses.map((right) => `      loses ${right}`),
  ]);
  return ["", "  rights", ...lines];
}

function failureLines({ stack, failure = "" }: Review): readonly string[] {
  return [`The working tree can't be previewed as ${stack}, so there may be more:`, ...failure.trimEnd().split("\n")];
}

function changeLines(change: Change): readonly string[] {
  const causes = decisive(change);
  const more = causes.length - MOST_CAUSES;
  return [
    `  ${change.name} (${change.type})`,
    ...causes.slice(0, MOST_CAUSES).map((cause) => `      ${because(cause)}`),
    ...(more > 0 ? [`      and ${more} more properties`] : []),
  ];
}

/** All reviews as Markdown. */
export function markdown(reviews: readonly Review[], base: string): string {
  const lost = reviews.filter((review) => losses(review).length > 0).map(({ stack }) => stack);
  const verdict = lost.length > 0 ? `**Data would be lost** in ${lost.join(", ")}.` : "No data would be lost.";
  const rows = reviews.map((review) => {
    const count = losses(review).length;
    return `| ${review.stack} | ${countLine(review)} | ${count === 0 ? "none" : count} |`;
  });
  return [
    "## What this change does to each environment",
    "",
    `Against ${code(base)}. ${verdict}`,
    "",
    "| environment | changes | resources with data lost |",
    "| --- | --- | --- |",
    ...rows,
    ...reviews
      .filter(({ changes, failure }) => changes.length > 0 || failure !== undefined)
      .flatMap((review) => ["", ...section(review)]),
    "",
  ].join("\n");
}

function section(review: Review): readonly string[] {
  const lost = losses(review).flatMap((change) => [
    `- **${change.operation}** ${code(change.name)} (${code(change.type)}), which holds ${change.loses ?? ""}`,
    ...decisive(change).map((cause) => `  - because of ${code(because(cause))}`),
    ...refusal(change).map((text) => `  - ${text}`),
    `  - instead: ${remedy(change)}`,
  ]);
  const rows = review.changes.map((change) => {
    const causes = [...new Set(decisive(change).map(({ path }) => code(path)))];
    return `| ${change.operation} | ${code(change.name)} | ${code(change.type)} | ${causes.join(", ")} |`;
  });
  return [
    `### ${review.stack}`,
    ...(lost.length > 0 ? ["", "#### Data would be lost", "", ...lost] : []),
    "",
    ...(review.failure === undefined ? [] : ["```text", ...failureLines(review), "```", ""]),
    "| what | resource | type | because of |",
    "| --- | --- | --- | --- |",
    ...rows,
    ...rightsTable(review.rights ?? []),
  ];
}

function rightsTable(rights: readonly RightsChange[]): readonly string[] {
  if (rights.length === 0) return [];
  const rows = rights.map(({ workload, gains, loses }) => {
    return `| ${code(workload)} | ${gains.map(code).join(", ")} | ${loses.map(code).join(", ")} |`;
  });
  return ["", "#### Rights", "", "| workload | gains | loses |", "| --- | --- | --- |", ...rows];
}

/** Text in backticks; within a table a bar would end the cell. */
function code(text: string): string {
  return `\`${text.replaceAll("`", "'").replaceAll("|", "\\|")}\``;
}
