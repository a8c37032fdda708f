// Changes behind the engine's back: what the cloud, or a person at its console, does to a resource.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { OfflineStack } from "../../../cli/offline-stack";

interface Recorded {
  readonly type: string;
  readonly urn: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs: Readonly<Record<string, unknown>>;
}

/** What the emulated cloud has of the resource of this type and logical name. */
export function existing(stack: OfflineStack, type: string, name: string): Recorded {
  return found(stack, type, name).resource;
}

/** Changes properties of a resource in the emulated cloud. */
export function changeByHand(
  stack: OfflineStack,
  type: string,
  name: string,
  change: Readonly<Record<string, unknown>>,
): void {
  const { file, resource } = found(stack, type, name);
  const changed = {
    ...resource,
    inputs: { ...resource.inputs, ...change },
    outputs: { ...resource.outputs, ...change },
  };
  writeFileSync(file, JSON.stringify(changed));
}

function found({ places }: OfflineStack, type: string, name: string) {
  for (const entry of readdirSync(places.cloud, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith(".json")) continue;
    const file = join(entry.parentPath, entry.name);
    const resource = JSON.parse(readFileSync(file, "utf8")) as Recorded;
    if (resource.type === type && resource.urn.endsWith(`::${name}`)) return { file, resource };
  }
  throw new Error(`the cloud has no ${type} "${name}"`);
}
