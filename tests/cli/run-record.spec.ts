// What a run says at its end: counts by component, and the errors that are causes.
import { expect } from "chai";
import { changeLines, messageLines, resourceLines } from "../../cli/report";
import { RunRecord } from "../../cli/run-record";

const STACK = "urn:pulumi:local::shop::pulumi:pulumi:Stack::shop-local";
const NETWORK = "urn:pulumi:local::shop::archipelago:network:Network::network";
const VPC = "urn:pulumi:local::shop::archipelago:network:Network$awsx:ec2:Vpc::network";
const KEY = "urn:pulumi:local::shop::archipelago:network:Network$archipelago:base:EncryptionKey::logs";
const child = (type: string, name: string): string =>
  `urn:pulumi:local::shop::archipelago:network:Network$${type}::${name}`;

const PRELUDE = JSON.stringify({ sequence: 0, timestamp: 1, preludeEvent: { config: {} } });
const step = (op: string, urn: string, parent: string | undefined, custom = true): string => {
  const type = urn.split("::")[2]?.split("$").at(-1) ?? "";
  const side = { custom, ...(parent && { parent }), inputs: { hidden: "not kept" } };
  return JSON.stringify({
    sequence: 1,
    timestamp: 1,
    resourcePreEvent: { metadata: { op, urn, type, old: null, new: side } },
  });
};
const done = (urn: string): string =>
  JSON.stringify({ sequence: 2, timestamp: 1, resOutputsEvent: { metadata: { op: "create", urn, type: "" } } });
const said = (severity: string, message: string, urn?: string): string =>
  JSON.stringify({ sequence: 3, timestamp: 1, diagnosticEvent: { severity, message, ...(urn && { urn }) } });

const recordOf = (...lines: readonly string[]): RunRecord => {
  const record = new RunRecord();
  for (const line of lines) record.add(line);
  return record;
};

const COMPONENTS = [
  step("same", STACK, undefined, false),
  step("create", NETWORK, STACK, false),
  step("create", VPC, NETWORK, false),
  step("create", KEY, NETWORK, false),
];

describe("the record of a run", () => {
  it("counts what changes by the component that a team wrote, and each resource once", () => {
    const rule = child("aws:ec2/subnet:Subnet", "a");
    const record = recordOf(
      PRELUDE,
      ...COMPONENTS,
      step("create", child("aws:ec2/vpc:Vpc", "network"), VPC),
      step("create", child("aws:kms/key:Key", "logs-key"), KEY),
      step("create-replacement", rule, VPC),
      step("replace", rule, VPC),
      step("delete-replaced", rule, VPC),
      step("update", "urn:pulumi:local::shop::aws:sqs/queue:Queue::jobs", STACK),
      step("same", child("aws:ec2/vpc:Vpc", "other"), VPC),
      step("create", "urn:pulumi:local::shop::pulumi:providers:aws::aws", STACK),
    );
    expect(changeLines(record)).to.deep.equal([
      "  component           create  update  replace  delete",
      "  ------------------  ------  ------  -------  ------",
      "  (the stack itself)               1",
      "  network                  2                1",
      "  all components           2       1        1",
    ]);
    expect(changeLines(recordOf(PRELUDE, ...COMPONENTS))).to.deep.equal(["  nothing changes"]);
  });

  it("lists the resources that change, deletions first, with the properties that differ", () => {
    const differing = (op: string, name: string, more: object): string => {
      const urn = child("aws:sqs/queue:Queue", name);
      const metadata = { op, urn, type: "aws:sqs/queue:Queue", old: { custom: true }, new: { custom: true }, ...more };
      return JSON.stringify({ resourcePreEvent: { metadata } });
    };
    const created = (count: number): readonly string[] =>
      Array.from({ length: count }, (_, at) => differing("create", `new-${at}`, {}));
    const changes = [
      differing("create-replacement", "moved", { detailedDiff: { fifoQueue: { diffKind: "update-replace" } } }),
      differing("replace", "moved", {}),
      differing("update", "jobs", { detailedDiff: { "tags.a": {}, "tags.b": {}, "ports[0]": {} } }),
      differing("delete", "gone", {}),
    ];
    const first = [
      "  - delete   gone (aws:sqs/queue:Queue)",
      "  ± replace  moved (aws:sqs/queue:Queue): fifoQueue",
      "  ~ update   jobs (aws:sqs/queue:Queue): tags, ports",
    ];
    const lines = (count: number) => resourceLines(recordOf(PRELUDE, ...COMPONENTS, ...changes, ...created(count)));
    expect(lines(1)).to.deep.equal([...first, "  + create   new-0 (aws:sqs/queue:Queue)"]);
    expect(lines(40).slice(-2)).to.deep.equal([
      "  + create   new-36 (aws:sqs/queue:Queue)",
      "  … and 3 more resources",
    ]);
    // The table of components counts so many.
    expect(lines(41)).to.deep.equal(first);
  });

  it("says how far a run is that goes through what the state holds", () => {
    const record = new RunRecord(9);
    expect(record.progress).to.equal("starting the program");
    for (const line of [
      PRELUDE,
      step("delete", child("aws:ec2/vpc:Vpc", "a"), STACK),
      done(child("aws:ec2/vpc:Vpc", "a")),
    ])
      record.add(line);
    expect(record.progress).to.equal("1 of 9 resources done");
  });

  it("counts what a refresh finds, which it says at the end of a resource", () => {
    const queue = "urn:pulumi:local::shop::aws:sqs/queue:Queue::jobs";
    const found = (op: string): string =>
      JSON.stringify({ sequence: 2, timestamp: 1, resOutputsEvent: { metadata: { op, urn: queue, type: "" } } });
    const lines = (op: string) =>
      changeLines(recordOf(PRELUDE, ...COMPONENTS, step("refresh", queue, STACK), found(op)));
    expect(lines("update").at(-1)).to.equal("  all components                   1");
    expect(lines("same")).to.deep.equal(["  nothing changes"]);
  });

  it("counts the update and not the preview before it", () => {
    const vpc = child("aws:ec2/vpc:Vpc", "network");
    const record = recordOf(PRELUDE, ...COMPONENTS, step("create", vpc, VPC), done(vpc), PRELUDE, ...COMPONENTS);
    expect([record.steps.length, record.done, record.progress]).to.deep.equal([4, 0, "0 of 5 resources done"]);
  });

  it("leaves out errors that follow from another, words of the engine that say nothing, and colours", () => {
    const vpc = child("aws:ec2/vpc:Vpc", "network");
    const closing = "awsx:ec2:Vpc resource 'network' has a problem: grpc: the client connection is closing";
    const cause = "\u001b[31maws:ec2/vpc:Vpc resource 'network' has a problem:\nno tenancy\u001b[0m";
    const record = recordOf(
      PRELUDE,
      said("error", cause, vpc),
      said("error", cause, vpc),
      said("error", closing, STACK),
      said("error", "update failed"),
      said("debug", "password=hush"),
      said("warning", "an old argument", vpc),
    );
    expect(messageLines(record)).to.deep.equal([
      "  error of aws:ec2/vpc:Vpc network",
      "    aws:ec2/vpc:Vpc resource 'network' has a problem:",
      "    no tenancy",
      "  warning of aws:ec2/vpc:Vpc network",
      "    an old argument",
    ]);
    // Alone it is all that is known.
    expect(messageLines(recordOf(said("error", closing, STACK)))).to.have.length(2);
  });
});
