// A test that passes without having asserted anything can't fail: a loop over an empty list, a callback that never ran.
// Mocha's root hooks fail it. Loaded with `--require`, before any spec.
import { Assertion } from "chai";

let count = 0;

// Every assertion of chai, whatever its words are, ends in this method.
const proto = Assertion.prototype as unknown as { assert: (...args: unknown[]) => void };
const assert = proto.assert;
proto.assert = function (...args): void {
  count += 1;
  assert.apply(this, args);
};

/** Mocha reads it from a required file. */
export const mochaHooks: Mocha.RootHookObject = {
  beforeEach(this: Mocha.Context) {
    const { currentTest: test } = this;
    const run = test?.fn as ((this: unknown) => unknown) | undefined;
    if (test === undefined || run === undefined) return;
    count = 0;
    test.fn = async function () {
      await run.call(this);
      if (count === 0) throw new Error("the test asserted nothing, so it can't fail");
    };
  },
};
