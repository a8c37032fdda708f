// Runs TypeScript as it stands on disk: each file is transpiled when it is required, so nothing old can ever run.
// Types are not checked here; `make lint` and `make test` do that. Measured in docs/decisions/0002-starting-typescript.md.
"use strict";
const { readFileSync } = require("node:fs");
const Module = require("node:module");
const { transformSync } = require("esbuild");
const { install, wrapCallSite } = require("source-map-support");

/** Source maps by file name, read only when a stack trace is printed. */
const maps = new Map();

// Stack traces show our own files as they are written, and everybody else's as they are on disk. Node's own source maps would
// read a map for each file of the SDKs (a third of their loading time); the SDK's would move its frames to paths such as
// node_modules/@pulumi/resource.ts, on which util.inspect of Node 20.20, 22 and 24 hangs for a minute
// (https://github.com/nodejs/node/issues/64011).
install({
  environment: "node",
  handleUncaughtExceptions: false,
  overrideRetrieveSourceMap: true,
  retrieveSourceMap: (filename) => (maps.has(filename) ? { url: filename, map: maps.get(filename) } : null),
});
Error.prepareStackTrace = (error, frames) => {
  const shown = frames.map((frame) => (maps.has(frame.getFileName()) ? wrapCallSite(frame) : frame));
  return [Error.prototype.toString.call(error), ...shown].join("\n    at ");
};
Module._extensions[".ts"] = (module, filename) => {
  const { code, map } = transformSync(readFileSync(filename, "utf8"), {
    loader: "ts",
    format: "cjs",
    target: "node20",
    sourcefile: filename,
    sourcemap: "external",
    sourcesContent: false,
  });
  maps.set(filename, map);
  module._compile(code, filename);
};
