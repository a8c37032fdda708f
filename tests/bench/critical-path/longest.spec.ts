import { expect } from "chai";
import fc from "fast-check";
import { inOrder, longestChain } from "./longest";
import type { Step } from "./steps";

function step(name: string, seconds: number, ...before: readonly Step[]): Step {
  const waits = before.map((on) => ({ on, by: "dependsOn" }));
  return { urn: name, type: "t", creates: true, seconds, waits, inputs: {}, outputs: {} };
}

const waitsOf = (one: Step): readonly Step[] => one.waits.map(({ on }) => on);
const names = (steps: readonly Step[]): string[] => steps.map(({ urn }) => urn);

/** Steps, each of which waits for some of those before it; in any order. */
const graphs = fc
  .array(
    fc.record({
      seconds: fc.nat({ max: 9 }),
      before: fc.array(fc.nat({ max: 30 }), { maxLength: 4 }),
      place: fc.nat(),
    }),
    { maxLength: 25 },
  )
  .map((drawn) => {
    const steps: Step[] = [];
    for (const { seconds, before } of drawn)
      steps.push(step(String(steps.length), seconds, ...steps.filter((_, index) => before.includes(index))));
    const placeOf = ({ urn }: Step): number => drawn[Number(urn)]?.place ?? 0;
    return steps.sort((one, other) => placeOf(one) - placeOf(other));
  });

describe("critical path: the longest chain", () => {
  it("is the slowest way through, without what takes no time", () => {
    const network = step("network", 2);
    const component = step("component", 0, network);
    const database = step("database", 480, component);
    const cache = step("cache", 540);
    const service = step("service", 1, database, cache);
    expect(longestChain([service, cache, database, component, network], waitsOf)).to.deep.equal({
      steps: [cache, service],
      seconds: 541,
    });
    const chain = longestChain([network, component, database], waitsOf);
    expect([names(chain.steps), chain.seconds]).to.deep.equal([["network", "database"], 482]);
    expect(longestChain([], waitsOf)).to.deep.equal({ steps: [], seconds: 0 });
  });

  it("is a chain, adds up, and is no shorter than any other", () => {
    const longestBy = (one: Step): number => one.seconds + Math.max(0, ...waitsOf(one).map(longestBy));
    fc.assert(
      fc.property(graphs, (steps) => {
        const { steps: chain, seconds } = longestChain(steps, waitsOf);
        expect(seconds).to.equal(Math.max(0, ...steps.map(longestBy)));
        expect(chain.reduce((sum, one) => sum + one.seconds, 0)).to.equal(seconds);
      }),
      { numRuns: 200 },
    );
  });

  it("has each step after what it waits for, and refuses a circle", () => {
    fc.assert(
      fc.property(graphs, (steps) => {
        const order = inOrder(steps, waitsOf);
        expect(names(order).sort()).to.deep.equal(names(steps).sort());
        for (const one of steps)
          for (const before of waitsOf(one)) expect(order.indexOf(before)).to.be.lessThan(order.indexOf(one));
      }),
    );
    const [one, other] = [step("one", 1), step("other", 1)];
    const circle = (each: Step): readonly Step[] => [each === one ? other : one];
    expect(() => inOrder([one, other], circle)).to.throw("one waits for itself");
  });
});
