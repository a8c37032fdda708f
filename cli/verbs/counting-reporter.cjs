// Mocha's own report, and its counts in a file, for the one line that `make test` ends with.
"use strict";
const { writeFileSync } = require("node:fs");
const { reporters, Runner } = require("mocha");

module.exports = class CountingReporter extends reporters.Dot {
  constructor(runner, options) {
    super(runner, options);
    runner.once(Runner.constants.EVENT_RUN_END, () => {
      const { passes: passed, failures: failed, pending: skipped } = this.stats;
      writeFileSync(process.env.ARCHIPELAGO_TEST_COUNT, JSON.stringify({ passed, failed, skipped }));
    });
  }
};
