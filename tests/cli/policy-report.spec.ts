import { expect } from "chai";
import type { Log } from "sarif";
import type { RunFacts } from "../../cli/event-log";
import { writerOf } from "../../cli/policy-report/report";
import { resultOf } from "../../cli/policy-report/stack-result";
import type { RunStep } from "../../cli/run-record";

const base = "urn:pulumi:prod::shop::";
const stackUrn = `${base}pulumi:pulumi:Stack::shop-prod`;
const queueType = "aws:sqs/queue:Queue";
const messaging = `${base}archipelago:aws:Messaging::messaging`;
const queue = `${base}archipelago:aws:Messaging$${queueType}::orders`;

const step = (urn: string, type: string, custom: boolean, parent?: string): RunStep => ({
  ...{ urn, type, custom, parent },
  operation: "create",
  properties: [],
});
const steps = [
  step(stackUrn, "pulumi:pulumi:Stack", false),
  step(messaging, "archipelago:aws:Messaging", false, stackUrn),
  step(queue, queueType, true, messaging),
];

const violation = (rule: string, level: string, message: string, urn = queue) => ({
  ...{ pack: "archipelago-all", rule, level, urn, message },
  resource: urn === "" ? "" : `orders (${queueType})`,
});

const facts: RunFacts = {
  packs: [{ pack: "archipelago-all", version: "1", rules: ["require-bucket-access-log", "require-queue-customer-managed-key"], resources: 3 }], // prettier-ignore
  violations: [
    violation(
      "require-queue-customer-managed-key",
      "mandatory",
      `orders (${queueType}): kmsMasterKeyId is not set\nrequired: a key | "<b>own</b>"\nto do:    set it`,
    ),
    violation("a-rule-of-theirs", "advisory", "the whole stack is ]]> odd", ""),
  ],
  unjudged: ["kmsKeyId of orders (aws:sqs/queue:Queue) is not known yet: require-queue-customer-managed-key"],
  accepted: ["require-x of y in prod: Because (me, until 2027-01-01)"],
};

const prod = resultOf("prod", facts, { steps, messages: [] }, true);
const dev = resultOf("dev", { packs: [], violations: [] }, { steps: [], messages: [] }, true);
const local = resultOf("local", { packs: facts.packs, violations: [] }, { steps, messages: [] }, false);
const written = (format: string): string => writerOf(format)([prod, dev, local], "1.2.3");

describe("the report of policies", () => {
  it("counts a finding under its component, and one of no resource under the stack", () => {
    expect(prod.findings.map(({ component, rule }) => [component, rule])).to.deep.equal([
      ["(the stack itself)", "a-rule-of-theirs"],
      ["messaging", "require-queue-customer-managed-key"],
    ]);
  });

  it("says that a stack was not judged to its end, also where the engine said nothing", () => {
    const message = { severity: "error", resource: "aws:sqs/queue:Queue orders", text: "no such region" } as const;
    const told = resultOf("dev", { packs: [], violations: [] }, { steps: [], messages: [message] }, true);
    expect([prod, dev, local, told].map(({ failures }) => failures)).to.deep.equal([
      [],
      ["the engine ended without saying why"],
      [],
      ["aws:sqs/queue:Queue orders: no such region"],
    ]);
  });

  it("is SARIF with one run, a place and a fingerprint of its own for each result", () => {
    const { version, runs } = JSON.parse(written("sarif")) as Log;
    const [run, ...others] = runs;
    expect([version, others, run?.invocations?.[0]?.executionSuccessful]).to.deep.equal(["2.1.0", [], false]);
    const rules = run?.tool.driver.rules ?? [];
    const results = run?.results ?? [];
    expect(results.map(({ ruleIndex = -1, ruleId, level }) => [rules[ruleIndex]?.id === ruleId, level])).to.deep.equal([
      [true, "warning"],
      [true, "error"],
    ]);
    expect(results.map(({ locations }) => locations?.[0]?.physicalLocation?.artifactLocation?.uri)).to.deep.equal([
      "Pulumi.prod.yaml",
      "Pulumi.prod.yaml",
    ]);
    expect(results.map(({ locations }) => locations?.[0]?.logicalLocations?.[0]?.fullyQualifiedName)).to.deep.equal([
      undefined,
      queue,
    ]);
    expect(new Set(results.map(({ partialFingerprints }) => partialFingerprints?.["finding/v1"])).size).to.equal(2);
  });

  it("is JUnit with a suite a stack and a case a rule: mandatory findings fail, advice does not", () => {
    const xml = written("junit");
    expect([...xml.matchAll(/<testsuite /g)].length).to.equal(3);
    expect([...xml.matchAll(/<testcase /g)].length).to.equal(3 + 1 + 2);
    expect([...xml.matchAll(/<failure /g)].length).to.equal(1);
    expect([...xml.matchAll(/<error /g)].length).to.equal(1);
    expect(xml.replaceAll(/<!\[CDATA\[[\s\S]*?\]\]>/g, "")).not.to.include("]]>");
  });

  it("is Markdown that says what is judged during the update, and counts it as no finding", () => {
    expect(written("markdown")).to.contain(`<summary>1 value not known before the update</summary>`);
    expect(written("markdown")).to.contain("- `prod`: kmsKeyId of orders ");
    expect(prod.findings).to.have.length(2);
  });

  it("is Markdown in which no text of a finding becomes markup", () => {
    const page = written("markdown");
    expect(page).to.include("| `prod` | **1 mandatory**, 1 advisory | 2 | 3 | 1 |");
    expect(page).to.include("| `dev` | not judged to its end |").and.to.include("| `local` | holds |");
    expect(page).not.to.include("<b>");
    expect(page).to.include("### Exceptions in use");
  });

  it("refuses a format that it can't write, and names those that it can", () => {
    expect(() => writerOf("pdf")).to.throw('FORMAT is "pdf": it is sarif, junit, markdown, json, or left out.');
    expect(JSON.parse(written("json"))).to.have.nested.property("stacks[2].stack", "local");
  });
});
