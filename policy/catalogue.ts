// The page of all rules, written from what the rules say of themselves.
import { encryptionRules } from "./rules/encryption";
import { iamRules } from "./rules/iam";
import { kubernetesRules } from "./rules/kubernetes";
import { loggingRules } from "./rules/logging";
import { networkRules } from "./rules/network";
import { resilienceRules } from "./rules/resilience";
import type { Rule } from "./rules/rule";
import { secretsRules } from "./rules/secrets";
import { workloadRules } from "./rules/workloads";

/** The rules by pack. */
export const packs: Readonly<Record<string, readonly Rule[]>> = {
  encryption: encryptionRules,
  iam: iamRules,
  kubernetes: kubernetesRules,
  logging: loggingRules,
  network: networkRules,
  resilience: resilienceRules,
  secrets: secretsRules,
  workloads: workloadRules,
};

const LEVELS = { mandatory: "", advisory: "; advice", disabled: "; off until it is turned on" } as const;

/** The page as Markdown. */
export function catalogue(): string {
  const count = Object.values(packs).flat().length;
  return [
    "# Policy rules",
    "",
    `<!-- written by: node policy/write-catalogue.cjs -->`,
    "",
    `The packs have ${count} rules. A rule is mandatory unless it says otherwise. \`policy/all\` has every pack in one process. A rule is planted: one run on the`,
    "real engine holds a wrong and a right resource of each type that a rule names (`tests/engine/planted-violations.spec.ts`).",
    ...Object.entries(packs).flatMap(([pack, rules]) => ["", `## ${pack}`, ...rules.flatMap(section)]),
    "",
  ].join("\n");
}

function section(rule: Rule): readonly string[] {
  const kind = "checkStack" in rule ? "the whole stack" : "each resource";
  return [
    "",
    `### ${rule.id}`,
    "",
    rule.description,
    "",
    `- Severity ${rule.severity}${LEVELS[rule.level ?? "mandatory"]}; judges ${kind}; ${rule.controls.join(", ")}.`,
    `- To do: ${rule.remediation}.`,
    `- Types: ${typesOf(rule.appliesTo)}.`,
  ];
}

/** Many types share a policy document; the page names the first ones. */
function typesOf(types: readonly string[]): string {
  const shown = types.slice(0, 8).map((type) => `\`${type}\``);
  const more = types.length - shown.length;
  return more > 0 ? `${shown.join(", ")} and ${more} more` : shown.join(", ");
}
