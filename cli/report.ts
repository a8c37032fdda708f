// The end of a run as a person reads it: outputs, resources per component, policy.
import { changeRows, cloudResources, componentRows, type Deployment, table } from "./components-table";
import type { RunFacts } from "./event-log";
import type { RunRecord, RunStep } from "./run-record";
import { type Paint, plain as uncoloured, wrap } from "./screen";

const secretMark = "4dabf18193072939515e22adb298388d";

/**
 * The stack's outputs, a line each; nested ones with a dotted name.
 *
 * @param columns of the terminal: a value that does not fit beside its name stands below it, a command with a backslash at each break
 */
export function outputLines(deployment: Deployment, columns?: number): readonly string[] {
  const stack = (deployment.deployment.resources ?? []).find(({ type }) => type === "pulumi:pulumi:Stack");
  const lines = flatten("", stack?.outputs ?? {});
  const width = Math.max(0, ...lines.map(([name]) => name.length));
  return lines.flatMap(([name, value]) => {
    const line = `  ${name.padEnd(width)}  ${value}`;
    if (columns === undefined || line.length <= columns) return [line];
    // A command breaks before an option, so that each option stands beside its value.
    const isCommand = value.startsWith("aws ");
    const words = value.split(isCommand ? / (?=--)/ : " ");
    return [`  ${name}`, ...wrap(words, columns, "    ", isCommand ? " \\" : "")];
  });
}

/**
 * The table of components, and a line with the sum.
 *
 * @param columns of the terminal: where full types do not fit, their last part stands alone (`Microservice`)
 */
export function componentLines(deployment: Deployment, columns = Infinity): readonly string[] {
  const rows = componentRows(deployment);
  const count = cloudResources(deployment).length;
  const tableWith = (typeOf: (type: string) => string): readonly string[] =>
    table(
      ["component", "type", "resources"],
      rows.map(({ name, type, resources }) => [name, typeOf(type), String(resources)]),
    );
  const whole = tableWith((type) => type);
  const fits = whole.every((line) => line.length + "  ".length <= columns);
  const lines = fits ? whole : tableWith((type) => type.split(":").at(-1) ?? type);
  const all = (deployment.deployment.resources ?? []).length;
  const sum = `  ${plural(count, "resource")} in ${plural(rows.length, "component")}`;
  // The engine's own sums are others.
  const beside = all > count ? [`  (${all} for the engine, which counts components, providers and the stack too)`] : [];
  return [...lines.map((line) => `  ${line}`), sum, ...beside];
}

/** What changes in each component, and the sum; one line when nothing does. */
export function changeLines({ steps }: Pick<RunRecord, "steps">): readonly string[] {
  const rows = changeRows(steps);
  if (rows.length === 0) return ["  nothing changes"];
  const sums = [1, 2, 3, 4].map((column) => rows.reduce((sum, row) => sum + Number(row[column]), 0));
  const head = ["component", "create", "update", "replace", "delete"];
  return table(head, [...rows, ["all components", ...sums.map((sum) => (sum === 0 ? "" : String(sum)))]]).map(
    (line) => `  ${line}`,
  );
}

const SIGNS = { delete: "-", replace: "±", update: "~", create: "+" } as const;
const SIGN_COLOURS = { delete: "red", replace: "magenta", update: "yellow", create: "green" } as const;
const OPERATIONS = ["delete", "replace", "update", "create"] as const;
/** Resources that are listed one by one: what a person still reads. */
const MOST_LISTED = 40;

/** Each resource that changes, deletions first, with the properties that differ; no creates where there are too many to read. */
export function resourceLines({ steps }: Pick<RunRecord, "steps">, paint: Paint = uncoloured): readonly string[] {
  const changing = steps.filter(({ custom, type, operation }) => custom && operation && !type.startsWith("pulumi:"));
  const of = (operation: (typeof OPERATIONS)[number]) => changing.filter((step) => step.operation === operation);
  const listed = OPERATIONS.flatMap((operation) => {
    const found = of(operation);
    return operation === "create" && found.length > MOST_LISTED
      ? []
      : found.map((step) => resourceLine(step, operation, paint));
  });
  const more = listed.length - MOST_LISTED;
  return more > 0 ? [...listed.slice(0, MOST_LISTED), `  … and ${plural(more, "more resource")}`] : listed;
}

function resourceLine(
  { urn, type, properties }: RunStep,
  operation: (typeof OPERATIONS)[number],
  paint: Paint,
): string {
  const name = urn.split("::").slice(3).join("::");
  const why = properties.length === 0 ? "" : `: ${properties.join(", ")}`;
  return `  ${paint(SIGN_COLOURS[operation], `${SIGNS[operation]} ${operation.padEnd(7)}`)}  ${name} (${type})${why}`;
}

/** Errors and warnings, each under its resource. */
export function messageLines({ messages }: Pick<RunRecord, "messages">, paint: Paint = uncoloured): readonly string[] {
  return messages.flatMap(({ severity, resource, text }) => [
    `  ${paint(severity === "error" ? "red" : "yellow", severity)}${resource === "" ? "" : ` of ${resource}`}`,
    ...text.split("\n").map((line) => `    ${line}`),
  ]);
}

