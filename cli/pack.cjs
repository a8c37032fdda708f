// Builds the package for `npm pack` (docs/decisions/0027-package.md): `before` compiles the sources into dist and lets `exports` name what was
// compiled; `after` puts package.json back. In the clone `exports` name the sources.
"use strict";
const { execFileSync } = require("node:child_process");
const { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } = require("node:fs");
const { extname, join } = require("node:path");

const root = join(__dirname, "..");
const manifest = join(root, "package.json");
const kept = join(root, ".archipelago", "package.json");
const dist = join(root, "dist");
/** What the compiler makes something else of, and pages. */
const NOT_COPIED = [".ts", ".md"];

function before() {
  const text = readFileSync(manifest, "utf8");
  mkdirSync(join(root, ".archipelago"), { recursive: true });
  writeFileSync(kept, text);
  rmSync(dist, { recursive: true, force: true });
  execFileSync(
    process.execPath,
    [require.resolve("typescript/bin/tsc"), "--project", join(root, "tsconfig.package.json")],
    {
      stdio: ["ignore", "inherit", "inherit"],
    },
  );
  for (const folder of ["infra", "components", "offline", "runtime", "cli"]) {
    cpSync(join(root, folder), join(dist, folder), {
      recursive: true,
      filter: (file) => extname(file) === "" || !NOT_COPIED.includes(extname(file)),
    });
  }
  writeFileSync(manifest, `${JSON.stringify(packaged(JSON.parse(text)), undefined, 2)}\n`);
}

/** The manifest of the package: no source, no development. */
function packaged({ devDependencies, scripts, ...rest }) {
  const exports = Object.entries(rest.exports).map(([name, path]) => [
    name,
    path.endsWith(".ts") ? path.replace(/^\.\//, "./dist/").replace(/\.ts$/, ".js") : path,
  ]);
  return { ...rest, exports: Object.fromEntries(exports) };
}

function after() {
  cpSync(kept, manifest);
  rmSync(kept);
  rmSync(dist, { recursive: true });
}

({ before, after })[process.argv[2]]();
