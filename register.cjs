// Loads TypeScript in the program and in the policy packs (docs/decisions/0026-loader.md): tsx transpiles each file when it is required.
"use strict";
const { install } = require("source-map-support");

const NO_POSITIONS = { version: 3, sources: [], names: [], mappings: "" };

// The SDK formats stack traces with this module. With `hookRequire` it finds the source maps that tsx puts into what it compiles. Frames of
// packages stay as they are on disk: the SDK's maps lead to paths such as node_modules/@pulumi/resource.ts, on which util.inspect of Node
// 20.20 takes minutes (https://github.com/nodejs/node/issues/64011), so that a program that fails would seem to hang.
install({
  hookRequire: true,
  retrieveSourceMap: (file) => (/[\\/]node_modules[\\/]/.test(file) ? { url: file, map: NO_POSITIONS } : null),
});
require("tsx/cjs");
