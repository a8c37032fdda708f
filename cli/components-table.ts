// Counts a stack's resources by the component that made them, which is how a person thinks of a stack.

import type { ChangeOperation, RunStep } from "./run-record";

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
  /** Whether it stays when the stack goes. */
  readonly retainOnDelete?: boolean;
  readonly outputs?: Readonly<Record<string, unknown>>;
}

const STACK_ITSELF = "(the stack itself)";
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
      return type === undefined ? { name: STACK_ITSELF, type: "", resources } : { name: nameOf(urn), type, resources };
    })
    .sort((a, b) => a.name.localeCompare(b.name, "en") || a.type.localeCompare(b.type, "en"));
}

/** What a run changes, a row for each component in which something changes: name, then the count of each operation. */
export function changeRows(steps: readonly RunStep[]): readonly (readonly string[])[] {
  const byUrn = stepsByUrn(steps);
  const rows = new Map<string, Record<ChangeOperation, number>>();
  for (const step of byUrn.values()) {
    if (!step.custom || step.operation === undefined || step.type.startsWith("pulumi:")) continue;
    const owner = ownerOf(step, byUrn);
    const name = owner === "" ? STACK_ITSELF : nameOf(owner);
    const row = rows.get(name) ?? { create: 0, update: 0, replace: 0, delete: 0 };
    row[step.operation] += 1;
    rows.set(name, row);
  }
  const text = (count: number): string => (count === 0 ? "" : String(count));
  return [...rows]
    .sort(([a], [b]) => a.localeCompare(b, "en"))
    .map(([name, row]) => [name, text(row.create), text(row.update), text(row.replace), text(row.delete)]);
}

/** The component that each resource of a run is counted under, by the resource's URN. */
export function componentOf(steps: readonly RunStep[]): (urn: string) => string {
  const byUrn = stepsByUrn(steps);
  return (urn) => {
    const step = byUrn.get(urn);
    if (step === undefined) return STACK_ITSELF;
    // A component is its own.
    const owner = step.custom || step.type === stackType ? ownerOf(step, byUrn) : urn;
    return owner === "" ? STACK_ITSELF : nameOf(owner);
  };
}

function stepsByUrn(steps: readonly RunStep[]): ReadonlyMap<string, Resource & Pick<RunStep, "operation">> {
  return new Map(steps.map(({ parent, ...step }) => [step.urn, { ...step, ...(parent !== undefined && { parent }) }]));
}

function nameOf(urn: string): string {
  return urn.split("::").slice(3).join("::");
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

/** Columns as wide as their widest cell; numbers to the right. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const isNumber = (column: number): boolean => rows.every((row) => /^\d*$/.test(row[column] ?? ""));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) =>
        column > 0 && isNumber(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
      )
      .join("  ")
      .trimEnd();
  return [line(head), widths.map((width) => "-".repeat(width)).join("  "), ...rows.map(line)];
}
