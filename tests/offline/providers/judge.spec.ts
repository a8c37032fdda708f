import * as aws from "@pulumi/aws";
import { expect } from "chai";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Emulation } from "../../../offline/providers/core/emulation";
import { FolderInventory } from "../../../offline/providers/core/folder";
import { type Inventory, MemoryInventory } from "../../../offline/providers/core/record";
import type { PackageRules, TypeRule } from "../../../offline/providers/core/rules";
import { UNKNOWN } from "../../../offline/providers/core/values";
import { deploy } from "../../../offline/providers/mocks";
import { sdkOf } from "../../../offline/providers/packages";
import { awsRules } from "../../../offline/aws/provider";
import { provider, subject } from "./support";

/** How the engine marks a secret on the wire. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const QUEUE = "aws:sqs/queue:Queue";
const TOPIC = "aws:sns/topic:Topic";
const GROUP = "aws:cloudwatch/logGroup:LogGroup";

/** A provider of our own small world: a log group names a queue, and some topics refuse or stay. */
function small(inventory: Inventory): Emulation {
  const own: Readonly<Record<string, TypeRule>> = {
    [GROUP]: { references: { kmsKeyId: { type: QUEUE, keeps: true } } },
    [TOPIC]: {
      constraints: [
        ({ inputs }, world) =>
          inputs.displayName === "taken" && world.all(TOPIC).length > 0
            ? [{ property: "displayName", reason: "one topic is enough" }]
            : [],
      ],
      undeletable: ({ outputs }) => (outputs.displayName === "kept" ? "it is kept: change its displayName" : undefined),
    },
    [QUEUE]: { id: (resource) => resource.text("name"), autoname: { property: "name" } },
  };
  const rules: PackageRules = { ...awsRules, rule: (token) => own[token] ?? {} };
  const setting = { region: "eu-central-1", accountId: "111122223333", partition: "aws", defaultTags: {} };
  return new Emulation(sdkOf("aws"), rules, setting, inventory, () => "");
}

