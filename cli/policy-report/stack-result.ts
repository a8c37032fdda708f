// Findings of the packs in a stack, with the metadata of their rules: the source of all report formats.
import { packs } from "../../policy/catalogue";
import type { Rule } from "../../policy/rules/rule";
import { componentOf } from "../components-table";
import type { PackResult, RunFacts, Violation } from "../event-log";
import type { Message, RunRecord } from "../run-record";

/** A rule as a report names it. */
export interface ReportedRule {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly severity: Rule["severity"];
  readonly controls: readonly string[];
  /** What to do, as an instruction. */
  readonly remediation: string;
}

/** A violation, taken apart. */
export interface ReportedFinding {
  readonly rule: string;
  readonly level: "mandatory" | "advisory";
  readonly severity: Rule["severity"];
  /** The component that the resource is counted under, or `(the stack itself)`. */
  readonly component: string;
  /** Logical name of the resource; empty where the finding is of no single one. */
  readonly resource: string;
  readonly type: string;
  readonly urn: string;
  /** What the rule found, in a line: `orders-queue (aws:sqs/queue:Queue): kmsMasterKeyId is not set`. */
  readonly found: string;
  /** The pack's whole message: the requirement, the remedy, the controls. */
  readonly text: string;
}

/** Findings of the packs in a stack. */
export interface StackResult {
  readonly stack: string;
  readonly packs: readonly PackResult[];
  /** By component, then by resource and rule. */
  readonly findings: readonly ReportedFinding[];
  /** Exceptions in use, a line each with reason, owner and last day. */
  readonly exceptions: readonly string[];
  /** Values that are not known before the deployment, a line each with the rules that judge them during the update. */
  readonly unjudged: readonly string[];
  /** Errors that stopped the check of the stack. */
  readonly failures: readonly string[];
}

const known: ReadonlyMap<string, Rule> = new Map(
  Object.values(packs)
    .flat()
    .map((rule) => [rule.id, rule]),
);

/** Metadata of a rule; for a rule of another pack, or a policy on exceptions, only its name is known. */
export function ruleNamed(id: string): ReportedRule {
  const { title, description, severity, controls, remediation } = known.get(id) ?? {
    title: id,
    description: id,
    severity: "medium" as const,
    controls: [],
    remediation: "see the finding",
  };
  return { id, title, description, severity, controls, remediation };
}

/** Collects the results of a run. */
export function resultOf(
  stack: string,
  { packs: judged, violations, accepted = [], unjudged = [] }: RunFacts,
  { steps, messages }: Pick<RunRecord, "steps" | "messages">,
  failed: boolean,
): StackResult {
  const owner = componentOf(steps);
  const findings = violations.map((violation) => findingOf(violation, owner));
  const errors = messages.filter(({ severity }) => severity === "error").map(lineOf);
  const isExplained = findings.some(({ level }) => level === "mandatory") || errors.length > 0;
  return {
    stack,
    packs: judged,
    findings: findings.sort((one, other) => compared(keyOf(one), keyOf(other))),
    exceptions: accepted,
    unjudged,
    failures: failed && !isExplained ? ["the engine ended without saying why"] : errors,
  };
}

function findingOf(violation: Violation, owner: (urn: string) => string): ReportedFinding {
  const { rule, level, urn, message } = violation;
  const [, , types = "", ...name] = urn.split("::");
  return {
    rule,
    level: level === "mandatory" ? level : "advisory",
    severity: ruleNamed(rule).severity,
    component: owner(urn),
    resource: name.join("::"),
    type: types.slice(types.lastIndexOf("$") + 1),
    urn,
    ...partsOf(message, known.get(rule)?.description),
  };
}

/** Splits a message: CrossGuard puts the rule's description before the rule's own text. */
function partsOf(message: string, description: string | undefined): Pick<ReportedFinding, "found" | "text"> {
  const lines = message.split("\n");
  const said = lines[0] === description ? lines.slice(1) : lines;
  return { found: said[0] ?? "", text: said.join("\n") };
}

const lineOf = ({ resource, text }: Message): string => (resource === "" ? text : `${resource}: ${text}`);
const keyOf = ({ component, resource, rule, found }: ReportedFinding) => [component, resource, rule, found];

function compared(one: readonly string[], other: readonly string[]): number {
  const index = one.findIndex((text, place) => text !== other[place]);
  return index === -1 ? 0 : (one[index] ?? "").localeCompare(other[index] ?? "", "en");
}
