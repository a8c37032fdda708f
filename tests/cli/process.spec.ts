import { expect } from "chai";
import { collect, onPath } from "../../cli/process";
import { duration } from "../../cli/say";
import { sum } from "../../cli/verbs/test";

const node = (script: string, timeout?: number) =>
  collect({ file: process.execPath, args: ["-e", script], ...(timeout !== undefined && { timeout }) });

describe("collect", () => {
  it("tells status and output apart", async () => {
    expect(await node("console.log('out'); console.error('err'); process.exit(3)")).to.deep.equal({
      code: 3,
      stdout: "out\n",
      stderr: "err\n",
    });
  });

  it("ends a program that takes too long, and what that program has started", async () => {
    const child =
      "require('child_process').spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)'], { stdio: 'inherit' })";
    const start = performance.now();
    const { code } = await node(child, 400);
    expect(code).to.equal(143);
    expect(performance.now() - start).to.be.lessThan(5000);
  });

  it("reports a program that is not there", async () => {
    const { code, stderr } = await collect({ file: "/nowhere/pulumi", args: [] });
    expect(code).to.equal(127);
    expect(stderr).to.equal("spawn /nowhere/pulumi ENOENT");
  });
});

describe("onPath", () => {
  it("finds only what may be run, and survives an empty path", () => {
    expect(onPath("sh", "/nowhere::/bin")).to.deep.equal(["/bin/sh"]);
    expect(onPath("sh", undefined)).to.deep.equal([]);
  });
});

describe("duration", () => {
  it("reads well at every size", () => {
    expect([849.6, 4200, 59_949, 59_950, 200_000].map(duration)).to.deep.equal([
      "850 ms",
      "4.2 s",
      "59.9 s",
      "1 min 0 s",
      "3 min 20 s",
    ]);
  });
});

describe("sum", () => {
  it("adds up what every run counted", () => {
    expect(sum([])).to.deep.equal({ passed: 0, failed: 0, skipped: 0 });
    expect(
      sum([
        { passed: 2, failed: 1 },
        { passed: 3, failed: 0, skipped: 7 },
      ]),
    ).to.deep.equal({ passed: 5, failed: 1, skipped: 7 });
  });
});
