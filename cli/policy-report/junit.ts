// A report as JUnit XML: a suite a stack, a case a rule. Advice is output of its case and no failure.
import reports from "junit-report-builder";
import type { ReportedFinding, StackResult } from "./stack-result";

export function junit(stacks: readonly StackResult[]): string {
  const builder = reports.newBuilder();
  for (const result of stacks) {
    const suite = builder.testSuite().name(`policy of ${result.stack}`);
    for (const { pack, rule, findings } of casesOf(result)) {
      const each = suite.testCase().className(pack).name(rule);
      const broken = findings.filter(({ level }) => level === "mandatory");
      const advice = findings.filter(({ level }) => level !== "mandatory");
      const [first] = broken;
      if (first) each.failure(headOf(broken, first), first.severity).stacktrace(textOf(broken));
      if (advice.length > 0) each.standardOutput(textOf(advice));
    }
    if (result.failures.length > 0)
      suite.testCase().className("run").name("judged to its end").error(result.failures.join("\n"));
  }
  return builder.build();
}

interface Case {
  readonly pack: string;
  readonly rule: string;
  readonly findings: readonly ReportedFinding[];
}

/** A case for each rule that had something to judge, and for each that found something. */
function casesOf({ packs, findings }: StackResult): readonly Case[] {
  const ran = new Map(packs.flatMap(({ pack, rules }) => rules.map((rule) => [rule, pack] as const)));
  for (const { rule } of findings) if (!ran.has(rule)) ran.set(rule, packs[0]?.pack ?? "policy");
  return [...ran].map(([rule, pack]) => ({ pack, rule, findings: findings.filter((each) => each.rule === rule) }));
}

const headOf = ({ length }: readonly ReportedFinding[], { found }: ReportedFinding): string =>
  length === 1 ? found : `${found} (and ${length - 1} more)`;

const textOf = (findings: readonly ReportedFinding[]): string =>
  findings.map(({ component, text }) => `${component}: ${text}`).join("\n\n");
