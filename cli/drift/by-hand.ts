// Changes behind the engine's back: edits of the files in which the emulated cloud keeps its resources.
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Explained } from "../process";

interface Recorded {
  readonly type: string;
  readonly urn: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs: Readonly<Record<string, unknown>>;
}

/** Changes one queue, opens one security-group rule and deletes one bucket. */
export function changeByHand(cloud: string): void {
  set(cloud, "aws:sqs/queue:Queue", "visibilityTimeoutSeconds", 777);
  set(cloud, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "cidrIpv4", "0.0.0.0/0");
  rmSync(first(cloud, "aws:s3/bucket:Bucket").file);
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
