// Changes behind the engine's back: edits of the files in which the emulated cloud keeps its resources.
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { drifts } from "../../offline/aws/cards";
import { Explained } from "../../cli/process";

interface Recorded {
  readonly type: string;
  readonly urn: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs: Readonly<Record<string, unknown>>;
}

/** Makes the changes that the cards give as examples: one queue is changed, one security-group rule is opened and one bucket is deleted. */
export function changeByHand(cloud: string): void {
  for (const [type, change] of drifts)
    if (change === "deleted") rmSync(first(cloud, type).file);
    else for (const [property, value] of Object.entries(change)) set(cloud, type, property, value);
}

function set(cloud: string, type: string, property: string, value: unknown): void {
  const { file, resource } = first(cloud, type, property);
  const inputs = { ...resource.inputs, [property]: value };
  const outputs = { ...resource.outputs, [property]: value };
  writeFileSync(file, JSON.stringify({ ...resource, inputs, outputs }, undefined, 1));
}

/** The first of a type by URN, so that each run changes the same; of those which set the property, where one is given. */
function first(cloud: string, type: string, property?: string): { readonly file: string; readonly resource: Recorded } {
  const found = readdirSync(cloud, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".json"))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => ({ file, resource: JSON.parse(readFileSync(file, "utf8")) as Recorded }))
    .filter(({ resource }) => resource.type === type && (property === undefined || property in resource.inputs))
    .sort((a, b) => (a.resource.urn < b.resource.urn ? -1 : 1))[0];
  if (found === undefined) throw new Explained(`The stack has no ${type} to change by hand.`);
  return found;
}
