// Which provider packages a program carries. The official Node language host asks the engine for every one of them, used or
// not, so the offline home has to hold a plugin for each: this scan must see what that host sees.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** A provider that a package under node_modules speaks to. */
export interface ProviderPackage {
  /** Plugin name, e.g. `aws`. */
  readonly name: string;
  /** Version without a leading `v`, e.g. `7.48.0`. */
  readonly version: string;
  /** Where the plugin would be downloaded from; absent for the default place. */
  readonly server?: string;
}

interface Manifest {
  readonly name?: string;
  readonly version?: string;
  readonly pulumi?: {
    readonly resource?: boolean;
    readonly name?: string;
    readonly version?: string;
    readonly server?: string;
  };
}

/** The provider packages under a folder's node_modules, nested ones too, sorted, each version once. */
export function providerPackages(root: string): readonly ProviderPackage[] {
  const found = new Map<string, ProviderPackage>();
  for (const folder of packageFolders(join(root, "node_modules"))) {
    const provider = readProvider(join(folder, "package.json"));
    if (provider !== undefined) found.set(`${provider.name}@${provider.version}`, provider);
  }
  return [...found.keys()].sort().flatMap((key) => found.get(key) ?? []);
}

/** The nearest folder at or above `start` which has node_modules; `start` itself when none has. */
export function packageRoot(start: string): string {
  for (let folder = start; ; folder = dirname(folder)) {
    if (entries(join(folder, "node_modules")).length > 0) return folder;
    if (dirname(folder) === folder) return start;
  }
}

function* packageFolders(modules: string): Generator<string> {
  for (const name of entries(modules)) {
    const folder = join(modules, name);
    const packages = name.startsWith("@") ? entries(folder).map((inner) => join(folder, inner)) : [folder];
    for (const each of packages) {
      yield each;
      yield* packageFolders(join(each, "node_modules"));
    }
  }
}

function entries(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter((name) => !name.startsWith("."));
  } catch {
    return [];
  }
}

function readProvider(file: string): ProviderPackage | undefined {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
  // Reading JSON is what costs here: nearly every manifest has no such key.
  if (!text.includes('"pulumi"')) return undefined;
  const { name, version, pulumi } = JSON.parse(text) as Manifest;
  if (pulumi?.resource !== true) return undefined;
  const plugin = pulumi.name ?? name?.replace(/^@pulumi\//, "").replace(/^@/, "");
  const release = (pulumi.version ?? version)?.replace(/^v/, "");
  if (plugin === undefined || release === undefined) return undefined;
  return { name: plugin, version: release, ...(pulumi.server !== undefined && { server: pulumi.server }) };
}
