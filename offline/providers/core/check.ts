// Refuses inputs that do not fit the SDK's declaration, naming the property by its path.
import type { Sdk } from "../schema/sdk";
import { documentedRange, documentedValues } from "../schema/documented";
import type { Properties, Property, Shape } from "../schema/shape";
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
  return failures;
}

function checkProperty(sdk: Sdk, value: Value, property: Property, path: string): Failure[] {
  const failures = checkValue(sdk, value, property.shape, path);
  if (failures.length > 0 || value === UNKNOWN) return failures;
  const reason = notAllowed(value, property);
  return reason === undefined ? [] : [{ property: path, reason }];
}

/** Why the SDK's documentation does not allow a value of the right type. */
function notAllowed(value: Value, { shape, doc }: Property): string | undefined {
  if (shape.kind === "number") {
    const range = documentedRange(doc);
    const outside = range !== undefined && (Number(value) < range.min || Number(value) > range.max);
    return outside ? `${JSON.stringify(value)} is not between ${range.min} and ${range.max}` : undefined;
  }
  if (shape.kind !== "string" || typeof value !== "string" || value === "") return undefined;
  const values = documentedValues(doc);
  if (values === undefined || values.includes(value)) return undefined;
  const shown = values.slice(0, 12).map((allowed) => JSON.stringify(allowed));
  const near = values.find(
    (known) => distance(value.toLowerCase(), known.toLowerCase()) <= Math.max(2, value.length / 3),
  );
  const hint = near === undefined ? "" : `; did you mean "${near}"?`;
  return `${JSON.stringify(value)} is not one of ${shown.join(", ")}${values.length > 12 ? ", …" : ""}${hint}`;
}

function join(path: string, name: string): string {
  return path === "" ? name : `${path}.${name}`;
}

function unknownProperty(name: string, declared: Properties): string {
  const nearest = [...declared.keys()]
    .map((known) => ({ known, distance: distance(name.toLowerCase(), known.toLowerCase()) }))
    .sort((left, right) => left.distance - right.distance)[0];
  const hint = nearest && nearest.distance <= Math.max(2, name.length / 3) ? `; did you mean "${nearest.known}"?` : "";
  return `unknown property "${name}"${hint}`;
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

/** Levenshtein's distance. */
function distance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i++) {
    const next = [i];
    for (let j = 1; j <= right.length; j++) {
      const substitution = (row[j - 1] ?? 0) + (left[i - 1] === right[j - 1] ? 0 : 1);
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, substitution));
    }
    row = next;
  }
  return row[right.length] ?? 0;
}
