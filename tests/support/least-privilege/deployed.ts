// Reading the resources of a stack that came up, whatever registered them.

/** A resource of a stack; what `deploy` registers and what `pulumi stack export` holds both fit. */
export interface Deployed {
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs: Readonly<Record<string, unknown>>;
}

/** A policy document, of any version. */
export interface Policy {
  readonly Version?: string;
  readonly Statement: Statement | readonly Statement[];
}

/** A statement as JSON has it. */
export interface Statement {
  readonly Effect: string;
  readonly Action?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
  readonly [element: string]: unknown;
}

/** The resources of a type. */
export function ofType(resources: readonly Deployed[], type: string): readonly Deployed[] {
  return resources.filter((resource) => resource.type === type);
}

/** A text among a resource's outputs. */
export function text({ type, name, outputs, inputs }: Deployed, property: string): string {
  const value = outputs[property] ?? inputs[property];
  if (typeof value !== "string") throw new Error(`${name} (${type}) has no ${property}`);
  return value;
}

/** A resource's policy; undefined when it has none. */
export function policyOf({ outputs, inputs }: Deployed, property = "policy"): Policy | undefined {
  const value = outputs[property] ?? inputs[property];
  if (value === undefined || value === null || value === "") return undefined;
  return (typeof value === "string" ? JSON.parse(value) : value) as Policy;
}

/** The statements of a policy. */
export function statementsOf({ Statement }: Policy): readonly Statement[] {
  return [Statement].flat();
}

/** The values of an element. */
export function valuesOf(element: string | readonly string[] | undefined): readonly string[] {
  return element === undefined ? [] : [element].flat();
}
