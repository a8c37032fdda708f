// Runs TypeScript as it stands on disk: each file is transpiled when it is required, or taken from a cache that is keyed by
// the file's own text, so nothing old can ever run.
// Types are not checked here; `make lint` and `make test` do that. Measured in docs/decisions/0002-starting-typescript.md.
"use strict";
const { createHash } = require("node:crypto");
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require("node:fs");
const Module = require("node:module");
const { basename, join } = require("node:path");
const { install, wrapCallSite } = require("source-map-support");

const leaksAreShown = Boolean(process.env.PULUMI_DEBUG_PROMISE_LEAKS);

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
Error.prepareStackTrace = (error, frames) =>
  isOfPromise(frames[0]) ? "" : [Error.prototype.toString.call(error), ...frames.map(shown)].join("\n    at ");

/** The SDK asks for the stack of each of its thousands of promises, and shows it only where a setting asks for leaks. */
function isOfPromise(frame) {
  return !leaksAreShown && frame?.getFunctionName() === "debuggablePromise";
}

/** Frames of our own files as text, by position: the SDK asks for the stack of each resource as well. */
const positions = new Map();

function shown(frame) {
  const filename = frame.getFileName();
  if (!maps.has(filename)) return frame.toString();
  const position = `${filename}:${frame.getLineNumber()}:${frame.getColumnNumber()}`;
  const text = positions.get(position) ?? wrapCallSite(frame).toString();
  positions.set(position, text);
  return text;
}

// Only what turns functions into text for the cloud needs these two, and yet the SDK loads them with itself: the TypeScript
// compiler and npm's dependency solver are three fifths of its loading time. They are loaded when they are used.
const late = new Map([
  ["parseFunction.js", "../../typescript-shim"],
  ["codePaths.js", "@npmcli/arborist"],
]);
const closures = join("@pulumi", "pulumi", "runtime", "closure");
const load = Module._load;

Module._load = function (request, parent, isMain) {
  const file = parent?.filename ?? "";
  const isLate = file.includes(closures) && late.get(basename(file)) === request;
  return isLate
    ? whenUsed(() => load.call(Module, request, parent, isMain))
    : load.call(Module, request, parent, isMain);
};

/** A module that is loaded when something of it is asked for. It says itself that nothing need be copied out of it. */
function whenUsed(module) {
  return new Proxy({}, { get: (_, name) => (name === "__esModule" ? true : module()[name]) });
}

Module._extensions[".ts"] = (module, filename) => {
  const { code, map } = transpiled(filename, readFileSync(filename, "utf8"));
  maps.set(filename, map);
  module._compile(code, filename);
};

const cache = join(__dirname, "node_modules", ".cache", "archipelago", "typescript");
// A new esbuild may transpile the same text differently.
const esbuildVersion = require("esbuild/package.json").version;

function transpiled(filename, text) {
  const key = createHash("sha256").update([esbuildVersion, filename, text].join("\0")).digest("hex");
  const file = join(cache, `${key}.json`);
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return keep(file, transpile(filename, text));
  }
}

function transpile(filename, text) {
  // Loaded only when it is needed: it starts a process of its own.
  const { code, map } = require("esbuild").transformSync(text, {
    loader: "ts",
    format: "cjs",
    target: "node20",
    sourcefile: filename,
    sourcemap: "external",
    sourcesContent: false,
  });
  return { code, map };
}

/** A cache that can't be written is a slower start, no error. Renamed into place, so that nobody reads half a file. */
function keep(file, result) {
  try {
    mkdirSync(cache, { recursive: true });
    writeFileSync(`${file}.${process.pid}`, JSON.stringify(result));
    renameSync(`${file}.${process.pid}`, file);
  } catch {}
  return result;
}