/** What the packs judged, and each violation. */
export function policyLines(
  { packs, violations, accepted = [], unjudged = [] }: RunFacts,
  paint: Paint = uncoloured,
): readonly string[] {
  if (packs.length === 0) return ["  no policy pack ran"];
  const judged = packs.flatMap(({ pack, version, rules, resources }) => [
    `  ${pack} ${version}: ${plural(rules.length, "rule")} had something to judge`,
    `  in ${plural(resources, "resource")}, components and providers included`,
  ]);
  const broken = byRule(violations).flatMap((group) => violationLines(group, paint));
  const exceptions = accepted.length === 0 ? [] : [`  ${plural(accepted.length, "exception")} in use`, ...accepted.map((line) => `    ${line}`)]; // prettier-ignore
  const later = unjudged.length === 0 ? [] : [`  ${plural(unjudged.length, "value")} not known yet: the rules judge them during the update`]; // prettier-ignore
  return [...judged, `  ${violationCount(violations.map(({ level }) => level))}`, ...broken, ...exceptions, ...later];
}

type Violation = RunFacts["violations"][number];

/** Violations of one rule beside each other, in the order in which the rules come. */
function byRule(violations: readonly Violation[]): readonly (readonly Violation[])[] {
  const groups = new Map<string, Violation[]>();
  for (const violation of violations) {
    const key = `${violation.level} ${violation.pack} ${violation.rule}`;
    groups.set(key, [...(groups.get(key) ?? []), violation]);
  }
  return [...groups.values()];
}

/** The violations of one rule: what is the same for all of them is written once. */
function violationLines(group: readonly Violation[], paint: Paint): readonly string[] {
  const [first] = group;
  if (first === undefined) return [];
  const { level, pack, rule } = first;
  const whereOf = ({ resource }: Violation): string => (resource === "" ? "the stack" : resource);
  // The head names the resource, so the message need not.
  const bodies = group.map(({ message, resource }) =>
    message
      .split("\n")
      .map((line) => (line.trimStart().startsWith(`${resource}: `) ? line.replace(`${resource}: `, "") : line))
      .filter((line) => line.trim() !== `${resource}:`),
  );
  const where = group.length === 1 ? whereOf(first) : plural(group.length, "resource");
  const head = `  ${paint(level === "mandatory" ? "red" : "yellow", `[${level}]`)} ${pack}/${rule}: ${where}`;
  const [body = []] = bodies;
  const indented = (lines: readonly string[]): readonly string[] => lines.map((line) => `      ${line}`);
  if (group.length === 1) return [head, ...indented(body)];
  const before = sharedStart(bodies);
  const rests = bodies.map((lines) => lines.slice(before));
  const after = sharedStart(rests.map((lines) => lines.toReversed()));
  const own = group.flatMap((violation, index) => {
    const lines = rests[index] ?? [];
    return [whereOf(violation), ...lines.slice(0, lines.length - after)];
  });
  return [head, ...indented([...body.slice(0, before), ...own, ...body.slice(body.length - after)])];
}

/** How many lines all texts begin with. */
function sharedStart(texts: readonly (readonly string[])[]): number {
  const [first = []] = texts;
  const at = first.findIndex((line, index) => texts.some((text) => text[index] !== line));
  return at === -1 ? first.length : at;
}

/**
 * Why a stack can't be taken down, and the steps that take it down; nothing where no resource is protected.
 *
 * @param offline the steps are for the emulated account
 */
export function protectedLines(deployment: Deployment, stack: string, offline = false): readonly string[] {
  const held = cloudResources(deployment).filter(({ protect }) => protect === true);
  if (held.length === 0) return [];
  const environment = stack.split("-").at(-1) ?? stack;
  const asked = `STACK=${stack}${offline ? " OFFLINE=1" : ""}`;
  return [
    `${stack} protects its data, so nothing was deleted. ${plural(held.length, "protected resource")}:`,
    ...held.map(({ urn, type }) => `  ${urn.split("::").slice(3).join("::")} (${type})`),
    `To delete them with all that they hold:`,
    `  1. take a snapshot of each database that you may need again: without protection no final snapshot is made`,
    `  2. set protectData to false in infra/environments/${environment}.ts`,
    `  3. make up ${asked} (this deletes nothing, it only ends the protection)`,
    `  4. make down ${asked}`,
  ];
}

function violationCount(levels: readonly string[]): string {
  const mandatory = levels.filter((level) => level === "mandatory").length;
  const others = levels.length - mandatory;
  const noun = levels.length === 1 ? "violation" : "violations";
  return levels.length === 0 ? "no violations" : `${levels.length} ${noun}: ${mandatory} mandatory, ${others} advisory`;
}

function flatten(prefix: string, value: unknown): readonly (readonly [string, string])[] {
  if (typeof value !== "object" || value === null) return [[prefix, plain(value)]];
  if (secretMark in value) return [[prefix, "[secret]"]];
  if (Array.isArray(value) && value.every((item) => typeof item !== "object")) {
    return [[prefix, value.map(plain).join(", ")]];
  }
  return Object.entries(value).flatMap(([key, inner]) => flatten(prefix === "" ? key : `${prefix}.${key}`, inner));
}

function plain(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
