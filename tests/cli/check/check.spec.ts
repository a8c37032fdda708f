import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { InvalidInput } from "../../../components/kit/problems";
import { environments } from "../../../infra/environments";
import { checkStacks } from "../../../cli/check/check";
import { checkLines } from "../../../cli/check/show";
import { readOrProblems, readStack, type StackFile, stacksIn } from "../../../cli/stack-files";
import { systems } from "../../../infra/systems";
import { ecommerce } from "../../../infra/systems/ecommerce";

const root = join(__dirname, "../../..");
const files = stacksIn(root).map((stack) => readStack(root, stack));

describe("make check", () => {
  it("finds nothing in the stacks that ship", () => {
    const { errors, warnings, accepted } = checkStacks(files, { systems, environments }, "2026-11-24");
    // What the target of a stack does not build is left out there by name, which a warning says at every check.
    const others = warnings.filter(({ what }) => !what.path.startsWith("archipelago:leaveOut."));
    expect({ errors, accepted }).to.deep.equal({ errors: [], accepted: [] });
    // Nor does a target that scales otherwise read every setting of scaling.
    expect(others.map(({ stacks, what }) => [stacks, what.path])).to.deep.equal([
      [["eks-local"], "ecommerce.services.order.scaling.queue"],
    ]);
  });

  it("tells a finding once for all its stacks, and accepted ones with their days left, in a hundred columns", () => {
    const accepts = { "unprotected-call": { reason: "It was so before", until: "2026-12-01" } } as const;
    const order = {
      ...ecommerce.services.order,
      context: "OrderManagement",
      description: "Takes orders",
      scaling: { min: 2, max: 3, cpu: 60 },
      consumes: { "order-processing-queue": {} },
      calls: { user: { timeout: "none" }, product: { timeout: "none", accepts } },
    } as const;
    const system = { ...ecommerce, services: { ...ecommerce.services, order } };
    const shipped = files.filter(({ stack }) => ["dev", "prod"].includes(stack));
    const lines = checkLines(checkStacks(shipped, { systems: { ecommerce: system }, environments }, "2026-11-24"));
    expect(lines.filter((line) => line.length > 100)).to.deep.equal([]);
    for (const columns of [40, 60, 80]) {
      const narrow = checkLines(
        checkStacks(shipped, { systems: { ecommerce: system }, environments }, "2026-11-24"),
        columns,
      );
      const long = narrow.filter((line) => line.length > columns && line.trim().includes(" "));
      expect(
        long.filter((line) =>
          line
            .trim()
            .split(" ")
            .every((word) => word.length < columns - 20),
        ),
        String(columns),
      ).to.deep.equal([]);
    }
    expect(lines).to.deep.equal([
      "error     ecommerce.services.order.calls.user",
      "          order → user: no timeout",
      "          allowed: calls with a timeout and a breaker: a callee that is slow or down takes the",
      "                   caller's threads, and with them everything that it serves (unprotected-call)",
      '          to do:   remove "none" to get the default timeout (3s), or write your own; or accept it,',
      "                   with a reason and a day, in services.order.calls.user",
      "",
      "accepted  services.order.calls.product",
      "          order → product: no timeout (unprotected-call)",
      "          until:   2026-12-01, 7 days left (services.order.calls.product.accepts.unprotected-call)",
      "          because: It was so before",
      "",
      "note      a run for an account wants values of yours: account, alertEmail, collector, images,",
      "          hostedZoneId, domain ship as examples",
      "2 stacks (dev, prod): 1 error, 0 warnings, 1 accepted",
    ]);
  });

  it("goes on with the other stacks when a file can't be read, and says which line it is", () => {
    const folder = mkdtempSync(join(tmpdir(), "archipelago-check-"));
    try {
      cpSync(join(root, "Pulumi.dev.yaml"), join(folder, "Pulumi.dev.yaml"));
      writeFileSync(join(folder, "Pulumi.prod.yaml"), "config:\n\tarchipelago:system: ecommerce\n");
      const read = stacksIn(folder).map((stack) => readOrProblems(folder, stack));
      const result = checkStacks(read, { systems, environments }, "2026-11-24");
      expect(result.errors.map(({ what, stacks }) => [stacks, what.path, what.value, what.remedy])).to.deep.equal([
        [["prod"], "Pulumi.prod.yaml, line 2", "→archipelago:system: ecommerce", "indent by spaces"],
      ]);
      expect(() => readStack(folder, "prod")).to.throw(InvalidInput, /Pulumi\.prod\.yaml, line 2/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("tells of a misspelt namespace, of one left out, and of an account without quotes", () => {
    const values = {
      ...readStack(root, "dev").values,
      "archipelgo:waf": "true",
      waf: "true",
      "aws:region": "eu-central-1",
      "elsewhere:waf": "true",
      "archipelago:account": "11122223333",
    };
    const { errors } = checkStacks([{ stack: "dev", values, encrypted: [] }], { systems, environments }, "2026-11-24");
    expect(errors.map(({ what }) => [what.path, what.remedy])).to.have.deep.members([
      ["archipelgo:waf", 'did you mean "archipelago:waf"?'],
      ["waf", 'did you mean "archipelago:waf"?'],
      [
        "archipelago:account",
        'write it in quotes: without them YAML reads a number, which has no leading zeros ("011122223333")',
      ],
    ]);
  });
});

describe("stacks that meet in an account", () => {
  const dev = readStack(root, "dev");
  const staging = readStack(root, "staging");
  const found = (others: readonly StackFile[], asked?: readonly string[]) => {
    const result = checkStacks([dev, staging, ...others], { systems, environments }, "2026-11-24", asked);
    const told = ({ what, stacks }: (typeof result.errors)[number]) => `${what.path} [${stacks.join(", ")}]`;
    return { errors: result.errors.map(told), warnings: result.warnings.map(told) };
  };
  const as = (stack: string, of: StackFile, more: Readonly<Record<string, string>> = {}): StackFile => ({
    ...of,
    stack,
    values: { ...of.values, ...more },
  });

  it("are told that they want one domain, wherever they are", () => {
    const elsewhere = { "archipelago:account": "123412341234", "archipelago:cidr": "10.64.0.0/16" };
    expect(found([as("staging-b", staging, elsewhere)])).to.deep.equal({
      errors: ["archipelago:domain [staging, staging-b]"],
      warnings: [],
    });
  });

  it("are told that they overlap and carry the same tags, in one account and region only", () => {
    const both = ["archipelago:environment [dev, dev-b]", "archipelago:cidr [dev, dev-b]"];
    expect(found([as("dev-b", dev)])).to.deep.equal({ errors: [], warnings: both });
    expect(found([as("dev-b", dev, { "archipelago:cidr": "10.2.128.0/17" })]).warnings).to.deep.equal(both);
    expect(found([as("dev-b", dev, { "archipelago:cidr": "10.64.0.0/16" })]).warnings).to.deep.equal([both[0]]);
    expect(found([as("dev-b", dev, { "archipelago:account": "123412341234" })]).warnings).to.deep.equal([]);
    const region = { "archipelago:region": "eu-west-1", "archipelago:zones": '["eu-west-1a","eu-west-1b"]' };
    expect(found([as("dev-b", dev, region)]).warnings).to.deep.equal([]);
  });

  it("are told so when one of them is asked for, and not when neither is", () => {
    expect(found([as("dev-b", dev)], ["dev-b"]).warnings).to.have.length(2);
    expect(found([as("dev-b", dev)], ["staging"]).warnings).to.deep.equal([]);
  });
});
