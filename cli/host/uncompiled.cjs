// The SDK's runner of policy packs makes the TypeScript compiler ready whatever the pack says, a third of a pack's start. Before a
// pack that says `typescript: false` this stands in for the compiler, in the two files that ask for it; all else gets the real one.
"use strict";
const Module = require("node:module");
const { basename, join } = require("node:path");

const askers = ["tsutils.js", join("cmd", "run-policy-pack", "run.js")].map((file) => join("@pulumi", "pulumi", file));
const standIns = new Map([
  ["typescript", { version: "5.0.0" }],
  ["ts-node", { VERSION: "7.0.1", register() {} }],
]);
const load = Module._load;

Module._load = function (request, parent, isMain) {
  // The SDK brings a ts-node of its own, `vendor/ts-node@7.0.1`.
  const name = basename(request).split("@")[0];
  const asked = askers.some((file) => parent?.filename?.endsWith(file)) && standIns.get(name);
  return asked || load.call(Module, request, parent, isMain);
};
