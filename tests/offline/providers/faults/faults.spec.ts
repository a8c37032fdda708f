import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { offlineEnvironment } from "../../../../cli/environment";
import { type Call, Faults } from "../../../../offline/providers/faults/faults";
import { parseFaults } from "../../../../offline/providers/faults/setting";

const QUEUE = "aws:sqs/queue:Queue";
const call = (verb: Call["verb"] = "create", name = "a"): Call => ({
  verb,
  type: QUEUE,
  urn: `urn:pulumi:local::p::${QUEUE}::${name}`,
  inputs: {},
});

describe("offline providers: faults", () => {
  let folder = "";
  let crashes = 0;
  let worked = 0;
  const outcome = async (setting: string, asked = call()): Promise<string> => {
    const parsed = parseFaults(setting);
    if (!parsed) throw new Error("no setting");
    const crash = (): never => {
      crashes += 1;
      throw new Error("crashed");
    };
    return new Faults(parsed, folder, crash)
      .around(asked, () => {
        worked += 1;
        return "done";
      })
      .catch((error: unknown) => (error as Error).message);
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "faults-"));
    crashes = worked = 0;
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it("reads a setting, and nothing from none", () => {
    expect(parseFaults("seed=7,throttle=0.1,slow=1/600,only=rds/,times=2")).to.deep.equal({
      seed: 7,
      shares: { throttle: 0.1 },
      slow: 1 / 600,
      only: "rds/",
      times: 2,
    });
    expect(parseFaults(undefined)).to.equal(undefined);
  });

  it("names every problem of a malformed setting at once", () => {
    expect(() => parseFaults("seed=x,fail=2,slow=1/0,explode=1")).to.throw(
      "ARCHIPELAGO_FAULTS is malformed:\n" +
        "- seed=x: a whole number is needed, such as 7\n" +
        "- fail=2: a share from 0 to 1 is needed, such as 0.1\n" +
        "- slow=1/0: a factor above 0 is needed, such as 1/600\n" +
        '- "explode" is no part of it; known are seed, throttle, fail-first, fail, lost, crash, slow, only, times',
    );
  });

  it("reaches the providers of an offline run, as the only setting of its kind", () => {
    const places = { state: folder, cloud: folder, init: folder } as Parameters<typeof offlineEnvironment>[1];
    const environment = offlineEnvironment(folder, places, { ARCHIPELAGO_FAULTS: "fail=1", ARCHIPELAGO_OTHER: "1" });
    expect(environment.ARCHIPELAGO_FAULTS).to.equal("fail=1");
    expect(environment).not.to.have.property("ARCHIPELAGO_OTHER");
  });

  it("fails a first create, and not the second, in whichever process", async () => {
    expect(await outcome("fail-first=1")).to.contain("ServiceUnavailable");
    expect(worked).to.equal(0);
    expect(await outcome("fail-first=1")).to.equal("done");
  });

  it("fails a create for good", async () => {
    expect(await outcome("fail=1")).to.contain("InternalFailure");
    expect(await outcome("fail=1")).to.contain("InternalFailure");
    expect(await outcome("fail=1", call("delete"))).to.equal("done");
  });

  it("loses a response after the work, as often as asked for", async () => {
    expect(await outcome("lost=1,times=1")).to.contain("RequestTimeout");
    expect(worked).to.equal(1);
    expect(await outcome("lost=1,times=1")).to.equal("done");
  });

  it("throttles a call until its tries are used up", async () => {
    expect(await outcome("throttle=1", call("read"))).to.contain("ThrottlingException: Rate exceeded");
    expect(worked).to.equal(0);
  });

  it("crashes before or after the work, and always alike", async () => {
    const one = async (seed: number): Promise<number> => {
      worked = 0;
      await outcome(`seed=${seed},crash=1,times=1`);
      return worked;
    };
    const seen = [];
    for (let seed = 0; seed < 12; seed++) seen.push(await one(seed));
    expect(crashes).to.equal(12);
    expect(new Set(seen)).to.deep.equal(new Set([0, 1]));
    rmSync(folder, { recursive: true });
    const again = [];
    for (let seed = 0; seed < 12; seed++) again.push(await one(seed));
    expect(again).to.deep.equal(seen);
  });

  it("leaves other types alone", async () => {
    expect(await outcome("fail=1,only=rds/")).to.equal("done");
  });

  it("lets slow creates wait side by side", async () => {
    const done: string[] = [];
    const waiting = ["a", "b", "c"].map(async (name) => {
      await outcome("slow=1/50", call("create", name));
      done.push(name);
    });
    // One after another, it would have to wait for the three before it.
    await outcome("slow=1/10000", call("create", "quick"));
    expect(done).to.deep.equal([]);
    await Promise.all(waiting);
    expect(done).to.have.members(["a", "b", "c"]);
  });
});
