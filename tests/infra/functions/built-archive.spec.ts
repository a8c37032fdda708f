// A function that was built elsewhere (Rust): its executable is looked at when a stack is checked.
import { zipSync } from "fflate";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { expect } from "chai";
import { environments } from "../../../infra/environments";
import { examine } from "../../../infra/examine";
import type { LambdaFunction, System } from "../../../infra/model/system";
import { adTracking } from "../../../infra/systems/ad-tracking";
import { runOf } from "../support/run";

describe("the archive of a function, when a stack is checked", () => {
  let folder = "";
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "archipelago-archive-"));
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  /** What stops a stack whose function that stores events is an archive with an executable for x86-64. */
  function problems(more: Partial<LambdaFunction> = {}): unknown {
    const bootstrap = Buffer.alloc(64);
    bootstrap.write("\x7fELF", "latin1");
    bootstrap.writeUInt16LE(62, 18);
    writeFileSync(join(folder, "kinesis-consumer.zip"), zipSync({ bootstrap }));
    const { tracking } = adTracking.services;
    const stored = tracking.functions?.["store-events"];
    if (!stored) throw new Error("there is no such function");
    const code = { archive: relative(process.cwd(), join(folder, "kinesis-consumer.zip")) };
    const functions = { ...tracking.functions, "store-events": { ...stored, code, ...more } };
    const system: System = { ...adTracking, services: { tracking: { ...tracking, functions } } };
    const run = runOf("ad-tracking-local");
    return examine(run, { systems: { "ad-tracking": system }, environments }, "2026-11-29").problems;
  }

  it("is refused when it is built for another processor than the function has", () => {
    expect(problems()).to.deep.equal([
      {
        path: "ad-tracking.services.tracking.functions.store-events.code.archive",
        value: "bootstrap for X86_64",
        allowed: "an executable for ARM64, as the function's architecture says",
        remedy: "set architecture: X86_64, or build it with --arm64",
      },
    ]);
    expect(problems({ architecture: "X86_64" })).to.deep.equal([]);
  });
});
