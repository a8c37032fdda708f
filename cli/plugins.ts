// The plugins of an offline home: a small program for each provider that any package under node_modules speaks to, and the Node
// language host. The folders look as `pulumi plugin install --file` leaves them, written here because that takes a CLI start each.
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { providerPackages, type ProviderPackage } from "./packages";
import { versions } from "./pinned";
import { root } from "./places";

/** A plugin's folder and program. */
export interface Plugin {
  readonly folder: string;
  readonly file: string;
  readonly text: string;
}

/** The plugins an offline home needs for a program with these packages. */
export function offlinePlugins(
  packages: readonly ProviderPackage[],
  clone = root,
  node = process.execPath,
): readonly Plugin[] {
  const program = (file: string, args: readonly string[]): string =>
    [
      "#!/bin/sh",
      `exec ${[node, "-r", join(clone, "start.cjs"), join(clone, file), ...args].map(quoted).join(" ")} "$@"`,
      "",
    ].join("\n");
  const providers = packages.map(({ name, version }) => ({
    folder: `resource-${name}-v${version}`,
    file: `pulumi-resource-${name}`,
    text: name === "kubernetes" ? realProvider(clone, node) : program("offline/providers/main.ts", [name, version]),
  }));
  // Found by the engine only when no language host is beside the CLI.
  const host = {
    folder: `language-nodejs-v${versions.cli}`,
    file: "pulumi-language-nodejs",
    text: program("cli/host/main.ts", []),
  };
  return [...providers, host];
}

/** The real Kubernetes provider takes the place of the shell that has made its cluster ready. */
function realProvider(clone: string, node: string): string {
  const first = [node, "-r", join(clone, "start.cjs"), join(clone, "offline/kubernetes/plugin.ts")].map(quoted);
  return [
    "#!/bin/sh",
    `line=$(${first.join(" ")} $$ < /dev/null) || exit 1`,
    'eval "exec env $line \\"\\$@\\""',
    "",
  ].join("\n");
}

/**
 * Makes a home hold exactly these plugins.
 * @returns how many were written; 0 when all were there
 */
export function installPlugins(home: string, project: string): number {
  const plugins = offlinePlugins(providerPackages(project));
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
