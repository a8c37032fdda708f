import { expect } from "chai";
import { factsOf } from "../../cli/events";

const lines = (...events: readonly object[]): string => events.map((event) => `${JSON.stringify(event)}\n`).join("");
const queue = "urn:pulumi:local::archipelago::archipelago:x:Y$aws:sqs/queue:Queue::orders";
const pack = { policyPackName: "all", policyPackVersion: "0.1.0" };

describe("factsOf", () => {
  it("counts rules and resources of each pack, and a violation once even when preview and update both report it", () => {
    const violation = {
      policyEvent: {
        ...pack,
        resourceUrn: queue,
        message: "no key\n",
        policyName: "require-key",
        enforcementLevel: "mandatory",
      },
    };
    const facts = factsOf(
      lines(
        { preludeEvent: {} },
        { policyAnalyzeSummaryEvent: { ...pack, resourceUrn: queue, passed: ["a"], failed: ["require-key"] } },
        { policyAnalyzeSummaryEvent: { ...pack, resourceUrn: `${queue}2`, passed: ["a", "require-key"] } },
        { policyAnalyzeStackSummaryEvent: { ...pack, passed: ["whole"] } },
        violation,
        violation,
      ),
    );
    expect(facts).to.deep.equal({
      packs: [{ pack: "all", version: "0.1.0", rules: ["a", "require-key", "whole"], resources: 2 }],
      violations: [
        {
          pack: "all",
          rule: "require-key",
          level: "mandatory",
          resource: "orders (aws:sqs/queue:Queue)",
          message: "no key",
        },
      ],
    });
  });

  it("says that a rule on the whole stack names no resource", () => {
    const event = { ...pack, message: "m", policyName: "r", enforcementLevel: "advisory" };
    expect(factsOf(lines({ policyEvent: event })).violations.map(({ resource }) => resource)).to.deep.equal([""]);
  });

  it("knows nothing of a run that left no log", () => {
    expect(factsOf("")).to.deep.equal({ packs: [], violations: [] });
  });
});
