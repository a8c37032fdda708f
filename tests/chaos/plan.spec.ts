import { expect } from "chai";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { campaignLines, summed } from "./campaign";
import type { RunResult } from "./life";
import { faultsOf, planCampaign, possible } from "./plan";
import { parseFaults } from "../../offline/providers/faults/setting";
import { leaks, secretsOf } from "./verify";

describe("the plan of a chaos campaign", () => {
  it("is the same for the same seed, and begins anywhere", () => {
    const faults = faultsOf(true);
    expect(planCampaign(5, 12, faults)).to.deep.equal(planCampaign(5, 12, faults));
    const [first] = planCampaign(7, 3, faults);
    const [, , later] = planCampaign(5, 12, faults);
    const same = (later ?? []).map((plan, index) => ({ ...plan, run: index + 1 }));
    expect(same).to.deep.equal(first);
  });

  it("has exactly as many runs as asked for", () => {
    expect(
      planCampaign(1, 100, faultsOf(true))
        .flat()
        .map(({ run }) => run),
    ).to.deep.equal(Array.from({ length: 100 }, (_, index) => index + 1));
  });

  it("brings every fault to every verb that has something to meet it", () => {
    for (const faults of [faultsOf(true), faultsOf(false)]) {
      const pairs = faults.flatMap((fault) =>
        (["up", "update", "down"] as const).filter((verb) => possible(fault, verb)).map((verb) => `${verb} ${fault}`),
      );
      const met = planCampaign(1, 3 * faults.length, faults)
        .flat()
        .map(({ verb, fault }) => `${verb} ${fault}`);
      expect([...new Set(met)].sort()).to.deep.equal(pairs.sort());
    }
    expect(possible("fails for good", "down")).to.equal(false);
  });

  it("asks providers for faults in words that they know, under a seed that no other operation has", () => {
    const plans = planCampaign(1, 90, faultsOf(true)).flat();
    const settings = plans.flatMap(({ setting, lasting }) => [parseFaults(setting), parseFaults(lasting)]);
    const seeds = plans.flatMap(({ setting }) => parseFaults(setting)?.seed ?? []);
    expect(new Set(seeds).size).to.equal(seeds.length);
    expect(settings.some((setting) => setting?.shares.lost !== undefined)).to.equal(true);
  });

  it("lets a fault go on during some recoveries, but never one whose cause a person removes", () => {
    const plans = planCampaign(1, 90, faultsOf(true)).flat();
    const goesOn = new Set(plans.filter(({ lasting }) => lasting !== "").map(({ fault }) => fault));
    expect([...goesOn].sort()).to.deep.equal([
      "fails at first",
      "lost response",
      "provider crash",
      "slow calls",
      "throttling",
    ]);
  });
});

describe("what a chaos campaign finds", () => {
  const result: RunResult = {
    run: 1,
    seed: 1,
    verb: "update",
    fault: "engine killed",
    moment: 0.5,
    change: 0,
    setting: "",
    lasting: "",
    happened: true,
    met: 0,
    code: 137,
    steps: [],
    orphans: 2,
    lost: [],
    problems: [],
    seconds: 1,
  };

  it("counts a run that lost a store, or left a problem, as failed", () => {
    const sums = summed(1, [result, { ...result, lost: ["a"] }, { ...result, problems: ["b"] }]);
    expect([sums.runs, sums.faults, sums.recoveries, sums.losses, sums.failed]).to.deep.equal([3, 3, 1, 1, 2]);
    expect(campaignLines(sums).at(-1)).to.equal(
      "3 runs, 3 faults injected, 1 recoveries, 6 orphans removed, 1 losses, 2 failed",
    );
  });

  it("does not count a fault that came too late", () => {
    const { faults, recoveries } = summed(1, [{ ...result, happened: false }]);
    expect([faults, recoveries]).to.deep.equal([0, 0]);
  });

  it("finds a secret in each form in which a file can show it", () => {
    const mark = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value: 'a<b"cdefghijkl' };
    const entry = { type: "t", id: "i", urn: "u", file: "f", content: { outputs: { password: mark, port: "1" } } };
    const secrets = secretsOf([entry]).filter((secret) => secret === mark.value);
    expect(secrets).to.deep.equal([mark.value]);
    const folder = mkdtempSync(join(tmpdir(), "archipelago-leaks-"));
    try {
      writeFileSync(join(folder, "clean"), "a<b");
      expect(leaks(secrets, folder, { output: "nothing" })).to.deep.equal([]);
      writeFileSync(join(folder, "go"), String.raw`{"x":"a\u003cb\"cdefghijkl"}`);
      expect(leaks(secrets, folder, { output: mark.value })).to.deep.equal([
        `a secret can be read in ${join(folder, "go")}`,
        "a secret can be read in output",
      ]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
