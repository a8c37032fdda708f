// Validates bounded contexts: their ownership, and their declared relations against the edges of their services.
import { serviceDependencies } from "./derive";
import type { Findings } from "../findings";
import type { Context, System } from "../system";

/** Checks every context of a system and its relations. */
export function checkContexts(system: System, findings: Findings): void {
  const dependencies = serviceDependencies(system);
  const leading = (from: string, to: string): string[] =>
    [...dependencies].flatMap(([service, needed]) =>
      system.services[service]?.context === from && needed.has(to) ? [`${service} → ${to}`] : [],
    );
  for (const [name, context] of Object.entries(system.contexts)) {
    checkRelations(name, context, Object.keys(system.contexts), findings);
    for (const [other, relation] of Object.entries(context.relations ?? {})) {
      // `separate-ways` applies in both directions: neither context depends on the other.
      const edges =
        relation === "separate-ways" && other !== name ? [...leading(name, other), ...leading(other, name)] : [];
      findings.require(
        edges.length === 0,
        `contexts.${name}.relations.${other}`,
        relation,
        `a relation that allows edges between ${name} and ${other}: ${edges.join(", ")}`,
        "remove the edges, or say how the two contexts stand to each other",
      );
    }
  }
}

function checkRelations(
  name: string,
  { relations = {} }: Context,
  contexts: readonly string[],
  findings: Findings,
): void {
  for (const other of Object.keys(relations)) {
    const path = `contexts.${name}.relations.${other}`;
    if (other === name) findings.require(false, path, other, "another context", "remove it: a context is itself");
    else
      findings.requireKnown(
        other,
        contexts.filter((context) => context !== name),
        path,
        "context",
      );
  }
}
