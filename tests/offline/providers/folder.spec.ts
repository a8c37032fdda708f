import { expect } from "chai";
import fc from "fast-check";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FolderInventory } from "../../../offline/providers/core/folder";
import { type Existing, type Inventory, MemoryInventory } from "../../../offline/providers/core/record";

const TYPES = ["aws:a/b:B", "aws:a/c:C", "aws:a_c/C:C"] as const;
const IDS = ["x", "a/b", "a_b"] as const;

/** What an inventory answers to every question, in an order of its own. */
function answers(inventory: Inventory): unknown {
  const sorted = (found: readonly Existing[]) => found.map((each) => JSON.stringify(each)).sort();
  return TYPES.map((type) => [
    sorted(inventory.all(type)),
    ...IDS.map((id) => [
      inventory.get(type, id) ?? "nothing",
      inventory.has(type, id),
      inventory.holder(type, id)?.id ?? "nobody",
      sorted(inventory.keepers({ type, id })),
      ...TYPES.map((user) => sorted(inventory.users({ type, id }, user))),
      sorted(inventory.users({ type, id }, TYPES[0], "p")),
    ]),
  ]);
}

const type = fc.constantFrom(...TYPES);
const id = fc.constantFrom(...IDS);
const uses = fc.array(fc.record({ type, id, path: fc.constantFrom("p", "q[]"), keeps: fc.boolean() }), {
  maxLength: 2,
});
/** Which process acts, and what it does. */
const step = fc.record({
  who: fc.nat(1),
  act: fc.oneof(
    fc.record({ verb: fc.constant("put" as const), type, id, uses, value: fc.nat(9) }),
    fc.record({ verb: fc.constantFrom("remove" as const, "claim" as const, "release" as const), type, id }),
    fc.record({ verb: fc.constant("ask" as const) }),
  ),
});
type Act = typeof step extends fc.Arbitrary<infer Step extends { act: unknown }> ? Step["act"] : never;

function does(inventory: Inventory, act: Act): unknown {
  switch (act.verb) {
    case "put":
      inventory.put({
        type: act.type,
        id: act.id,
        urn: "u",
        inputs: { value: act.value },
        outputs: {},
        uses: act.uses,
      });
      return undefined;
    case "remove":
      inventory.remove(act.type, act.id);
      return undefined;
    case "claim":
      return inventory.claim(act.type, act.id, act.id);
    case "release":
      inventory.release(act.type, act.id);
      return undefined;
    case "ask":
      return answers(inventory);
  }
}

describe("offline providers: the record in a folder", () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "folder-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const put = (inventory: Inventory, id: string, used?: string): void => {
    const uses = used === undefined ? [] : [{ type: TYPES[0], id: used, path: "p", keeps: true }];
    inventory.put({ type: TYPES[1], id, urn: "u", inputs: {}, outputs: {}, uses });
  };
  const ids = (found: readonly Existing[]): readonly string[] => found.map((each) => each.id).sort();

  it("answers two processes at work in turn as one memory would", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
        rmSync(folder, { recursive: true, force: true });
        const place = (each: string): string => (each.includes("C") ? "one/global" : "one/two");
        const processes = [new FolderInventory(folder).at(place), new FolderInventory(folder).at(place)] as const;
        const model = new MemoryInventory().at(place);
        for (const { who, act } of steps)
          expect(does(processes[who === 0 ? 0 : 1], act)).to.deep.equal(does(model, act));
        for (const inventory of processes) expect(answers(inventory)).to.deep.equal(answers(model));
      }),
      { numRuns: 60 },
    );
  });

  it("sees what another process had made when it was killed, if it asks only then", () => {
    const [killed, other] = [new FolderInventory(folder), new FolderInventory(folder)];
    put(killed, "a", "target");
    expect(ids(other.users({ type: TYPES[0], id: "target" }, TYPES[1]))).to.deep.equal(["a"]);
    // Killed after its change and before the second byte: the file of changes is one longer, and the resource is there.
    const [type = ""] = readdirSync(folder).filter((name) => name.startsWith("aws"));
    const resource = { type: TYPES[1], id: "b", urn: "u", inputs: {}, outputs: {}, uses: [{ type: TYPES[0], id: "target", path: "p", keeps: true }] }; // prettier-ignore
    writeFileSync(join(folder, "changes"), ".", { flag: "a" });
    writeFileSync(join(folder, type, "b.json"), JSON.stringify(resource));
    expect(ids(other.keepers({ type: TYPES[0], id: "target" }))).to.deep.equal(["a", "b"]);
  });

  it("takes over a record of before, with its marks", () => {
    const inventory = new FolderInventory(folder);
    put(inventory, "a", "target");
    rmSync(join(folder, "changes"));
    const marks = join(folder, "uses", "aws_a_b_B", "target", "aws=a+c=C");
    mkdirSync(marks, { recursive: true });
    writeFileSync(join(marks, "gone.json"), "gone");
    const later = new FolderInventory(folder);
    expect(ids(later.keepers({ type: TYPES[0], id: "target" }))).to.deep.equal(["a"]);
    later.remove(TYPES[1], "a");
    expect(ids(later.keepers({ type: TYPES[0], id: "target" }))).to.deep.equal([]);
  });

  it("names a file that a person has spoilt, and what to do", () => {
    put(new FolderInventory(folder), "a");
    const file = join(folder, "aws_a_c_C", "a.json");
    writeFileSync(file, "{");
    expect(() => new FolderInventory(folder).get(TYPES[1], "a")).to.throw(
      new RegExp(`^${file} is not JSON \\(.+\\): mend it, or delete it, and the resource is gone$`),
    );
  });
});
