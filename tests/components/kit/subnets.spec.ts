import { expect } from "chai";
import fc from "fast-check";
import {
  addresses,
  allocate,
  formatRange,
  longestPrefixFor,
  type Layout,
  parseRange,
  type Range,
  type TierSpec,
  tiersOf,
  zoneSlot,
} from "../../../components/kit/subnets";

const PLAN = tiersOf(undefined);
const ZONES = ["a", "b", "c", "d", "e", "f"].map((letter) => `eu-central-1${letter}`);

const tiers = fc
  .uniqueArray(fc.stringMatching(/^[a-z]{1,8}$/), { minLength: 1, maxLength: 6 })
  .chain((names) =>
    fc
      .tuple(...names.map(() => fc.integer({ min: 20, max: 28 })))
      .map((masks): TierSpec[] => names.map((name, index) => ({ name, mask: masks[index] ?? 28 }))),
  )
  .filter((specs) => longestPrefixFor(specs) >= 16);
const zoneSets = fc.subarray(ZONES, { minLength: 2 });
/** A VPC that holds the tiers, somewhere in 10.0.0.0/8. */
const vpcFor = (specs: readonly TierSpec[]) =>
  fc
    .tuple(fc.integer({ min: 16, max: longestPrefixFor(specs) }), fc.nat())
    .map(([prefix, n]): Range => ({ start: 10 * 2 ** 24 + (n % 2 ** (prefix - 8)) * addresses(prefix), prefix }));
const plans = tiers.chain((specs) => fc.tuple(vpcFor(specs), fc.constant(specs), zoneSets));

function rangeOf(text: string): Range {
  const range = parseRange(text);
  if (!range) throw new Error(`${text} is no range`);
  return range;
}

/** The blocks of all tiers and zones. */
const blocksOf = (layout: Layout): Range[] =>
  Object.values(layout).flatMap((blocks) => Object.values(blocks).map((block) => rangeOf(block)));

describe("allocate", () => {
  it("gives the tiers these blocks, by the letters of the zones", () => {
    const [a, , c] = ZONES;
    expect(allocate(rangeOf("10.0.0.0/16"), PLAN, [c ?? "", a ?? ""])).to.deep.equal({
      public: { "eu-central-1a": "10.0.0.0/24", "eu-central-1c": "10.0.2.0/24" },
      private: { "eu-central-1a": "10.0.6.0/24", "eu-central-1c": "10.0.8.0/24" },
      isolated: { "eu-central-1a": "10.0.12.0/24", "eu-central-1c": "10.0.14.0/24" },
    });
  });

  it("gives every tier a block of its mask in every zone", () => {
    fc.assert(
      fc.property(plans, ([vpc, specs, zones]) => {
        const layout = allocate(vpc, specs, zones);
        expect(Object.keys(layout).sort()).to.deep.equal(specs.map(({ name }) => name).sort());
        for (const { name, mask } of specs) {
          const blocks = layout[name] ?? {};
          expect(Object.keys(blocks)).to.deep.equal(zones);
          for (const block of Object.values(blocks)) expect(rangeOf(block).prefix).to.equal(mask);
        }
      }),
    );
  });

  it("stays inside the VPC and lets no two blocks overlap", () => {
    fc.assert(
      fc.property(plans, ([vpc, specs, zones]) => {
        const spans = blocksOf(allocate(vpc, specs, zones))
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

  it("gives a zone the same block whichever zones are beside it, and in whatever order", () => {
    fc.assert(
      fc.property(plans, zoneSets, ([vpc, specs, zones], others) => {
        const [here, there] = [allocate(vpc, specs, zones), allocate(vpc, specs, [...others].reverse())];
        for (const { name } of specs)
          for (const zone of zones.filter((zone) => others.includes(zone)))
            expect(there[name]?.[zone]).to.equal(here[name]?.[zone]);
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

describe("zoneSlot", () => {
  it("has six places, for the letters a to f", () => {
    expect(ZONES.map(zoneSlot)).to.deep.equal([0, 1, 2, 3, 4, 5]);
    expect(["eu-central-1g", "eu-central-1"].map(zoneSlot)).to.deep.equal([undefined, undefined]);
  });
});

describe("longestPrefixFor", () => {
  it("is /19 for the tiers as they are", () => {
    expect(longestPrefixFor(PLAN)).to.equal(19);
  });

  it("is tight: one bit longer would leave the last block outside", () => {
    fc.assert(
      fc.property(tiers, (specs) => {
        const prefix = longestPrefixFor(specs) + 1;
        const ends = blocksOf(allocate({ start: 0, prefix }, specs, ZONES)).map(
          (range) => range.start + addresses(range.prefix),
        );
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
