// A report as SARIF 2.1.0, for code scanning. One run for all stacks: GitHub refuses a file with several runs of one tool.
import { createHash } from "node:crypto";
import type { Log, ReportingDescriptor, Result } from "sarif";
import { type ReportedFinding, type ReportedRule, ruleNamed, type StackResult } from "./stack-result";

/** GitHub sorts findings by a score: https://docs.github.com/en/code-security/code-scanning (SARIF support, `security-severity`). */
const SCORES = { critical: "9.5", high: "8.0", medium: "5.5", low: "3.0" } as const;

/** @param version of the package */
export function sarif(stacks: readonly StackResult[], version: string): string {
  const ids = [...new Set(stacks.flatMap(({ findings }) => findings.map(({ rule }) => rule)))].sort();
  const places = new Map(ids.map((id, index) => [id, index]));
  const log: Log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "archipelago", version, rules: ids.map((id) => descriptorOf(ruleNamed(id))) } },
        automationDetails: { id: "archipelago/policy/" },
        invocations: [
          {
            executionSuccessful: stacks.every(({ failures }) => failures.length === 0),
            toolExecutionNotifications: stacks.flatMap(({ stack, failures }) =>
              failures.map((text) => ({ level: "error" as const, message: { text: `${stack}: ${text}` } })),
            ),
          },
        ],
        results: stacks.flatMap(({ stack, findings }) =>
          findings.map((finding) => resultOf(stack, finding, places.get(finding.rule) ?? 0)),
        ),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function descriptorOf({ id, title, description, severity, controls, remediation }: ReportedRule): ReportingDescriptor {
  return {
    id,
    shortDescription: { text: title },
    fullDescription: { text: description },
    help: { text: `To do: ${remediation}.`, markdown: `${description}\n\n**To do:** ${remediation}.` },
    properties: { tags: ["security", ...controls], "security-severity": SCORES[severity] },
  };
}

/** A resource has no line of its own, so a result stands at the stack's file and names the resource. */
function resultOf(stack: string, finding: ReportedFinding, ruleIndex: number): Result {
  const { rule, level, component, resource, urn, found, text } = finding;
  return {
    ruleId: rule,
    ruleIndex,
    level: level === "mandatory" ? "error" : "warning",
    message: { text: `${stack}, ${component}: ${text}` },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: `Pulumi.${stack}.yaml` }, region: { startLine: 1 } },
        ...(urn !== "" && { logicalLocations: [{ name: resource, fullyQualifiedName: urn, kind: "resource" }] }),
      },
    ],
    partialFingerprints: {
      "finding/v1": createHash("sha256")
        .update(JSON.stringify([stack, rule, urn, found]))
        .digest("hex"),
    },
    properties: { stack, component },
  };
}
