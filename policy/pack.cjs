// Starts a policy pack: from its source in the clone, from what was compiled in the installed package.
"use strict";
const { existsSync } = require("node:fs");
const { basename, join } = require("node:path");

module.exports = (folder) => {
  const source = join(folder, "index.ts");
  if (!existsSync(source)) return require(join(__dirname, "..", "dist", "policy", basename(folder), "index.js"));
  require("../register.cjs");
  return require(source);
};
