import { expect } from "chai";
import fc from "fast-check";
import { isAnywhere, isPublicWiderThan } from "../../../policy/rules/network/cidr";
import { UNKNOWN, type Value } from "../../../policy/rules/value";

describe("ranges", () => {
  it("are the internet when they are /8 or wider and not private", () => {
    const anywhere = [
      "0.0.0.0/0",
      "::/0",
      "0.0.0.0/1",
      "128.0.0.0/1",
      "10.0.0.0/7",
      "8.0.0.0/8",
      "2000::/3",
      "1.2.3.4/0",
    ];
    expect(anywhere.filter((cidr) => !isAnywhere(cidr))).to.deep.equal([]);
    const narrower = [
      "10.0.0.0/8",
      "172.16.0.0/12",
      "192.168.0.0/16",
      "100.64.0.0/10",
      "fd00::/8",
      "fe80::/10",
      "8.8.0.0/16",
    ];
    expect(narrower.filter(isAnywhere)).to.deep.equal([]);
    const others: readonly Value[] = [undefined, UNKNOWN, "", "sg-1", 10];
    expect(others.filter(isAnywhere)).to.deep.equal([]);
  });

  it("are private whatever part of a private range they are", () => {
    fc.assert(
      fc.property(fc.nat(255), fc.nat(255), fc.integer({ min: 12, max: 32 }), (b, c, prefix) => {
        expect(isPublicWiderThan(`10.${b}.${c}.0/${prefix}`, 33, 129)).to.equal(false);
        expect(isPublicWiderThan(`172.${16 + (b % 16)}.${c}.0/${prefix}`, 33, 129)).to.equal(false);
      }),
    );
  });

  it("are wider exactly below the given length", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 32 }), (prefix) => {
        expect(isPublicWiderThan(`8.8.8.8/${prefix}`, 17, 33)).to.equal(prefix < 17);
        expect(isPublicWiderThan(`2600::/${prefix}`, 17, 33)).to.equal(true);
      }),
    );
  });
});
