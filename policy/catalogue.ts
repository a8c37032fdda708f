// The page of all rules, written from what the rules say of themselves.
import { encryptionRules } from "./rules/encryption";
import { iamRules } from "./rules/iam";
import { networkRules } from "./rules/network";
import type { Rule } from "./rules/rule";
import { workloadRules } from "./rules/workloads";

/** The rules by pack. */
export const packs: Readonly<Record<string, readonly Rule[]>> = {
  encryption: encryptionRules,
  iam: iamRules,
  network: networkRules,
  workloads: workloadRules,
};

/** The page as Markdown. */
export function catalogue(): string {
  const count = Object.values(packs).flat().length;
  return [
    "# Policy rules",
    "",
    `<!-- written by: node policy/write-catalogue.cjs -->`,
    "",
    `The packs have ${count} rules. Each is mandatory. \`policy/all\` has every pack in one process. A rule is planted: one run on the`,
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
    `- Severity ${rule.severity}; judges ${kind}; ${rule.controls.join(", ")}.`,
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
