import { expect } from "chai";
import { componentRows, type Resource, table } from "../../cli/components-table";
import { componentLines, outputLines, policyLines, protectedLines } from "../../cli/report";

const urn = (type: string, name: string): string => `urn:pulumi:local::archipelago::${type}::${name}`;
const resource = (
  type: string,
  name: string,
  custom: boolean,
  parent?: Resource,
  more: Partial<Resource> = {},
): Resource => ({
  urn: urn(type, name),
  type,
  custom,
  ...(parent !== undefined && { parent: parent.urn }),
  ...more,
});

const outputs = {
  address: "https://api.example",
  queues: { order: "https://sqs/order", dead: ["a", "b"] },
  password: { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ciphertext: "x" },
  count: 2,
};
const stack = resource("pulumi:pulumi:Stack", "archipelago-local", false, undefined, { outputs });
const network = resource("archipelago:network:Network", "network", false, stack);
const awsxVpc = resource("awsx:ec2:Vpc", "network-vpc", false, network);
const key = resource("archipelago:base:EncryptionKey", "network-logs", false, network);
const third = resource("acme:x:Component", "foreign", false, stack);
const vpc = resource("aws:ec2/vpc:Vpc", "network-vpc", true, awsxVpc);
const deployment = {
  deployment: {
    resources: [
      stack,
      resource("pulumi:providers:aws", "aws", true, stack),
      network,
      awsxVpc,
      vpc,
      resource("aws:ec2/subnet:Subnet", "network-subnet", true, vpc),
      key,
      resource("aws:kms/key:Key", "network-logs", true, key),
      resource("aws:sns/topic:Topic", "alone", true, stack),
      third,
      resource("aws:s3/bucket:Bucket", "bucket", true, third),
    ],
  },
};

describe("componentRows", () => {
  it("counts resources under what a team wrote, without providers, and keeps those that nothing owns", () => {
    expect(componentRows(deployment)).to.deep.equal([
      { name: "(the stack itself)", type: "", resources: 1 },
      { name: "foreign", type: "acme:x:Component", resources: 1 },
      { name: "network", type: "archipelago:network:Network", resources: 3 },
    ]);
  });

  it("shows the last part of types where whole types do not fit", () => {
    const wide = componentLines(deployment, 80).map((line) => line.trim().split(/ {2,}/));
    expect(wide.map(([, type]) => type).slice(2, -2)).to.deep.equal([
      "1",
      "acme:x:Component",
      "archipelago:network:Network",
    ]);
    const narrow = componentLines(deployment, 50);
    expect(narrow.slice(2, 5).map((line) => line.trim().split(/ {2,}/)[1])).to.deep.equal([
      "1",
      "Component",
      "Network",
    ]);
    expect(narrow.slice(0, 5).filter((line) => line.length > 50)).to.deep.equal([]);
  });

  it("is empty for a stack with nothing in it", () => {
    expect(componentRows({ deployment: {} })).to.deep.equal([]);
    expect(componentLines({ deployment: {} }).at(-1)).to.equal("  0 resources in 0 components");
  });
});

describe("table", () => {
  it("aligns its columns, numbers to the right", () => {
    expect(
      table(
        ["name", "n"],
        [
          ["a", "1"],
          ["longer", "100"],
        ],
      ),
    ).to.deep.equal(["name      n", "------  ---", "a         1", "longer  100"]);
  });
});

