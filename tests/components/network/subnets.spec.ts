import { expect } from "chai";
import fc from "fast-check";
import {
  addresses,
  allocate,
  formatRange,
  longestPrefixFor,
  MAX_ZONES,
  parseRange,
  type Range,
  type TierSpec,
} from "../../../components/network/subnets";

const SEED = [
  { name: "public", mask: 24 },
  { name: "private", mask: 24 },
  { name: "isolated", mask: 28 },
];

const tiers = fc
  .uniqueArray(fc.stringMatching(/^[a-z]{1,8}$/), { minLength: 1, maxLength: 6 })
  .chain((names) =>
    fc
      .tuple(...names.map(() => fc.integer({ min: 20, max: 28 })))
      .map((masks): TierSpec[] => names.map((name, index) => ({ name, mask: masks[index] ?? 28 }))),
  )
  .filter((specs) => longestPrefixFor(specs) >= 16);
const zoneCounts = fc.integer({ min: 2, max: MAX_ZONES });
/** A VPC that holds the tiers, somewhere in 10.0.0.0/8. */
const vpcFor = (specs: readonly TierSpec[]) =>
  fc
    .tuple(fc.integer({ min: 16, max: longestPrefixFor(specs) }), fc.nat())
    .map(([prefix, n]): Range => ({ start: 10 * 2 ** 24 + (n % 2 ** (prefix - 8)) * addresses(prefix), prefix }));
const plans = tiers.chain((specs) => fc.tuple(vpcFor(specs), fc.constant(specs), zoneCounts));

function rangeOf(text: string): Range {
  const range = parseRange(text);
  if (!range) throw new Error(`${text} is no range`);
  return range;
}

describe("allocate", () => {
  it("gives the seed's tiers these blocks", () => {
    expect(allocate(rangeOf("10.0.0.0/16"), SEED, 3)).to.deep.equal({
      public: ["10.0.0.0/24", "10.0.1.0/24", "10.0.2.0/24"],
      private: ["10.0.6.0/24", "10.0.7.0/24", "10.0.8.0/24"],
      isolated: ["10.0.12.0/28", "10.0.12.16/28", "10.0.12.32/28"],
    });
  });

  it("gives every tier a block of its mask in every zone", () => {
    fc.assert(
      fc.property(plans, ([vpc, specs, zones]) => {
        const layout = allocate(vpc, specs, zones);
        expect(Object.keys(layout).sort()).to.deep.equal(specs.map(({ name }) => name).sort());
        for (const { name, mask } of specs) {
          expect(layout[name]?.map((block) => rangeOf(block).prefix)).to.deep.equal(Array<number>(zones).fill(mask));
        }
      }),
    );
  });

  it("stays inside the VPC and lets no two blocks overlap", () => {
    fc.assert(
      fc.property(plans, ([vpc, specs, zones]) => {
        const spans = Object.values(allocate(vpc, specs, zones))
          .flat()
          .map((block) => rangeOf(block))
          .map(({ start, prefix }) => ({ start, end: start + addresses(prefix) }))
          .sort((a, b) => a.start - b.start);
        let free = vpc.start;
        for (const { start, end } of spans) {
          expect(start).to.be.at.least(free);
          free = end;
        }
        expect(free).to.be.at.most(vpc.start + addresses(vpc.prefix));
      }),
    );
  });

  it("moves no block when a zone is appended", () => {
    fc.assert(
      fc.property(plans, ([vpc, specs, zones]) => {
        const [before, after] = [allocate(vpc, specs, zones - 1), allocate(vpc, specs, zones)];
        for (const { name } of specs) expect(after[name]?.slice(0, -1)).to.deep.equal(before[name]);
      }),
    );
  });

  it("moves no block when a tier is appended", () => {
    fc.assert(
      fc.property(plans, ([vpc, specs, zones]) => {
        const fewer = specs.slice(0, -1);
        const [before, after] = [allocate(vpc, fewer, zones), allocate(vpc, specs, zones)];
        for (const { name } of fewer) expect(after[name]).to.deep.equal(before[name]);
      }),
    );
  });
});

describe("longestPrefixFor", () => {
  it("is /20 for the seed's tiers", () => {
    expect(longestPrefixFor(SEED)).to.equal(20);
  });

  it("is tight: one bit longer would leave the last block outside", () => {
    fc.assert(
      fc.property(tiers, (specs) => {
        const prefix = longestPrefixFor(specs) + 1;
        const ends = Object.values(allocate({ start: 0, prefix }, specs, MAX_ZONES))
          .flat()
          .map((block) => rangeOf(block))
          .map((range) => range.start + addresses(range.prefix));
        expect(Math.max(...ends)).to.be.above(addresses(prefix));
      }),
    );
  });
});

describe("parseRange", () => {
  it("reads what formatRange writes", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 32 }), fc.nat(2 ** 31 - 1), (prefix, n) => {
        const range = { start: (n % 2 ** prefix) * addresses(prefix), prefix };
        expect(parseRange(formatRange(range))).to.deep.equal(range);
      }),
    );
  });

  for (const text of ["10.0.0.0", "10.0.0.1/16", "10.0.0.0/33", "10.0.256.0/24", "10.0.0/16", "fd00::/56", ""]) {
    it(`refuses ${JSON.stringify(text)}`, () => {
      expect(parseRange(text)).to.equal(undefined);
    });
  }
});