describe("offline providers: what is refused beside what exists", () => {
  let folder = "";
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "judge-"))));
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const kinds: Readonly<Record<string, () => Inventory>> = {
    memory: () => new MemoryInventory(),
    folder: () => new FolderInventory(folder),
  };
  for (const [kind, make] of Object.entries(kinds)) {
    it(`${kind}: refuses a reference to what does not exist, at preview and at create`, () => {
      const cloud = small(make());
      const message =
        `${GROUP} "it" was refused:\n  kmsKeyId: no ${QUEUE} "q" exists in this account and region: ` +
        "create it first, or name one that exists";
      expect(() => cloud.create(subject(GROUP), { kmsKeyId: "q" })).to.throw(message);
      expect(() => cloud.preview(subject(GROUP), { kmsKeyId: "q" })).to.throw(message);
      expect(() => cloud.preview(subject(GROUP), { kmsKeyId: UNKNOWN })).not.to.throw();
      cloud.create(subject(QUEUE), { name: "q" });
      expect(() => cloud.create(subject(GROUP), { kmsKeyId: "q" })).not.to.throw();
    });

    it(`${kind}: keeps what is in use from being deleted, until it is not used any more`, () => {
      const cloud = small(make());
      for (const name of ["q", "r"]) cloud.create(subject(QUEUE, name), { name });
      const { id, outputs } = cloud.create(subject(GROUP), { name: "g", kmsKeyId: "q" });
      expect(() => {
        cloud.delete(subject(QUEUE, "q"), "q");
      }).to.throw(`${QUEUE} "q" can't be deleted: it is in use by ${GROUP} "g": delete those first`);
      cloud.update(subject(GROUP), id, outputs, { name: "g", kmsKeyId: "r" });
      cloud.delete(subject(QUEUE, "q"), "q");
      expect(() => {
        cloud.delete(subject(QUEUE, "r"), "r");
      }).to.throw("in use");
      cloud.delete(subject(GROUP), id);
      cloud.delete(subject(QUEUE, "r"), "r");
      expect(cloud.existing(QUEUE)).to.deep.equal([]);
    });
  }

  it("counts what this preview would make as there", () => {
    const cloud = small(new MemoryInventory());
    cloud.preview(subject(QUEUE), { name: "q" });
    expect(() => cloud.preview(subject(GROUP), { kmsKeyId: "q" })).not.to.throw();
  });

  it("finds at preview that two resources want one name, and that another stack has it", () => {
    const inventory = new MemoryInventory();
    const cloud = small(inventory);
    cloud.preview(subject(QUEUE, "a"), { name: "q" });
    cloud.preview(subject(QUEUE, "a"), { name: "q" });
    const taken = 'name: "q" already exists in eu-central-1: give it another name, or import it';
    expect(() => cloud.preview(subject(QUEUE, "b"), { name: "q" })).to.throw(taken);
    cloud.create(subject(QUEUE, "a"), { name: "r" });
    const other = { type: QUEUE, urn: `urn:pulumi:other::project::${QUEUE}::a` };
    expect(() => small(inventory).preview(other, { name: "r" })).to.throw('name: "r" already exists');
  });

  it("judges constraints at check, at create and at update, and never against the resource itself", () => {
    const cloud = small(new MemoryInventory());
    const { id, outputs } = cloud.create(subject(TOPIC, "a"), { name: "a", displayName: "taken" });
    expect(cloud.check(subject(TOPIC, "a"), { name: "a", displayName: "taken" }).failures).to.deep.equal([]);
    expect(() => cloud.update(subject(TOPIC, "a"), id, outputs, { name: "a", displayName: "taken" })).not.to.throw();
    const failure = { property: "displayName", reason: "one topic is enough" };
    expect(cloud.check(subject(TOPIC, "b"), { name: "b", displayName: "taken" }).failures).to.deep.equal([failure]);
    expect(() => cloud.create(subject(TOPIC, "b"), { name: "b", displayName: "taken" })).to.throw(failure.reason);
  });

  it("asks a type itself whether it may be deleted", () => {
    const cloud = small(new MemoryInventory());
    const { id } = cloud.create(subject(TOPIC), { name: "a", displayName: "kept" });
    expect(() => {
      cloud.delete(subject(TOPIC), id);
    }).to.throw(`${TOPIC} "${id}" can't be deleted: it is kept: change its displayName`);
  });

  it("keeps accounts, regions and clusters apart", () => {
    const inventory = new MemoryInventory();
    const cloud = (region: string, account: string) =>
      provider("aws", inventory, { region, allowedAccountIds: `["${account}"]` });
    cloud("eu-central-1", "111122223333").create(subject(GROUP), { name: "g" });
    cloud("eu-west-1", "111122223333").create(subject(GROUP), { name: "g" });
    cloud("eu-central-1", "444455556666").create(subject(GROUP), { name: "g" });
    expect(() => cloud("eu-central-1", "111122223333").create(subject(GROUP, "other"), { name: "g" })).to.throw(
      "already exists",
    );
    expect(cloud("eu-west-1", "444455556666").existing(GROUP)).to.deep.equal([]);
  });

  it("says at preview of an update which outputs will change, and no more", () => {
    const record = subject("aws:route53/record:Record");
    const route53 = provider();
    const before = { zoneId: "Z1", name: "a.example.org", type: "A", records: ["192.0.2.1"], ttl: 60 };
    const old = { ...before, fqdn: "a.example.org", allowOverwrite: false };
    const fqdn = (news: typeof before): unknown => route53.previewUpdate(record, old, news, before).fqdn;
    expect(fqdn({ ...before, ttl: 90 })).to.equal("a.example.org");
    expect(fqdn({ ...before, name: "b.example.org" })).to.equal(UNKNOWN);
  });

  it("never shows a secret in a refusal", () => {
    const cloud = provider();
    const hidden = { [SIGNATURE]: SECRET, value: "p4ssw0rd" };
    const { failures } = cloud.check(subject(QUEUE), { delaySeconds: hidden });
    expect(failures).to.deep.equal([
      { property: "delaySeconds", reason: "the value is secret and does not fit: see which values the property takes" },
    ]);
  });

  it("lets a program in process build on what exists", async () => {
    const program = () => new aws.ec2.Subnet("a", { vpcId: "vpc-1", cidrBlock: "10.0.0.0/24" });
    const existing = [{ type: "aws:ec2/vpc:Vpc", id: "vpc-1", inputs: { cidrBlock: "10.0.0.0/16" } }];
    const { one } = await deploy(program, { existing });
    expect(one("aws:ec2/subnet:Subnet").inputs.vpcId).to.equal("vpc-1");
  });

  it("advances what counts changes, and says at preview that it will", () => {
    const rules: PackageRules = {
      ...awsRules,
      rule: () => ({ computed: { maxMessageSize: 1 }, advances: ["maxMessageSize"] }),
    };
    const setting = { region: "eu-central-1", accountId: "111122223333", partition: "aws", defaultTags: {} };
    const cloud = new Emulation(sdkOf("aws"), rules, setting, new MemoryInventory(), () => "");
    const { id, outputs } = cloud.create(subject(QUEUE), { name: "q" });
    const old = { ...outputs, maxMessageSize: 1 };
    expect(cloud.previewUpdate(subject(QUEUE), old, { name: "q", delaySeconds: 1 }, {}).maxMessageSize).to.equal(
      UNKNOWN,
    );
    const now = cloud.update(subject(QUEUE), id, outputs, { name: "q", delaySeconds: 1 });
    expect(now.maxMessageSize).to.equal(Number(outputs.maxMessageSize) + 1);
  });
});
