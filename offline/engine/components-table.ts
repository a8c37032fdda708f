// Counts a stack's resources by the component that made them, which is how a person thinks of a stack.

/** A row of the table: a component and how many resources it has itself. */
export interface ComponentRow {
  readonly name: string;
  readonly type: string;
  readonly resources: number;
}

/** The part of an exported deployment that is read. */
export interface Deployment {
  readonly deployment: {
    readonly resources?: readonly Resource[];
  };
}

export interface Resource {
  readonly urn: string;
  readonly type: string;
  readonly id?: string;
  readonly custom?: boolean;
  readonly parent?: string;
  readonly protect?: boolean;
  readonly outputs?: Readonly<Record<string, unknown>>;
}

const stackType = "pulumi:pulumi:Stack";
/** What components are made of, such as an encryption key: counted with the component that has it. */
const helpers = "archipelago:base:";

/** The resources of a deployment, without the stack itself and the provider settings. */
export function cloudResources({ deployment }: Deployment): readonly Resource[] {
  return (deployment.resources ?? []).filter(({ custom, type }) => custom === true && !type.startsWith("pulumi:"));
}

/**
 * Counts each cloud resource under the nearest component of this project above it, or the nearest of any kind, or the stack.
 * A component inside another (awsx's Vpc in a Network, a key in a Cluster) is so counted as what a team wrote. Rows are by name.
 */
export function componentRows(deployment: Deployment): readonly ComponentRow[] {
  const byUrn = new Map((deployment.deployment.resources ?? []).map((resource) => [resource.urn, resource]));
  const counts = new Map<string, number>();
  for (const resource of cloudResources(deployment)) {
    const owner = ownerOf(resource, byUrn);
    counts.set(owner, (counts.get(owner) ?? 0) + 1);
  }
  return [...counts]
    .map(([urn, resources]) => {
      const type = byUrn.get(urn)?.type;
      return type === undefined
        ? { name: "(the stack itself)", type: "", resources }
        : { name: urn.split("::").slice(3).join("::"), type, resources };
    })
    .sort((a, b) => a.name.localeCompare(b.name, "en") || a.type.localeCompare(b.type, "en"));
}

function ownerOf(resource: Resource, byUrn: ReadonlyMap<string, Resource>): string {
  let nearest: string | undefined;
  let above = resource.parent;
  while (above !== undefined) {
    const parent = byUrn.get(above);
    if (parent === undefined || parent.type === stackType) break;
    if (parent.custom !== true) {
      if (parent.type.startsWith("archipelago:") && !parent.type.startsWith(helpers)) return parent.urn;
      nearest ??= parent.urn;
    }
    above = parent.parent;
  }
  return nearest ?? "";
}

/** Columns as wide as their widest cell; numbers, in the last column, to the right. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const last = head.length - 1;
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => (column === last ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0)))
      .join("  ")
      .trimEnd();
  return [line(head), widths.map((width) => "-".repeat(width)).join("  "), ...rows.map(line)];
}
