// What a registration says beside its inputs: the URN, the URNs that the resource had before, and the engine's options.
import type * as messages from "@pulumi/pulumi/proto/resource_pb";
import * as pulumi from "@pulumi/pulumi";

/** `urn:pulumi:<stack>::<project>::<types of the parents, then its own>::<name>`. */
export function urnOf(parent: string, type: string, name: string): string {
  const parents = parent === "" ? "" : typesOf(parent);
  const qualified = parents === "" || parents === "pulumi:pulumi:Stack" ? type : `${parents}$${type}`;
  return ["urn:pulumi:" + pulumi.runtime.getStack(), pulumi.runtime.getProject(), qualified, name].join("::");
}

/**
 * The URNs under which the engine looks for the resource if it does not find its own: those that it names, and those that follow from
 * the aliases of its parent (pulumi/pulumi, pkg/resource/deploy/step_generator.go, generateAliases and inheritedChildAlias).
 */
export function aliasesOf(
  request: messages.RegisterResourceRequest,
  parent: { readonly urn: string; readonly name: string; readonly aliases: readonly string[] } | undefined,
): readonly string[] {
  const [type, name] = [request.getType(), request.getName()];
  const parents = parent?.aliases ?? [];
  const own = request.getAliasesList().flatMap((alias) => {
    if (alias.getUrn() !== "") return [alias.getUrn()];
    const spec = alias.getSpec();
    if (spec === undefined) return [];
    const [formerType, formerName] = [spec.getType() || type, spec.getName() || name];
    if (spec.getNoparent()) return [urnOf("", formerType, formerName)];
    if (spec.getParenturn() !== "") return [urnOf(spec.getParenturn(), formerType, formerName)];
    return [request.getParent(), ...parents].map((urn) =>
      urnOf(urn, formerType, spec.getName() ? formerName : inherited(name, parent?.name, urn)),
    );
  });
  const following = parents.map((urn) => urnOf(urn, type, inherited(name, parent?.name, urn)));
  return [...new Set([...request.getAliasurnsList(), ...own, ...following])];
}

/** A child whose name begins with its parent's had a name that begins with the parent's former one. */
function inherited(name: string, parent: string | undefined, parentUrn: string): string {
  const former = parentUrn.split("::").slice(3).join("::");
  return parent !== undefined && name.startsWith(parent) ? `${former}${name.slice(parent.length)}` : name;
}

/** Options that differ from the engine's defaults. */
export function optionsOf(request: messages.RegisterResourceRequest): Record<string, boolean | readonly string[]> {
  const lists = {
    ignoreChanges: request.getIgnorechangesList(),
    replaceOnChanges: request.getReplaceonchangesList(),
  };
  return {
    ...(request.getProtect() === true && { protect: true }),
    ...(request.getRetainondelete() === true && { retainOnDelete: true }),
    ...(request.getDeletebeforereplacedefined() && { deleteBeforeReplace: request.getDeletebeforereplace() }),
    ...Object.fromEntries(Object.entries(lists).filter(([, names]) => names.length > 0)),
  };
}

const typesOf = (urn: string): string => urn.split("::")[2] ?? "";
