// Right and wrong resources for the packs. The same calls are counted without an engine and made on the real one.

/** What a plant gives to another one: its outputs, known or not. */
export interface Made {
  readonly urn: unknown;
  readonly id: unknown;
  readonly arn: unknown;
  readonly name: unknown;
  readonly defaultNetworkAclId: unknown;
}

/** Properties of a plant; a value may be an output of another plant. */
export type Args = Readonly<Record<string, unknown>>;

/** Plants resources. */
export interface Planter {
  /** A resource in which no rule may find anything. */
  right(type: string, args: Args): Made;
  /** One of the resources in which, taken together, every rule that names their type finds something. */
  wrong(type: string, args: Args): Made;
}

/** A plant as it is counted. */
export interface Plant {
  readonly side: "right" | "wrong";
  readonly type: string;
  /** Logical name: side, number among the plants of the type and side, and the type's own name. */
  readonly name: string;
}

export const ACCOUNT = "123456789012";
export const FOREIGN = "999999999999";
export const REGION = "eu-central-1";

/** Numbers plants and names them. */
export function counting(): (side: Plant["side"], type: string) => Plant {
  const counts = new Map<string, number>();
  return (side, type) => {
    const [, module = "", short = ""] = type.split(":");
    const label = `${side}-${module.split("/")[0] ?? ""}-${short}`.toLowerCase();
    const number = (counts.get(label) ?? 0) + 1;
    counts.set(label, number);
    return { side, type, name: `${label}-${number}` };
  };
}
