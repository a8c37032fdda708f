// What the mandatory rules of all packs find in resources of a mocked build, one resource at a time.
import type { Registered } from "../../../offline/providers/mocks";
import { allRules } from "../../policy/packs";
import { judge } from "../../policy/support/judge";

/** A line for each finding: `rule: resource: path is value`. */
export async function violations(resources: readonly Registered[]): Promise<string[]> {
  const ours = resources.filter(({ type }) => type.startsWith("aws:"));
  const types = new Set(ours.map(({ type }) => type));
  const found: string[] = [];
  for (const rule of allRules) {
    if ("checkStack" in rule || rule.level !== undefined || !rule.appliesTo.some((type) => types.has(type))) continue;
    const subjects = ours
      .filter(({ type }) => rule.appliesTo.includes(type))
      .map(({ type, name, inputs }) => ({ type, name, props: inputs }));
    found.push(...(await judge(rule, subjects)).map((line) => `${rule.id}: ${line}`));
  }
  return found;
}
