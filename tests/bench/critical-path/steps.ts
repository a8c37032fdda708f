// A stack as steps of its creation: how long each takes in the cloud, and what it waits for.
import type { Value, Values } from "../../../offline/providers/core/values";
import { creationSeconds } from "../../../offline/aws/cards";

/** A resource as an exported deployment has it, or as a run in process recorded it. */
export interface Declared {
  readonly urn: string;
  readonly type: string;
  /** False for components. @default whether the outputs have an identifier */
  readonly custom?: boolean;
  readonly id?: string;
  readonly parent?: string;
  /** `<URN>::<id>`. */
  readonly provider?: string;
  readonly dependencies?: readonly string[] | null;
  readonly propertyDependencies?: Readonly<Record<string, readonly string[] | null>> | null;
  readonly deletedWith?: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
}

/** A dependency, and where the program declares it: a property, `dependsOn`, `parent`, `provider`, `deletedWith`. */
export interface Wait {
  readonly on: Step;
  readonly by: string;
}

/** The creation of one resource. */
export interface Step {
  readonly urn: string;
  readonly type: string;
  /** False for components and providers: they create nothing, and what they hand on is given by others. */
  readonly creates: boolean;
  /** 0 where nothing is created. */
  readonly seconds: number;
  /** Once for each pair of a resource and a place. */
  readonly waits: readonly Wait[];
  /** As the program gave them: without the names that a provider makes up before it creates. */
  readonly inputs: Values;
  /** With its identifier. */
  readonly outputs: Values;
}

/** The steps of a stack. A dependency on what the stack does not have is left out: it exists already. */
export function stepsOf(stack: readonly Declared[]): readonly Step[] {
  const steps = new Map(
    stack.map((declared): [string, Step & { waits: Wait[] }] => [declared.urn, { ...stepOf(declared), waits: [] }]),
  );
  for (const declared of stack) {
    const step = steps.get(declared.urn);
    for (const [urn, by] of declaredWaits(declared)) {
      const on = steps.get(urn);
      if (on !== undefined) step?.waits.push({ on, by });
    }
  }
  return [...steps.values()];
}

/** The logical name. */
export function nameOf({ urn }: Step): string {
  return urn.split("::").slice(3).join("::");
}

function stepOf({ urn, type, custom, id, inputs = {}, outputs = {} }: Declared): Omit<Step, "waits"> {
  const creates = (custom ?? "id" in outputs) && !type.startsWith("pulumi:");
  const given = withoutDefaults(inputs as Values);
  return {
    ...{ urn, type, creates, inputs: given },
    seconds: creates ? creationSeconds(type, given) : 0,
    outputs: { ...(outputs as Values), ...(id !== undefined && { id }) },
  };
}

/** Providers list what they filled in. */
function withoutDefaults({ __defaults: filled, ...inputs }: Values): Values {
  const names = Array.isArray(filled) ? (filled as readonly Value[]) : [];
  return Object.fromEntries(Object.entries(inputs).filter(([property]) => !names.includes(property)));
}

function declaredWaits(declared: Declared): readonly (readonly [urn: string, by: string])[] {
  const { parent, provider, deletedWith, dependencies, propertyDependencies } = declared;
  const byProperty = Object.entries(propertyDependencies ?? {}).flatMap(([property, urns]) =>
    (urns ?? []).map((urn) => [urn, property] as const),
  );
  const inProperties = new Set(byProperty.map(([urn]) => urn));
  const rest = (dependencies ?? []).filter((urn) => !inProperties.has(urn));
  return [
    ...byProperty,
    ...rest.map((urn) => [urn, "dependsOn"] as const),
    ...(parent ? [[parent, "parent"] as const] : []),
    ...(provider ? [[provider.slice(0, provider.lastIndexOf("::")), "provider"] as const] : []),
    ...(deletedWith ? [[deletedWith, "deletedWith"] as const] : []),
  ];
}
