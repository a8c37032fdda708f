// Random documents and properties for every rule: none throws, less is never worse, and spelling makes no difference.
// `FUZZ=10000 FUZZ_SEED=7 npx mocha tests/policy/fuzz.spec.ts` tries more; a failure prints its seed and the smallest example.
import * as fc from "fast-check";
import { expect } from "chai";
import { Sdk } from "../../offline/providers/schema/sdk";
import type { ResourceRule, Stack, StackResource } from "../../policy/rules/rule";
import { type Properties, UNKNOWN, type Value } from "../../policy/rules/value";
import { allRules } from "./packs";

const runs = Number(process.env.FUZZ ?? 1_000);
const parameters = {
  numRuns: runs,
  ...(process.env.FUZZ_SEED !== undefined && { seed: Number(process.env.FUZZ_SEED) }),
};

const sdks: Readonly<Record<string, Sdk>> = { aws: new Sdk("aws"), kubernetes: new Sdk("kubernetes") };
const types = [...new Set(allRules.flatMap(({ appliesTo }) => appliesTo))].sort();
const namesOf = new Map(
  types.map((type) => [type, [...(sdks[type.split(":")[0] ?? ""]?.resource(type)?.inputs.keys() ?? ["region"])]]),
);

const stackOf = (resources: readonly StackResource[]): Stack => ({
  resources,
  ofType: (...wanted) => resources.filter(({ type }) => wanted.includes(type)),
});

/** The rules that find something in one resource, as `rule at path`, each as often as it finds. */
function judged(type: string, props: Properties, except: readonly string[] = []): readonly string[] {
  const urn = `urn:pulumi:spec::archipelago::${type}::it`;
  const resource = { type, name: "it", urn, props, given: props, dependencies: [], propertyDependencies: {} };
  const found: string[] = [];
  for (const rule of allRules) {
    if (!rule.appliesTo.includes(type) || except.includes(rule.id)) continue;
    if ("checkStack" in rule) rule.checkStack(stackOf([resource]), () => found.push(rule.id));
    else rule.check(resource, () => found.push(rule.id));
  }
  return found;
}

const STATEMENT_WORDS = [
  "*",
  "s3:*",
  "s3:GetObject",
  "iam:PassRole",
  "iam:*",
  "sts:AssumeRole",
  "kms:Decrypt",
  "a:b",
  "s3",
  "",
];
const ARNS = ["*", "arn:aws:s3:::files", "arn:aws:s3:::files/*", "arn:aws:iam::123456789012:role/a", "arn:*", "x", ""];
const junk: fc.Arbitrary<Value> = fc.oneof(
  fc.constantFrom<Value>(
    UNKNOWN,
    null,
    undefined,
    "",
    "*",
    true,
    false,
    0,
    -1,
    443,
    "0.0.0.0/0",
    "::/0",
    "{",
    "[]",
    "null",
  ),
  fc.string({ maxLength: 12 }),
);
const anything: fc.Arbitrary<Value> = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    junk,
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(
      fc.constantFrom(
        "Statement",
        "Action",
        "Principal",
        "AWS",
        "Condition",
        "rules",
        "spec",
        "containers",
        "name",
        "0",
      ),
      tie("value"),
      { maxKeys: 4 },
    ),
  ),
})).value;
const words = (of: readonly string[]): fc.Arbitrary<Value> =>
  fc.oneof(fc.constantFrom<Value>(...of, UNKNOWN), fc.array(fc.constantFrom(...of), { maxLength: 3 }), anything);
const statement = fc.dictionary(
  fc.constantFrom("Effect", "Action", "NotAction", "Resource", "NotResource", "Principal", "NotPrincipal", "Condition"),
  fc.oneof(words(STATEMENT_WORDS), words(ARNS), fc.constantFrom<Value>("Allow", "Deny"), anything),
  { maxKeys: 6 },
);
const document = fc.oneof(
  fc.record({
    Version: fc.constantFrom("2012-10-17", "2008-10-17", "1"),
    Statement: fc.array(statement, { maxLength: 3 }),
  }),
  anything,
);

