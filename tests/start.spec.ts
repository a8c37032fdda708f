import { expect } from "chai";

describe("start", () => {
  it("runs a spec", () => {
    expect(1).to.equal(1);
  });
});
