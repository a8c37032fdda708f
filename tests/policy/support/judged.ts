// What all packs say about the resources of a program.
import type { Registered } from "../../../offline/providers/mocks";
import { allRules } from "../packs";
import { messages, type Subject } from "./judge";

/** Violations as `rule: message`, of every rule that is not switched off. */
export async function violationsIn(resources: readonly Registered[]): Promise<string[]> {
  const names = new Map(resources.map(({ urn }, index) => [urn, `${index}`]));
  const all = resources.map(
    ({ type, urn, inputs, outputs, propertyDependencies }): Subject & { readonly given: object } => {
      const from = Object.entries(propertyDependencies).map(
        ([property, urns]) => [property, urns.flatMap((one) => names.get(one) ?? [])] as const,
      );
      return {
        type,
        name: names.get(urn) ?? "",
        props: { ...outputs, ...inputs },
        from: Object.fromEntries(from),
        given: inputs,
      };
    },
  );
  const found: string[] = [];
  for (const rule of allRules.filter(({ level }) => level !== "disabled")) {
    const isOfStack = "checkStack" in rule;
    const concerned = all.filter(({ type }) => rule.appliesTo.includes(type));
    if (concerned.length === 0) continue;
    const subjects = isOfStack
      ? all
      : concerned.map(({ given, ...subject }) => ({ ...subject, props: given as Subject["props"] }));
    found.push(...(await messages(rule, subjects)).map((message) => `${rule.id}: ${message}`));
  }
  return found.map((text) => text.replace(/\b\d+\b(?= \()/g, (number) => resources[Number(number)]?.name ?? number));
}