describe("report", () => {
  it("shows outputs by name, nested ones with dots, and no secret", () => {
    expect(outputLines(deployment)).to.deep.equal([
      "  address       https://api.example",
      "  queues.order  https://sqs/order",
      "  queues.dead   a, b",
      "  password      [secret]",
      "  count         2",
    ]);
  });

  it("puts a value that does not fit below its name, and breaks a command before its options", () => {
    const command =
      "aws ecs run-task --cluster main --count 1 --network-configuration 'awsvpcConfiguration={subnets=[a,b]}'";
    const long = { deployment: { resources: [{ ...stack, outputs: { vpc: "vpc-1", migration: command } }] } };
    expect(outputLines(long, 40)).to.deep.equal([
      "  vpc        vpc-1",
      "  migration",
      "    aws ecs run-task --cluster main \\",
      "      --count 1 \\",
      "      --network-configuration 'awsvpcConfiguration={subnets=[a,b]}'",
    ]);
    expect(outputLines(long)).to.deep.equal(["  vpc        vpc-1", `  migration  ${command}`]);
  });

  it("says how a protected stack is taken down, in the account or in the emulated one that was asked for", () => {
    const held = { deployment: { resources: [{ ...vpc, protect: true }] } };
    const steps = (offline: boolean) => protectedLines(held, "shop-prod", offline).slice(-3);
    expect(steps(true)).to.deep.equal([
      "  2. set protectData to false in infra/environments/prod.ts",
      "  3. make up STACK=shop-prod OFFLINE=1 (this deletes nothing, it only ends the protection)",
      "  4. make down STACK=shop-prod OFFLINE=1",
    ]);
    expect(steps(false).at(-1)).to.equal("  4. make down STACK=shop-prod");
    expect(protectedLines(deployment, "shop-prod")).to.deep.equal([]);
  });

  it("shows what the packs judged and each violation", () => {
    const facts = {
      packs: [{ pack: "all", version: "0.1.0", rules: ["one", "two"], resources: 1 }],
      violations: [
        {
          pack: "all",
          rule: "one",
          level: "mandatory",
          resource: "q (aws:sqs/queue:Queue)",
          urn: "",
          message: "no key\nadd one",
        },
      ],
    };
    expect(policyLines(facts)).to.deep.equal([
      "  all 0.1.0: 2 rules had something to judge",
      "  in 1 resource, components and providers included",
      "  1 violation: 1 mandatory, 0 advisory",
      "  [mandatory] all/one: q (aws:sqs/queue:Queue)",
      "      no key",
      "      add one",
    ]);
    expect(policyLines({ ...facts, violations: [] })).to.deep.equal([
      "  all 0.1.0: 2 rules had something to judge",
      "  in 1 resource, components and providers included",
      "  no violations",
    ]);
    expect(policyLines({ packs: [], violations: [] })).to.deep.equal(["  no policy pack ran"]);
  });

  it("writes once what violations of one rule share", () => {
    const violation = (rule: string, name: string, found: string) => ({
      ...{ pack: "all", rule, level: "advisory", urn: "" },
      resource: `${name} (aws:sqs/queue:Queue)`,
      message: `Queues have keys.\n${name} (aws:sqs/queue:Queue):\n  ${found}\nrequired: a key\nto do:    add one`,
    });
    const packs = [{ pack: "all", version: "0.1.0", rules: ["keys", "tags"], resources: 3 }];
    const lines = (...violations: readonly ReturnType<typeof violation>[]) =>
      policyLines({ packs, violations }).slice(2);
    expect(
      lines(violation("keys", "a", "none"), violation("tags", "a", "none"), violation("keys", "b", "another")),
    ).to.deep.equal([
      "  3 violations: 0 mandatory, 3 advisory",
      "  [advisory] all/keys: 2 resources",
      "      Queues have keys.",
      "      a (aws:sqs/queue:Queue)",
      "        none",
      "      b (aws:sqs/queue:Queue)",
      "        another",
      "      required: a key",
      "      to do:    add one",
      "  [advisory] all/tags: a (aws:sqs/queue:Queue)",
      "      Queues have keys.",
      "        none",
      "      required: a key",
      "      to do:    add one",
    ]);
    const inLine = {
      ...violation("keys", "a", ""),
      message: "Queues have keys.\na (aws:sqs/queue:Queue): kmsMasterKeyId is not set",
    };
    expect(lines(inLine).slice(1)).to.deep.equal([
      "  [advisory] all/keys: a (aws:sqs/queue:Queue)",
      "      Queues have keys.",
      "      kmsMasterKeyId is not set",
    ]);
    const [same, other] = [violation("keys", "a", "none"), violation("keys", "b", "none")];
    expect(lines({ ...same, message: "No key" }, { ...other, message: "No key" })).to.deep.equal([
      "  2 violations: 0 mandatory, 2 advisory",
      "  [advisory] all/keys: 2 resources",
      "      No key",
      "      a (aws:sqs/queue:Queue)",
      "      b (aws:sqs/queue:Queue)",
    ]);
  });
});
