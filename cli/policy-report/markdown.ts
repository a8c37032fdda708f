// A report as Markdown, for a comment or a job's summary: a table of stacks, then the findings by component with what to do.
import { code, page, plain, table } from "../../infra/views/catalog/markdown";
import { type ReportedFinding, ruleNamed, type StackResult } from "./stack-result";

export function markdown(stacks: readonly StackResult[]): string {
  const rows = stacks.map(({ stack, packs, findings, exceptions, failures }) => [
    code(stack),
    failures.length > 0 ? "not judged to its end" : verdictOf(findings),
    String(packs.reduce((sum, { rules }) => sum + rules.length, 0)),
    String(Math.max(0, ...packs.map(({ resources }) => resources))),
    String(exceptions.length),
  ]);
  return page([
    "## Policy",
    ...table(["stack", "result", "rules", "resources", "exceptions"], rows),
    ...stacks.flatMap(sectionOf),
    ...exceptionsOf(stacks),
    ...unjudgedOf(stacks),
  ]);
}

function verdictOf(findings: readonly ReportedFinding[]): string {
  const mandatory = findings.filter(({ level }) => level === "mandatory").length;
  const advice = findings.length - mandatory;
  if (findings.length === 0) return "holds";
  return `${mandatory === 0 ? "holds" : `**${mandatory} mandatory**`}${advice === 0 ? "" : `, ${advice} advisory`}`;
}

function sectionOf({ stack, findings, failures }: StackResult): readonly string[] {
  if (findings.length === 0 && failures.length === 0) return [];
  const components = [...new Set(findings.map(({ component }) => component))];
  return [
    "",
    `### ${plain(stack)}`,
    "",
    ...failures.map((text) => `- **not judged to its end:** ${plain(text)}`),
    ...components.flatMap((component) => [
      "",
      `**${plain(component)}**`,
      "",
      ...findings.filter((finding) => finding.component === component).map(lineOf),
    ]),
  ];
}

function lineOf({ rule, level, severity, found, text }: ReportedFinding): string {
  const required = text.split("\n").find((line) => line.startsWith("required: "));
  const what = required === undefined ? plain(found) : `${plain(found)}; ${plain(required)}`;
  return `- ${level}, ${severity}: ${code(rule)}: ${what}. To do: ${plain(ruleNamed(rule).remediation)}.`;
}

/** Several stacks often share an exception. */
function exceptionsOf(stacks: readonly StackResult[]): readonly string[] {
  const all = [...new Set(stacks.flatMap(({ exceptions }) => exceptions))].sort();
  return all.length === 0 ? [] : ["", "### Exceptions in use", "", ...all.map((line) => `- ${plain(line)}`)];
}

/** Values that a preview can't check are no findings: during the update every value is known before its resource is created. */
function unjudgedOf(stacks: readonly StackResult[]): readonly string[] {
  const lines = stacks.flatMap(({ stack, unjudged }) => unjudged.map((line) => `- ${code(stack)}: ${plain(line)}`));
  if (lines.length === 0) return [];
  const title = `${lines.length === 1 ? "1 value" : `${lines.length} values`} not known before the update`;
  return ["", `<details><summary>${title}</summary>`, "", ...lines, "", "</details>"];
}
