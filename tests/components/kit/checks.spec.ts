import { expect } from "chai";
import fc from "fast-check";
import { durationWithin, unless, wholeDays, wholeNumber } from "../../../components/kit";

const problem = { path: "port", value: 0, allowed: "a port", remedy: "name one" };

describe("base: checks", () => {
  it("keeps a problem unless its condition holds", () => {
    expect(unless(true, problem)).to.deep.equal([]);
    expect(unless(false, problem)).to.deep.equal([problem]);
  });

  it("takes whole numbers between two bounds, and nothing at all", () => {
    expect(wholeNumber("nodes", undefined, 1, 6)).to.deep.equal([]);
    for (const value of [1, 6]) expect(wholeNumber("nodes", value, 1, 6), String(value)).to.deep.equal([]);
    for (const value of [0, 7, 1.5, NaN, Infinity]) {
      expect(wholeNumber("nodes", value, 1, 6, "choose fewer"), String(value)).to.deep.equal([
        { path: "nodes", value, allowed: "a whole number, 1 to 6", remedy: "choose fewer" },
      ]);
    }
    expect(wholeNumber("days", 0, 1, Infinity)).to.deep.equal([
      { path: "days", value: 0, allowed: "a whole number, 1 or more", remedy: "choose a value in this range" },
    ]);
  });

  it("agrees with the definition of a whole number between bounds", () => {
    fc.assert(
      fc.property(fc.double(), fc.integer(), fc.nat(), (value, least, width) => {
        const holds = value % 1 === 0 && value >= least && value <= least + width;
        expect(wholeNumber("n", value, least, least + width)).to.have.length(holds ? 0 : 1);
      }),
    );
  });

  it("takes durations between two bounds, whatever their unit", () => {
    expect(durationWithin("timeout", undefined, "1s", "5m")).to.deep.equal([]);
    for (const value of ["1s", "60s", "5m", "300s"]) {
      expect(durationWithin("timeout", value, "1s", "5m"), value).to.deep.equal([]);
    }
    for (const value of ["0s", "301s", "6m", "1h", "5", "soon", ""]) {
      expect(durationWithin("timeout", value, "1s", "5m"), value).to.deep.equal([
        {
          path: "timeout",
          value,
          allowed: "1s to 5m",
          remedy: 'write a whole number and a unit, such as "30s" or "5m"',
        },
      ]);
    }
  });

  it("takes whole days between two bounds", () => {
    expect(wholeDays("backup", undefined, 1, 35)).to.deep.equal([]);
    for (const value of ["1d", "24h", "35d"]) expect(wholeDays("backup", value, 1, 35), value).to.deep.equal([]);
    for (const value of ["0d", "36d", "36h", "soon"]) {
      expect(wholeDays("backup", value, 1, 35), value).to.deep.equal([
        { path: "backup", value, allowed: "whole days, 1 to 35", remedy: 'write it like "7d"' },
      ]);
    }
    expect(wholeDays("backup", "0d", 1, Infinity)[0]?.allowed).to.equal("whole days, 1 or more");
  });
});
