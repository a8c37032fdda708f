// Whatever a description, an environment or a stack's settings are changed to: a plan that can be built, or problems with path and
// remedy; never a stack trace. `make fuzz` tries every mutant, this spec a sample.
import { expect } from "chai";
import { GROUPS, judge } from "./groups";

describe("mutants", function () {
  this.timeout(120_000);

  for (const group of GROUPS) {
    it(`of ${group.name} are refused with problems, or can be built`, async () => {
      const { count, failures } = await judge(group, { every: group.sample, mostBuilt: 2 });
      expect(failures).to.deep.equal([]);
      expect(count).to.be.above(5);
    });
  }
});
