// Aliases of what is named after a service, for a service that has another name now. A URN holds a resource's name and the types of
// its parents, not their names, so the old name is all that an alias needs.
import * as pulumi from "@pulumi/pulumi";
import { projectionQueue } from "../../../components/kit/names";
import { commandQueue } from "../../model/kinds/saga/derive";
import type { ServicePlan } from "../../model/plan";

/** A service's old and new name, and the entities that it keeps a copy of. */
type Renamed = Pick<ServicePlan, "name" | "renamedFrom" | "projects">;

/** Options of a component that a service owns: its children's names begin with the component's. */
export function ownedBy(
  opts: pulumi.ComponentResourceOptions,
  name: string,
  formerName: string | undefined,
): pulumi.ComponentResourceOptions {
  if (formerName === undefined || formerName === name) return opts;
  const former = ({ name: child, type }: pulumi.ResourceTransformationArgs): string[] => {
    if (child !== name && !child.startsWith(`${name}-`)) return [];
    const begun = `${formerName}${child.slice(name.length)}`;
    return isRule(type) ? [begun, replaced(begun, name, formerName)] : [begun];
  };
  return { ...opts, transformations: [...(opts.transformations ?? []), aliasing(former)] };
}

/** Aliases of what others have on behalf of renamed services: rules of security groups, and queues named after a service. */
export function referringTo(services: readonly Renamed[]): pulumi.ResourceTransformation {
  const renames = services.flatMap(({ name, renamedFrom, projects }) =>
    renamedFrom === undefined ? [] : [{ name, renamedFrom, projects }],
  );
  return aliasing(({ name: child, type }) =>
    renames.flatMap(({ name, renamedFrom, projects }) => {
      if (isRule(type)) return [replaced(child, name, renamedFrom)].filter((former) => former !== child);
      const queues = projects.map(
        (entity) => [projectionQueue(name, entity), projectionQueue(renamedFrom, entity)] as const,
      );
      return [...queues, [commandQueue(name), commandQueue(renamedFrom)] as const]
        .map(([now, before]) => replaced(child, now, before))
        .filter((former) => former !== child && child.startsWith("messaging-"));
    }),
  );
}

function isRule(type: string): boolean {
  return /^aws:vpc\/securityGroup(In|E)gressRule:/.test(type);
}

/** A name with a part of it replaced, wherever that stands between dashes. */
function replaced(text: string, part: string, by: string): string {
  return `-${text}-`.replaceAll(`-${part}-`, `-${by}-`).slice(1, -1);
}

function aliasing(
  former: (args: pulumi.ResourceTransformationArgs) => readonly string[],
): pulumi.ResourceTransformation {
  return (args) => {
    const aliases = [...new Set(former(args))].map((name): pulumi.Alias => ({ name }));
    if (aliases.length === 0) return undefined;
    return { props: args.props, opts: { ...args.opts, aliases: [...(args.opts.aliases ?? []), ...aliases] } };
  };
}
