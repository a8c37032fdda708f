// Objects judged by the rules of the pack "kubernetes", without an engine.
import type { Registered } from "../../../offline/providers/mocks";
import { kubernetesRules } from "../../../policy/rules/kubernetes";
import type { Properties } from "../../../policy/rules/value";

/** What the rules on single objects find, each as `rule: object, path`. */
export function findingsOf(resources: readonly Registered[], without: readonly string[] = []): string[] {
  return resources.flatMap(({ type, name, urn, inputs }) =>
    kubernetesRules.flatMap((rule) => {
      if (!("check" in rule) || !rule.appliesTo.includes(type) || without.includes(rule.id)) return [];
      const found: string[] = [];
      rule.check({ type, name, urn, props: inputs as Properties }, ({ path }) => {
        found.push(`${rule.id}: ${name}, ${path}`);
      });
      return found;
    }),
  );
}
