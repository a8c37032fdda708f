import { expect } from "chai";
import fc from "fast-check";
import { mebibytes, seconds } from "../../../components/kit";

describe("base: units", () => {
  it("reads durations", () => {
    expect(["0s", "30s", "5m", "12h", "14d"].map(seconds)).to.deep.equal([0, 30, 300, 43_200, 1_209_600]);
  });

  it("knows no other text as a duration", () => {
    for (const text of ["", "5", "m", "5 m", "1.5h", "-5s", "5ms", "5M", " 5m", "5m "]) {
      expect(seconds(text), text).to.equal(undefined);
    }
  });

  it("reads sizes, with or without a space, and with a fraction", () => {
    expect(["512 MiB", "4 GiB", "0.5 GiB", "2 TiB", "64MiB"].map(mebibytes)).to.deep.equal([
      512, 4096, 512, 2_097_152, 64,
    ]);
  });

  it("knows no other text as a size", () => {
    for (const text of ["", "512", "MiB", "512 MB", "512  MiB", "-1 GiB", "1,5 GiB", "1 gib"]) {
      expect(mebibytes(text), text).to.equal(undefined);
    }
  });

  it("agrees on the same time in several units", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000 }), (hours) => {
        expect(seconds(`${hours}h`)).to.equal(seconds(`${hours * 60}m`));
        expect(seconds(`${hours * 24}h`)).to.equal(seconds(`${hours}d`));
      }),
    );
  });
});
