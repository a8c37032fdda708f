import { expect } from "chai";
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Kind } from "../../../offline/state/replay";
import { Locked } from "../../../offline/state/stack-lock";
import { StackState } from "../../../offline/state/stack-state";

const state = (name: string) => ({ urn: `urn:pulumi:local::shop::t:m:Queue::${name}`, type: "t:m:Queue" });
const begin = (id: number, name: string) =>
  JSON.stringify({
    entries: [
      { kind: Kind.begin, sequenceID: 2 * id, operationID: id, operation: { type: "creating", resource: state(name) } },
    ],
  });
const success = (id: number, name: string) =>
  JSON.stringify({ entries: [{ kind: Kind.success, sequenceID: 2 * id + 1, operationID: id, state: state(name) }] });

describe("the state of a stack", () => {
  let folder: string;
  let file: string;
  let journal: string;
  const open = (): StackState => new StackState(folder, "shop", "local", "v3.259.0");
  const names = (of = open()) => of.current().deployment.resources?.map(({ urn }) => urn.split("::").at(-1));
  const pending = (of = open()) => of.current().deployment.pending_operations?.map(({ resource }) => resource.urn);

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "archipelago-state-"));
    file = join(folder, ".pulumi/stacks/shop/local.json");
    journal = join(folder, ".pulumi/journals/shop/local.jsonl");
    mkdirSync(join(file, ".."), { recursive: true });
    const latest = { manifest: {}, resources: [state("before")] };
    writeFileSync(file, JSON.stringify({ version: 3, checkpoint: { stack: "organization/shop/local", latest } }));
    writeFileSync(`${file}.attrs`, "{}");
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it("ends a run with the file backend's file, the former one beside it and no journal", async () => {
    const former = readFileSync(file, "utf8");
    const running = open();
    await running.begin();
    await running.append(begin(1, "made"));
    await running.append(success(1, "made"));
    expect(await running.settle()).to.equal(undefined);
    const { version, checkpoint } = JSON.parse(readFileSync(file, "utf8")) as {
      version: number;
      checkpoint: { stack: string };
    };
    expect({ version, stack: checkpoint.stack }).to.deep.equal({ version: 3, stack: "organization/shop/local" });
    expect(readFileSync(`${file}.bak`, "utf8")).to.equal(former);
    expect(names()).to.deep.equal(["made", "before"]);
    expect(readdirSync(join(file, "..")).sort()).to.deep.equal(["local.json", "local.json.bak"]);
    expect(existsSync(journal)).to.equal(false);
  });

  it("has each acknowledged entry after server and engine were killed, and not the line that was cut off", async () => {
    const killed = open();
    await killed.begin();
    await killed.append(success(1, "made"));
    await killed.append(begin(2, "under-way"));
    appendFileSync(journal, success(2, "under-way").slice(0, 40));
    expect(names()).to.deep.equal(["made", "before"]);
    expect(await open().settle()).to.equal(undefined);
    expect(names()).to.deep.equal(["made", "before"]);
    expect(pending()).to.deep.equal([state("under-way").urn]);
  });

  it("applies no journal twice when it was killed between writing the state and removing the journal", async () => {
    const killed = open();
    await killed.begin();
    await killed.append(success(1, "made"));
    const text = readFileSync(journal, "utf8");
    await killed.settle();
    const written = readFileSync(file, "utf8");
    const { createHash } = await import("node:crypto");
    const sum = createHash("sha256").update(written).digest("hex");
    writeFileSync(journal, `${text}${JSON.stringify({ written: sum })}\n`);
    expect(names()).to.deep.equal(["made", "before"]);
    expect(await open().settle()).to.equal(undefined);
    expect(readFileSync(file, "utf8")).to.equal(written);
    expect(existsSync(journal)).to.equal(false);
  });

  it("puts a journal aside that continues another state than the one that is there", async () => {
    const killed = open();
    await killed.begin();
    await killed.append(success(1, "made"));
    writeFileSync(file, JSON.stringify({ version: 3, checkpoint: { latest: { resources: [state("restored")] } } }));
    expect(names()).to.deep.equal(["restored"]);
    const aside = await open().settle();
    expect(readFileSync(aside ?? "", "utf8")).to.contain("made");
    expect(names()).to.deep.equal(["restored"]);
    expect(existsSync(journal)).to.equal(false);
  });

  it("is as it was when the disk is full, and goes on when there is room", async () => {
    const running = open();
    await running.begin();
    await running.append(success(1, "made"));
    const text = readFileSync(journal, "utf8");
    running.room = text.length + 10;
    const refused = await running.append(success(2, "late")).catch(String);
    expect(refused).to.contain("no space left on device");
    expect(readFileSync(journal, "utf8")).to.equal(text);
    running.room = Infinity;
    await running.append(success(2, "late"));
    await running.settle();
    expect(names()).to.deep.equal(["made", "late", "before"]);
  });

  it("takes no entry of a run whose journal another process has settled", async () => {
    const cancelled = open();
    await cancelled.begin();
    await open().settle();
    expect(await cancelled.append(success(1, "late")).catch(String)).to.contain("no run has begun");
  });

  it("says which file can't be read", () => {
    writeFileSync(file, "");
    expect(() => open().current()).to.throw(`failed to load checkpoint: ${file}`);
  });

  it("is one run's at a time, with the lock of the file backend", () => {
    const [first, second] = [open().lock, open().lock];
    first.take();
    expect(() => {
      second.take();
    }).to.throw(
      Locked,
      /^the stack is currently locked by 1 lock\(s\)\. .*\n {2}file:.*json: created by .*@.* \(pid \d+\) at /,
    );
    expect(() => {
      first.take();
    }).to.throw(Locked);
    first.release();
    second.take();
    first.clear();
    expect(second.held).to.equal(false);
  });
});
