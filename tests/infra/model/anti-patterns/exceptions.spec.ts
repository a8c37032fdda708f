import { expect } from "chai";
import type { Accepting } from "../../../../infra/model/system";
import { judged, shopWith } from "./shop";

/** The shop with a call that waits for ever, and an exception beside it. */
function excused(accepts: NonNullable<Accepting["accepts"]>) {
  return judged(shopWith({ till: { calls: { stock: { timeout: "none", accepts } } } }));
}

const at = "services.till.calls.stock.accepts.unprotected-call";

describe("exceptions from anti-patterns", () => {
  it("excuse what they stand beside until their last day, inclusive", () => {
    const acceptance = { reason: "It was so before", until: "2026-11-24" } as const;
    expect(excused({ "unprotected-call": acceptance })).to.deep.equal({
      errors: [],
      warnings: [],
      accepted: [
        {
          id: "unprotected-call",
          path: "services.till.calls.stock",
          found: "till → stock: no timeout",
          by: at,
          acceptance,
          daysLeft: 0,
        },
      ],
    });
  });

  it("excuse nothing once they have ended, which is told", () => {
    const { errors, accepted } = excused({ "unprotected-call": { reason: "Old", until: "2026-11-23" } });
    expect(accepted).to.deep.equal([]);
    expect(errors.map(({ value }) => value)).to.deep.equal([
      `till → stock: no timeout (the exception at ${at} ended on 2026-11-23)`,
    ]);
  });

  it("are refused without a reason, or with a day that is none or more than a year ahead", () => {
    const found = (reason: string, until: `${number}-${number}-${number}`) =>
      excused({ "unprotected-call": { reason, until } }).errors.map(({ path, value }) => [path, value]);
    const seen = ["services.till.calls.stock", "till → stock: no timeout"];
    expect(found(" ", "2026-12-01")).to.deep.equal([[`${at}.reason`, " "], seen]);
    expect(found("Why", "2027-02-30")).to.deep.equal([[`${at}.until`, "2027-02-30"], seen]);
    expect(found("Why", "2026-1-1")).to.deep.equal([[`${at}.until`, "2026-1-1"], seen]);
    expect(found("Why", "2027-11-25")).to.deep.equal([[`${at}.until`, "2027-11-25"], seen]);
    expect(found("Why", "2027-11-24")).to.deep.equal([]);
  });

  it("that excuse nothing are warned of", () => {
    const accepts = { "god-service": { reason: "Large", until: "2026-12-01" } } as const;
    const { errors, warnings } = judged(shopWith({ till: { accepts } }));
    expect(errors).to.deep.equal([]);
    expect(warnings).to.deep.equal([
      {
        path: "services.till.accepts.god-service",
        value: "Large",
        allowed: "exceptions from what is there: no god-service is seen here",
        remedy: "remove the exception, or move it to where the anti-pattern is",
      },
    ]);
  });
});
