import { expect } from "chai";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FolderInventory } from "../../../offline/providers/core/folder";
import { type Inventory, MemoryInventory } from "../../../offline/providers/core/record";
import { provider, subject } from "./support";

const QUEUE = "aws:sqs/queue:Queue";
/** Account and region of the specs' provider. */
const REGION = join("111122223333", "eu-central-1");

describe("offline providers: the record of what exists", () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "record-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const kinds: Readonly<Record<string, () => Inventory>> = {
    memory: () => new MemoryInventory(),
    folder: () => new FolderInventory(folder),
  };
  for (const [kind, make] of Object.entries(kinds)) {
    it(`${kind}: holds what was created, changed and not deleted`, () => {
      const aws = provider("aws", make());
      const { id, outputs } = aws.create(subject(QUEUE, "a"), { name: "a" });
      aws.create(subject(QUEUE, "b"), { name: "b" });
      aws.update(subject(QUEUE, "a"), id, outputs, { name: "a", delaySeconds: 9 });
      expect(aws.read(subject(QUEUE), id)?.outputs).to.include({ delaySeconds: 9, arn: outputs.arn });
      aws.delete(subject(QUEUE, "a"), id);
      aws.delete(subject(QUEUE, "a"), id);
      expect(aws.read(subject(QUEUE), id)).to.equal(undefined);
      expect(aws.existing(QUEUE).map((existing) => existing.inputs.name)).to.deep.equal(["b"]);
    });

    it(`${kind}: refuses a second resource of one name, until the first is gone`, () => {
      const aws = provider("aws", make());
      const { id } = aws.create(subject(QUEUE, "a"), { name: "one" });
      expect(() => aws.create(subject(QUEUE, "b"), { name: "one" })).to.throw(
        'aws:sqs/queue:Queue "b" was refused:\n  name: "one" already exists in eu-central-1: give it another name, or import it',
      );
      expect(() => aws.create(subject(QUEUE, "c"), { name: "one", region: "us-east-1" })).not.to.throw();
      aws.delete(subject(QUEUE, "a"), id);
      expect(() => aws.create(subject(QUEUE, "b"), { name: "one" })).not.to.throw();
    });

    it(`${kind}: counts a task definition's revisions, and keeps the newest when an older one is deleted`, () => {
      const aws = provider("aws", make());
      const task = subject("aws:ecs/taskDefinition:TaskDefinition");
      const [first, second] = ["256", "512"].map((cpu) =>
        aws.create(task, { family: "order", containerDefinitions: '[{"name":"a","image":"a"}]', cpu }),
      );
      expect([first, second].map((made) => made?.outputs.revision)).to.deep.equal([1, 2]);
      expect(second?.outputs.arn).to.match(/:task-definition\/order:2$/);
      aws.delete(task, "order", first?.outputs);
      expect(aws.read(task, "order")?.outputs.cpu).to.equal("512");
      aws.delete(task, "order", second?.outputs);
      expect(aws.read(task, "order")).to.equal(undefined);
    });

    it(`${kind}: reads an older revision as it was made, so that a refresh never takes it for the newest`, () => {
      const aws = provider("aws", make());
      const task = subject("aws:ecs/taskDefinition:TaskDefinition");
      const inputs = (cpu: string) => ({ family: "order", containerDefinitions: '[{"name":"a","image":"a"}]', cpu });
      const first = { inputs: inputs("256"), outputs: aws.create(task, inputs("256")).outputs };
      const second = { inputs: inputs("512"), outputs: aws.create(task, inputs("512")).outputs };
      const read = aws.read(task, "order", first);
      expect(read?.outputs).to.deep.equal(first.outputs);
      // What a refresh has read is what is deleted afterwards.
      aws.delete(task, "order", read?.outputs);
      expect(aws.read(task, "order", second)?.outputs).to.deep.equal(second.outputs);
    });

    it(`${kind}: refuses to change what does not exist`, () => {
      const aws = provider("aws", make());
      expect(() => aws.update(subject(QUEUE), "gone", {}, { name: "a" })).to.throw(
        'aws:sqs/queue:Queue "gone" does not exist',
      );
    });
  }

  it("survives the process and leaves nothing half-written behind", () => {
    const { id, outputs } = provider("aws", new FolderInventory(folder)).create(subject(QUEUE), { name: "a" });
    expect(provider("aws", new FolderInventory(folder)).read(subject(QUEUE), id)).to.deep.equal({
      ...subject(QUEUE),
      id,
      inputs: { name: "a" },
      outputs,
      uses: [],
    });
    expect(
      readdirSync(join(folder, REGION, "aws_sqs_queue_Queue")).filter((file) => !file.endsWith(".json")),
    ).to.deep.equal([]);
  });

  it("shows what a person has changed or deleted in it", () => {
    const aws = provider("aws", new FolderInventory(folder));
    const { id } = aws.create(subject(QUEUE), { name: "a", visibilityTimeoutSeconds: 30 });
    const [name = ""] = readdirSync(join(folder, REGION, "aws_sqs_queue_Queue"));
    const file = join(folder, REGION, "aws_sqs_queue_Queue", name);
    const existing = JSON.parse(readFileSync(file, "utf8")) as { outputs: object };
    const changed = { ...existing, outputs: { ...existing.outputs, visibilityTimeoutSeconds: 77 } };
    writeFileSync(file, JSON.stringify(changed));
    const found = aws.read(subject(QUEUE), id);
    expect(found?.outputs.visibilityTimeoutSeconds).to.equal(77);
    expect(found?.inputs).to.deep.equal({ name: "a", visibilityTimeoutSeconds: 77 });
    rmSync(file);
    expect(aws.read(subject(QUEUE), id)).to.equal(undefined);
    expect(() => aws.create(subject(QUEUE), { name: "a" })).not.to.throw();
  });

  it("keeps resources apart whose identifiers look alike as file names", () => {
    const inventory = new FolderInventory(folder);
    const ids = ["a/b", "a_b", "a:b", "x".repeat(300), `${"x".repeat(300)}y`];
    for (const id of ids) inventory.put({ type: "t", id, urn: "u", inputs: {}, outputs: { id } });
    expect(ids.map((id) => inventory.get("t", id)?.outputs.id)).to.deep.equal(ids);
  });
});
