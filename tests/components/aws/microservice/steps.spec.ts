import { expect } from "chai";
import fc from "fast-check";
import { inPolicy, outPolicy, type StepPolicy } from "../../../../components/aws/microservice/steps";

/** The seed's steps. */
const seed = [
  { from: 0, change: 0 },
  { from: 10, change: 2 },
  { from: 50, change: 5 },
  { from: 100, change: 10 },
];

/** What AWS does with so many messages: bounds include the lower end above the threshold, the upper end below it. */
function adjustment(policy: StepPolicy | undefined, direction: "out" | "in", messages: number): number {
  if (policy === undefined) return 0;
  const distance = messages - policy.threshold;
  if (direction === "out" ? distance < 0 : distance > 0) return 0;
  const found = policy.adjustments.filter(({ lower = -Infinity, upper = Infinity }) =>
    direction === "out" ? distance >= lower && distance < upper : distance > lower && distance <= upper,
  );
  expect(found, `${messages} messages`).to.have.length(1);
  return found[0]?.change ?? 0;
}

describe("components/aws/microservice steps", () => {
  it("turns the seed's steps into bounds relative to the alarm at 10 messages", () => {
    expect(outPolicy(seed)).to.deep.equal({
      threshold: 10,
      adjustments: [
        { lower: 0, upper: 40, change: 2 },
        { lower: 40, upper: 90, change: 5 },
        { lower: 90, change: 10 },
      ],
    });
  });

  it("leaves scaling in to target tracking where there is any", () => {
    expect(inPolicy(seed, true)).to.equal(undefined);
  });

  it("takes one task at a time while the queue is short, where nothing else scales in", () => {
    expect(inPolicy(seed, false)).to.deep.equal({ threshold: 9, adjustments: [{ upper: 0, change: -1 }] });
  });

  it("does what declared negative steps say, whatever else scales in", () => {
    const steps = [
      { from: 0, change: -3 },
      { from: 5, change: -1 },
      { from: 10, change: 0 },
      { from: 50, change: 1 },
    ];
    const expected = {
      threshold: 9,
      adjustments: [
        { upper: -5, change: -3 },
        { lower: -5, upper: 0, change: -1 },
      ],
    };
    expect(inPolicy(steps, true)).to.deep.equal(expected);
    expect(inPolicy(steps, false)).to.deep.equal(expected);
  });

  it("changes the number of tasks for every number of messages exactly as the steps say", () => {
    const steps = fc
      .record({
        froms: fc.uniqueArray(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 6 }),
        changes: fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 7, maxLength: 7 }),
      })
      .map(({ froms, changes }) => {
        const rising = [...changes].sort((a, b) => a - b);
        const bounds = [0, ...froms.sort((a, b) => a - b)];
        return bounds.map((from, index) => ({ from, change: rising[index] ?? 5 }));
      })
      .filter((list) => (list[0]?.change ?? 1) <= 0 && (list.at(-1)?.change ?? 0) > 0);
    fc.assert(
      fc.property(steps, fc.integer({ min: 0, max: 600 }), (list, messages) => {
        const wanted = list.filter(({ from }) => from <= messages).at(-1)?.change ?? 0;
        const out = adjustment(outPolicy(list), "out", messages);
        const back = adjustment(inPolicy(list, true), "in", messages);
        expect(out + back).to.equal(wanted);
      }),
    );
  });
});
