import { expect } from "chai";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Exception, Exceptions, readExceptions } from "../../policy/rules/exceptions";

const urn = "urn:pulumi:dev::shop::aws:sqs/queue:Queue::orders";
const queue = { type: "aws:sqs/queue:Queue", name: "orders", urn, props: {} };
const finding = { path: "redrivePolicy", found: undefined, required: "a dead-letter queue" };
const one: Exception = {
  rule: "require-queue-dead-letters",
  resource: "ord*",
  stack: "dev",
  reason: "Messages of this queue are worth nothing",
  owner: "orders",
  until: "2027-01-31",
};
const at = (day: string, ...given: readonly Partial<Exception>[]) => new Exceptions(given, day);

describe("policy exceptions", () => {
  it("accept findings of a rule in a resource, stack, project, type and path", () => {
    const accepts = (change: Partial<Exception>) =>
      at("2026-11-28", { ...one, ...change }).accepts("require-queue-dead-letters", queue, finding);
    const narrow = { project: "shop", type: "aws:sqs/*", path: "redrivePolicy" };
    expect([{}, narrow, { rule: "*" }, { stack: "*" }].map(accepts)).to.deep.equal([true, true, true, true]);
    const other: readonly Partial<Exception>[] = [
      { rule: "require-queue" },
      { resource: "order" },
      { stack: "prod" },
      { project: "bank" },
      { type: "aws:sns/topic:Topic" },
      { path: "policy" },
    ];
    expect(other.map(accepts)).to.deep.equal(other.map(() => false));
  });

  it("end: on their last day they hold, a day later they are a fault", () => {
    expect(at("2027-01-31", one).accepts(one.rule, queue, finding)).to.equal(true);
    const ended = at("2027-02-01", one);
    expect(ended.accepts(one.rule, queue, finding)).to.equal(false);
    expect(ended.faults.map(({ text }) => text)).to.deep.equal(["it ended on 2027-01-31"]);
  });

  it("need a rule, a resource, a reason, an owner and a day", () => {
    const texts = (...given: readonly Partial<Exception>[]) =>
      at("2026-11-28", ...given).faults.map(({ text }) => text);
    expect(texts({})).to.deep.equal(["it has no rule, resource, reason, owner, until"]);
    expect(texts({ ...one, owner: " " })).to.deep.equal(["it has no owner"]);
    expect(texts({ ...one, reason: "because" })).to.deep.equal(['its reason is no sentence: "because"']);
    expect(texts({ ...one, until: "soon" })).to.deep.equal(['its last day is no day: "soon"']);
    expect(texts({ ...one, until: "2027-13-45" })).to.deep.equal(['its last day is no day: "2027-13-45"']);
  });

  it("say which of them accepted something, and which that are for the stack did not", () => {
    const everywhere = { ...one, rule: "require-x", stack: "*" };
    const idle = { ...one, rule: "require-y" };
    const given = at("2026-11-28", one, everywhere, idle);
    given.accepts(one.rule, queue, finding);
    expect(given.accepted).to.deep.equal([one]);
    const types = [queue.type];
    expect(given.useless(urn, types)).to.deep.equal([idle]);
    expect(given.useless(urn.replace("dev", "prod"), types)).to.deep.equal([]);
  });

  it("of a type are not asked for in a stack without such a resource", () => {
    const given = at("2026-11-28", { ...one, type: "aws:*" });
    expect(given.useless(urn, ["kubernetes:core/v1:Pod"])).to.deep.equal([]);
    expect(given.useless(urn, ["kubernetes:core/v1:Pod", queue.type])).to.have.lengthOf(1);
  });

  it("are read from a file of YAML, with the project of them all", () => {
    const folder = mkdtempSync(join(tmpdir(), "exceptions-"));
    const file = join(folder, "accepted.yaml");
    writeFileSync(file, "project: shop\nexceptions:\n  - rule: require-x\n    until: 2027-01-31\n");
    expect(readExceptions(file)).to.deep.equal([{ project: "shop", rule: "require-x", until: "2027-01-31" }]);
    writeFileSync(file, '[{"rule": "require-y"}]');
    expect(readExceptions(file)).to.deep.equal([{ rule: "require-y" }]);
    rmSync(folder, { recursive: true });
  });
});
