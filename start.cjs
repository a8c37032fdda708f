// Runs TypeScript as it stands on disk: each file is transpiled when it is required, so nothing old can ever run.
// Types are not checked here; `make lint` and `make test` do that. Measured in docs/decisions/0002-starting-typescript.md.
"use strict";
const { readFileSync } = require("node:fs");
const Module = require("node:module");
const { transformSync } = require("esbuild");

process.setSourceMapsEnabled(true);
Module._extensions[".ts"] = (module, filename) => {
  const { code } = transformSync(readFileSync(filename, "utf8"), {
    loader: "ts",
    format: "cjs",
    target: "node20",
    sourcefile: filename,
    sourcemap: "inline",
    sourcesContent: false,
  });
  module._compile(code, filename);
};
