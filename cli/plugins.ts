// The plugins of an offline home: a small program for each provider package under node_modules, and the Node language host. The official
// Node language host asks the engine for each provider package, used or not, so the home has a plugin for each. The folders are as
// `pulumi plugin install --file` leaves them; they are written here because that takes a CLI start each.
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { packageFolder, programOf } from "./places";
import { versions } from "./versions";

/** A plugin's folder and program. */
export interface Plugin {
  readonly folder: string;
  readonly file: string;
  readonly text: string;
}

/** The plugins an offline home needs for a program with these packages. */
export function offlinePlugins(packages: readonly ProviderPackage[], command = programOf): readonly Plugin[] {
  const program = (path: string, words: readonly string[]): string => {
    const { file, args } = command(path, words);
    return ["#!/bin/sh", `exec ${[file, ...args].map(quoted).join(" ")} "$@"`, ""].join("\n");
  };
  const providers = packages.map(({ name, version }) => ({
    folder: `resource-${name}-v${version}`,
    file: `pulumi-resource-${name}`,
    text: name === "kubernetes" ? realProvider(command) : program("offline/providers/main", [name, version]),
  }));
  // Found by the engine only when no language host is beside the CLI.
  const host = {
    folder: `language-nodejs-v${versions.cli}`,
    file: "pulumi-language-nodejs",
    text: program("cli/host/main", []),
  };
  return [...providers, host];
}

/** The real Kubernetes provider takes the place of the shell that has made its cluster ready. */
function realProvider(command: typeof programOf): string {
  const { file, args } = command("offline/kubernetes/plugin");
  return [
    "#!/bin/sh",
    `line=$(${[file, ...args].map(quoted).join(" ")} $$ < /dev/null) || exit 1`,
    'eval "exec env $line \\"\\$@\\""',
    "",
  ].join("\n");
}

/**
 * Makes a home hold exactly the plugins of a project, and those of this package's own policy packs.
 * @returns how many were written; 0 when all were there
 */
export function installPlugins(home: string, project: string): number {
  const plugins = offlinePlugins(packagesFor(project));
  const folder = join(home, "plugins");
  mkdirSync(folder, { recursive: true });
  const wanted = new Set(plugins.map((plugin) => plugin.folder));
  for (const name of readdirSync(folder)) {
    // The engine leaves files of its own beside a plugin's folder: <folder>.lock, <folder>.lastused.
    if (!wanted.has(name.replace(/\.(lock|lastused|partial)$/, ""))) rmSync(join(folder, name), { recursive: true });
  }
  return plugins.filter((plugin) => writePlugin(folder, plugin)).length;
}

function writePlugin(folder: string, plugin: Plugin): boolean {
  const file = join(folder, plugin.folder, plugin.file);
  if (contents(file) === plugin.text) return false;
  mkdirSync(join(folder, plugin.folder), { recursive: true });
  writeFileSync(file, plugin.text, { mode: 0o755 });
  return true;
}

function contents(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

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

/** The provider packages that a project can load, and those of this package. */
export function packagesFor(project: string): readonly ProviderPackage[] {
  // One folder when the project is this clone: node_modules is read once.
  const roots = new Set([project, packageFolder].map(packageRoot));
  const all = [...roots].flatMap(providerPackages);
  return [...new Map(all.map((each) => [`${each.name}@${each.version}`, each])).values()];
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
