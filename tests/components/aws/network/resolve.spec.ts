import { expect } from "chai";
import fc from "fast-check";
import { architectureOf, assignNat, natCount } from "../../../../components/aws/network/resolve";

const ZONES = ["a", "b", "c", "d", "e", "f"];
const counts = fc
  .integer({ min: 2, max: 6 })
  .chain((zones) => fc.tuple(fc.constant(zones), fc.integer({ min: 1, max: zones })));

describe("natCount", () => {
  it("is what the argument says", () => {
    const nats = ["none", "single", "per-zone", { count: 2 }, { instanceType: "t4g.nano" }] as const;
    expect(nats.map((nat) => natCount(nat, 3))).to.deep.equal([0, 1, 3, 2, 1]);
  });
});

describe("assignNat", () => {
  it("sends nobody anywhere without NAT", () => {
    expect(assignNat(["a", "b"], [])).to.deep.equal({});
  });

  it("sends the third zone through the first of two", () => {
    expect(assignNat(["a", "b", "c"], ["a", "b"])).to.deep.equal({ a: "a", b: "b", c: "a" });
  });

  it("leaves a zone with NAT its own, and shares the rest evenly", () => {
    fc.assert(
      fc.property(counts, ([zones, nats]) => {
        const natZones = ZONES.slice(0, nats);
        const assigned = assignNat(ZONES.slice(0, zones), natZones);
        for (const zone of natZones) expect(assigned[zone]).to.equal(zone);
        const shares = natZones.map((zone) => Object.values(assigned).filter((other) => other === zone).length);
        expect(Math.max(...shares) - Math.min(...shares)).to.be.at.most(1);
      }),
    );
  });

  it("moves no zone when one comes behind the others", () => {
    fc.assert(
      fc.property(counts, ([zones, nats]) => {
        const natZones = ZONES.slice(0, Math.min(nats, zones - 1));
        const { [ZONES[zones - 1] ?? ""]: appended, ...others } = assignNat(ZONES.slice(0, zones), natZones);
        expect(natZones).to.include(appended);
        expect(others).to.deep.equal(assignNat(ZONES.slice(0, zones - 1), natZones));
      }),
    );
  });
});

describe("architectureOf", () => {
  it("tells Graviton from the rest", () => {
    const arm = ["t4g.nano", "c7gn.medium", "x2gd.medium", "im4gn.large", "g5g.xlarge", "a1.medium"];
    const intel = ["t3.nano", "g4dn.xlarge", "c6in.large", "m7i-flex.large", "g5.xlarge"];
    expect(arm.filter((type) => architectureOf(type) !== "arm64")).to.deep.equal([]);
    expect(intel.filter((type) => architectureOf(type) !== "x86_64")).to.deep.equal([]);
  });
});