/** A statement that a correct document may have. */
const allowed = fc.record({
  actions: fc.uniqueArray(fc.constantFrom("s3:GetObject", "s3:*", "iam:PassRole", "kms:Decrypt", "sqs:SendMessage", "*", "iam:CreateRole"), { minLength: 2, maxLength: 4 }), // prettier-ignore
  resources: fc.uniqueArray(fc.constantFrom("*", "arn:aws:s3:::files/*", "arn:aws:sqs:eu-central-1:123456789012:q"), {
    minLength: 1,
    maxLength: 2,
  }),
});
const POLICY = "aws:iam/policy:Policy";
const QUEUE_POLICY = "aws:sqs/queuePolicy:QueuePolicy";
const policyOf = (...statements: readonly object[]): Properties => ({
  policy: JSON.stringify({ Version: "2012-10-17", Statement: statements }),
});
const ids = (found: readonly string[]): readonly string[] => [...new Set(found)].sort();

describe("policy: random input", function () {
  this.timeout(600_000);

  it("properties of every type, right or not, make no rule throw", () => {
    let tried = 0;
    fc.assert(
      fc.property(fc.constantFrom(...types), fc.infiniteStream(anything), (type, values) => {
        const names = namesOf.get(type) ?? [];
        const props = Object.fromEntries(
          names.map((name): readonly [string, Value] => [name, values.next().value as Value]),
        );
        judged(type, props);
        tried++;
      }),
      parameters,
    );
    expect(tried).to.be.at.least(runs);
  });

  it("documents make no rule throw, as text and as an object", () => {
    const places = allRules.filter((rule): rule is ResourceRule => rule.id === "require-valid-policy-document");
    const documented = places.flatMap(({ appliesTo }) => appliesTo);
    expect(documented.length).to.be.above(50);
    fc.assert(
      fc.property(fc.constantFrom(...documented), document, (type, value) => {
        const text = JSON.stringify(value, (_, inner: unknown) => (inner === UNKNOWN ? "unknown" : inner));
        for (const given of [value as Value, text])
          judged(type, Object.fromEntries((namesOf.get(type) ?? []).map((name) => [name, given])));
      }),
      parameters,
    );
  });

  it("a statement with fewer actions, or with a condition, gives no rule more to find", () => {
    fc.assert(
      fc.property(allowed, fc.nat(), ({ actions, resources }, at) => {
        const fewer = actions.filter((_, index) => index !== at % actions.length);
        const full = { Effect: "Allow", Action: actions, Resource: resources };
        const before = ids(judged(POLICY, policyOf(full)));
        const after = ids(judged(POLICY, policyOf({ ...full, Action: fewer })));
        const held = ids(
          judged(
            POLICY,
            policyOf({ ...full, Condition: { StringEquals: { "aws:PrincipalAccount": "123456789012" } } }),
          ),
        );
        expect(after.filter((id) => !before.includes(id))).to.deep.equal([]);
        expect(held.filter((id) => !before.includes(id))).to.deep.equal([]);
      }),
      parameters,
    );
  });

  it("the spelling of a statement makes no difference", () => {
    const everyone: readonly Value[] = ["*", { AWS: "*" }, { AWS: ["*"] }, { AWS: ["*", "123456789012"] }];
    fc.assert(
      fc.property(allowed, ({ actions, resources }) => {
        const [action = "", resource = ""] = [actions[0], resources[0]];
        const base = ids(judged(POLICY, policyOf({ Effect: "Allow", Action: action, Resource: resource })));
        const same = [
          { Effect: "Allow", Action: [action], Resource: [resource] },
          {
            Effect: "Allow",
            Action: action.toUpperCase().replace(/^[^:]*/, (name) => name.toLowerCase()),
            Resource: resource,
          },
          { Sid: "Named", Effect: "Allow", Action: action, Resource: [resource, resource] },
        ].map((one) => ids(judged(POLICY, policyOf(one))));
        for (const found of same) expect(found).to.deep.equal(base);
        const one = { Statement: { Effect: "Allow", Action: action, Resource: resource }, Version: "2012-10-17" };
        expect(ids(judged(POLICY, { policy: JSON.stringify(one) }))).to.deep.equal(base);
        const open = everyone.map((Principal) =>
          ids(judged(QUEUE_POLICY, policyOf({ Effect: "Allow", Action: "sqs:SendMessage", Resource: "*", Principal }))),
        );
        for (const found of open) expect(found).to.deep.equal(open[0]);
      }),
      { ...parameters, numRuns: Math.min(runs, 500) },
    );
  });
});
