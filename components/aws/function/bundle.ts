// A TypeScript handler becomes one JavaScript file. No Pulumi runtime here.
import { buildSync } from "esbuild";
import { existsSync, realpathSync } from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";

/**
 * A handler that is part of the product: its source in a clone of the repository, the compiled file in the installed package.
 *
 * @param path without an extension; where neither file is there, the check of the function's arguments names both
 */
export function productHandler(path: string): string {
  const files = [`${path}.ts`, `${path}.js`];
  return files.find((file) => existsSync(file)) ?? files.join(" or ");
}

/**
 * The text of a file with all that it imports, for Node 22; `@aws-sdk/*` stays outside, because the runtime has it. The text depends on the
 * sources only, not on where they stand: the same bytes on every machine.
 *
 * @param entry path of the file, relative to the process's folder or absolute
 * @throws Error with esbuild's messages when the file can't be bundled
 */
export function bundled(entry: string): string {
  const file = resolve(entry);
  const text = texts.get(file) ?? bundle(file);
  texts.set(file, text);
  return text;
}

/** A run reads each handler once, however many functions have it. */
const texts = new Map<string, string>();

function bundle(file: string): string {
  const { outputFiles } = buildSync({
    // Relative to the file's own folder, so that no path of a machine stands in the text.
    absWorkingDir: dirname(file),
    entryPoints: [basename(file)],
    bundle: true,
    platform: "node",
    target: "node22",
    format: "cjs",
    external: ["@aws-sdk/*"],
    charset: "utf8",
    legalComments: "none",
    minifySyntax: true,
    minifyWhitespace: true,
    // No tsconfig.json beside the sources decides.
    tsconfigRaw: { compilerOptions: { alwaysStrict: true } },
    write: false,
    logLevel: "silent",
  });
  return withoutLinks(dirname(file), outputFiles[0]?.text ?? "");
}

/** esbuild names packages by their real path: a linked `node_modules`, as the base of a review has it, would make another text. */
function withoutLinks(folder: string, text: string): string {
  const packages = packagesAbove(folder);
  if (packages === undefined) return text;
  const [linked, real] = [packages, realpathSync(packages)].map((path) => relative(folder, path).replaceAll(sep, "/"));
  return linked === undefined || real === undefined || linked === real
    ? text
    : text.replaceAll(`"${real}/`, `"${linked}/`);
}

function packagesAbove(folder: string): string | undefined {
  const packages = join(folder, "node_modules");
  if (existsSync(packages)) return packages;
  return dirname(folder) === folder ? undefined : packagesAbove(dirname(folder));
}
