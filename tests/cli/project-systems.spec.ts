import { expect } from "chai";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { Explained } from "../../cli/process";
import { knownOf } from "../../cli/project-systems";

describe("a project whose own code throws while it is loaded", () => {
  let project = "";
  beforeEach(() => {
    project = realpathSync(mkdtempSync(join(tmpdir(), "archipelago-project-")));
    writeFileSync(join(project, "Pulumi.yaml"), "name: parcels\nruntime: nodejs\nmain: infra\n");
    mkdirSync(join(project, "infra"));
    writeFileSync(join(project, "infra", "systems.ts"), 'export * from "./parcels";\n');
  });
  afterEach(() => {
    rmSync(project, { recursive: true, force: true });
  });

  const failureWith = (text: string): unknown => {
    writeFileSync(join(project, "infra", "parcels.ts"), text);
    try {
      return knownOf(project);
    } catch (error) {
      return error;
    }
  };

  it("is told with the file, the line and the message, and without a stack", () => {
    const error = failureWith("const port: number | undefined = undefined;\nthrow new Error(`no port ${port}`);\n");
    expect(error).to.be.instanceOf(Explained);
    const file = relative(process.cwd(), join(project, "infra", "parcels.ts"));
    expect(String(error))
      .to.match(/throws while it is loaded: Error: no port undefined$/)
      .and.include(`${file}:2:`);
  });

  it("is told when a module is not there", () => {
    const error = failureWith('import "./nowhere";\n');
    expect(error).to.be.instanceOf(Explained);
    expect(String(error)).to.include("nowhere").and.include("throws while it is loaded");
  });

  it("is told with the lines of a syntax error as esbuild gives them", () => {
    expect(failureWith("export const = 3;\n")).not.to.be.instanceOf(Explained);
  });
});
