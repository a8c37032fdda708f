// Refuses inputs that do not fit the SDK's declaration, naming the property by its path.
import type { Sdk } from "../schema/sdk";
import type { Limits, Properties, Property, Shape } from "../schema/shape";
import { miscounted, nearest, notAllowed } from "./limits";
import { conflictingInputs } from "./conflicting-inputs";
import { fileKind, isObject, UNKNOWN, type Value, type Values } from "./values";

/** Why an input was refused. */
export interface Failure {
  /** `containerDefinitions[0].portMappings`. */
  readonly property: string;
  readonly reason: string;
}

/** Every failure of an object's properties. Inputs are plain; unknown values always pass. */
export function checkProperties(sdk: Sdk, values: Values, declared: Properties, path = ""): Failure[] {
  const failures: Failure[] = [];
  for (const [name, value] of Object.entries(values)) {
    // Names like `__defaults` are between engine and provider.
    if (value === null || name.startsWith("__")) continue;
    const property = declared.get(name);
    if (property) failures.push(...checkProperty(sdk, value, property, join(path, name)));
    else failures.push({ property: join(path, name), reason: unknownProperty(name, declared) });
  }
  for (const [name, property] of declared) {
    if (property.optional || (values[name] ?? null) !== null) continue;
    failures.push({ property: join(path, name), reason: `missing required property "${name}"` });
  }
  return [...failures, ...conflictingInputs(values, declared, (name) => join(path, name))];
}

function checkProperty(sdk: Sdk, value: Value, { shape, limits }: Property, path: string): Failure[] {
  const failures = checkValue(sdk, value, shape, path);
  if (failures.length > 0 || limits === undefined) return failures;
  const count = Array.isArray(value) ? miscounted(value.length, limits) : undefined;
  return count === undefined ? checkLimits(value, limits, path) : [{ property: path, reason: count }];
}

/** Properties whose values no message shows, marked as secret or not. */
const SECRET = /(?:password|passphrase|secret|secretString|authToken|privateKey|apiKey)(?:Wo)?$/i;

/** What the limits of a property do not allow, in a value of the right type. */
function checkLimits(value: Value, limits: Limits, path: string): Failure[] {
  if (Array.isArray(value))
    return (value as readonly Value[]).flatMap((item, at) => checkLimits(item, limits, `${path}[${at}]`));
  if (value === UNKNOWN || value === null || typeof value === "object") return [];
  const reason = notAllowed(value, limits, SECRET.test(path));
  return reason === undefined ? [] : [{ property: path, reason }];
}

function join(path: string, name: string): string {
  return path === "" ? name : `${path}.${name}`;
}

function unknownProperty(name: string, declared: Properties): string {
  const near = nearest(name, declared.keys());
  return `unknown property "${name}"${near === undefined ? "" : `; did you mean "${near}"?`}`;
}

function checkValue(sdk: Sdk, value: Value, shape: Shape, path: string): Failure[] {
  if (value === UNKNOWN || shape.kind === "any") return [];
  if (shape.kind === "union") {
    const results = shape.of.map((option) => checkValue(sdk, value, option, path));
    if (results.some((failures) => failures.length === 0)) return [];
    // An alternative that at least has the right kind of value tells more than "none of these".
    return (
      results.find((failures) => failures.some(({ property }) => property !== path)) ?? [wrong(value, shape, path)]
    );
  }
  if (!fits(value, shape)) return [wrong(value, shape, path)];
  if (shape.kind === "list") {
    return (value as readonly Value[]).flatMap((item, at) =>
      item === null ? [] : checkValue(sdk, item, shape.of, `${path}[${at}]`),
    );
  }
  if (!isObject(value)) return [];
  if (shape.kind === "map") {
    return Object.entries(value).flatMap(([key, item]) =>
      item === null ? [] : checkValue(sdk, item, shape.of, `${path}["${key}"]`),
    );
  }
  if (shape.kind !== "object") return [];
  const declared = sdk.inputObject(shape.name);
  return declared.size === 0 ? [] : checkProperties(sdk, value, declared, path);
}

function fits(value: Value, shape: Exclude<Shape, { kind: "union" }>): boolean {
  switch (shape.kind) {
    case "string":
      // The bridge takes numbers and booleans for strings, as Terraform does.
      return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
    case "number":
      return (
        typeof value === "number" ||
        (typeof value === "string" && value.trim() !== "" && Number.isFinite(Number(value)))
      );
    case "boolean":
      return typeof value === "boolean" || value === "true" || value === "false";
    case "literal":
      return value === shape.value;
    case "enum":
      return typeof value === "string" || typeof value === "number";
    case "list":
      return Array.isArray(value);
    case "map":
    case "object":
      return isObject(value) && fileKind(value) === undefined;
    case "asset":
    case "archive":
      return fileKind(value) === shape.kind;
    case "any":
      return true;
  }
}

function wrong(value: Value, shape: Shape, path: string): Failure {
  return { property: path, reason: `expected ${described(shape)}, got ${kindOf(value)}` };
}

function described(shape: Shape): string {
  switch (shape.kind) {
    case "literal":
      return JSON.stringify(shape.value);
    case "list":
      return `a list of ${described(shape.of)}`;
    case "map":
      return `a map of ${described(shape.of)}`;
    case "object":
      return `an object (${shape.name})`;
    case "enum":
      return `one of ${shape.name}`;
    case "union":
      return shape.of.map(described).join(" or ");
    case "asset":
    case "archive":
      return `an ${shape.kind}`;
    case "any":
    case "string":
    case "number":
    case "boolean":
      return `a ${shape.kind}`;
  }
}

function kindOf(value: Value): string {
  const file = fileKind(value);
  if (file) return `an ${file}`;
  if (Array.isArray(value)) return "a list";
  if (isObject(value)) return "an object";
  const shown = JSON.stringify(value);
  return `a ${typeof value} (${shown.length > 40 ? `${shown.slice(0, 40)}…` : shown})`;
}
