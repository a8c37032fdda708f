import { sdkOf } from "../../../../offline/providers/packages";
import type { Properties, Shape } from "../../../../offline/providers/schema/shape";

/** Whether the SDK declares an input at a path such as `rules[].bucket`: a table that names another would never speak. */
export function declares(type: string, path: string): boolean {
  const sdk = sdkOf("aws");
  let properties: Properties | undefined = sdk.resource(type)?.inputs;
  for (const step of path.split(".")) {
    const shape = properties?.get(step.replace("[]", ""))?.shape;
    if (shape === undefined) return false;
    const inner = innermost(shape);
    properties = inner.kind === "object" ? sdk.inputObject(inner.name) : undefined;
  }
  return true;
}

function innermost(shape: Shape): Shape {
  if (shape.kind === "list") return innermost(shape.of);
  if (shape.kind === "union")
    return innermost(shape.of.find(({ kind }) => kind === "list" || kind === "object") ?? { kind: "any" });
  return shape;
}
