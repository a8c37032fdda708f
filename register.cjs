// Loads TypeScript in the program and in the policy packs (docs/decisions/0026-loader.md): tsx transpiles each file when it is required.
"use strict";
// The SDK formats stack traces with this module. By this option it finds the source maps that tsx puts into what it compiles.
require("source-map-support").install({ hookRequire: true });
require("tsx/cjs");
