// Writes docs/policies.md: node policy/write-catalogue.cjs
"use strict";
require("../register.cjs");
const { writeFileSync } = require("node:fs");
const { join } = require("node:path");
const { format, resolveConfig } = require("prettier");
const { catalogue } = require("./catalogue.ts");

const page = join(__dirname, "..", "docs", "policies.md");
void (async () => {
  const options = await resolveConfig(page);
  writeFileSync(page, await format(catalogue(), { ...options, parser: "markdown" }));
})();
