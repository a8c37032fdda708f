// Makes Node start faster in offline runs, in the command's own processes and in specs: `node --require cli/preload.cjs`. A run for a real
// account never loads it (docs/decisions/0026-loader.md); there register.cjs loads TypeScript.
// - TypeScript: each file is transpiled by esbuild when it is required, or comes from a cache whose key is the file's own text.
// - Pulumi's SDK: modules that it loads and does not use are loaded on first use.
// - @pulumi/policy: the properties of a resource are decoded once, not once for each rule.
// Types are not checked here; `make lint` and `make test` do that.
"use strict";
const { createHash } = require("node:crypto");
const { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } = require("node:fs");
const Module = require("node:module");
const { basename, dirname, join } = require("node:path");
const { install, wrapCallSite } = require("source-map-support");

const leaksAreShown = Boolean(process.env.PULUMI_DEBUG_PROMISE_LEAKS);

/** Source maps by file name, read only when a stack trace is printed. */
const maps = new Map();

// Stack traces show our own files as they are written, and all others as they are on disk. Node's own source maps would read a map
// for each file of the SDKs (a third of their loading time). The SDK's own would move its frames to paths such as
// node_modules/@pulumi/resource.ts, on which util.inspect of Node 20.20, 22 and 24 can take a minute
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

const sdk = join("@pulumi", "pulumi");
const load = Module._load;

Module._load = function (request, parent, isMain) {
  const loaded = () => load.call(Module, request, parent, isMain);
  const file = parent?.filename ?? "";
  if (isLoadedLate(request, file)) return onFirstUse(loaded);
  if (file.endsWith(".js") && file.includes("@pulumi"))
    return standIn(request, file) ?? decodingOnce(request, file, loaded);
  return loaded();
};

/** The TypeScript compiler and npm's dependency solver only turn functions into text; they are three fifths of the SDK's loading time. */
function isLoadedLate(request, file) {
  if (!file.includes(join(sdk, "runtime", "closure"))) return false;
  const name = basename(file);
  return (
    (name === "parseFunction.js" && request === "../../typescript-shim") ||
    (name === "codePaths.js" && request === "@npmcli/arborist")
  );
}

/** A module that is loaded when something of it is asked for. It says itself that nothing need be copied out of it. */
function onFirstUse(module) {
  return new Proxy({}, { get: (_, name) => (name === "__esModule" ? true : module()[name]) });
}

/** The runner of policy packs prepares the TypeScript compiler, also for a pack with `typescript: false`: a third of a pack's start. */
const compilers = new Map([
  ["typescript", { version: "5.0.0" }],
  ["ts-node", { VERSION: "7.0.1", register() {} }],
]);

function standIn(request, file) {
  const asks = file.endsWith(join(sdk, "tsutils.js")) || file.endsWith(join(sdk, "cmd", "run-policy-pack", "run.js"));
  if (!asks || process.env.PULUMI_NODEJS_TYPESCRIPT !== "false") return undefined;
  // The SDK brings a ts-node of its own, `vendor/ts-node@7.0.1`.
  return compilers.get(basename(request).split("@")[0]);
}

/** CrossGuard decodes a resource for each policy, some 65 times. No rule changes what it gets, so one result serves them all. */
function decodingOnce(request, file, loaded) {
  const result = loaded();
  if (!request.endsWith("/deserialize") || basename(dirname(file)) !== "policy" || result.decodesOnce) return result;
  const decode = result.deserializeProperties;
  const known = new WeakMap();
  result.decodesOnce = true;
  result.deserializeProperties = (properties, preserved) => {
    // For policies that write properties back.
    if (preserved) return decode(properties, preserved);
    if (!known.has(properties)) known.set(properties, decode(properties, preserved));
    return known.get(properties);
  };
  return result;
}

// What register.cjs does is done here.
const isClone = existsSync(join(__dirname, "main.ts"));
const register = join(__dirname, ...(isClone ? [".."] : ["..", ".."]), "register.cjs");
require.cache[register] = Object.assign(new Module(register, null), { filename: register, loaded: true });

Module._extensions[".ts"] = (module, filename) => {
  const { code, map } = transpiled(filename, readFileSync(filename, "utf8"));
  maps.set(filename, map);
  module._compile(code, filename);
};

const cache = join(
  dirname(dirname(require.resolve("source-map-support/package.json"))),
  ".cache",
  "archipelago",
  "typescript",
);
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
