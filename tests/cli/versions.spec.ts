import { expect } from "chai";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gte, lte } from "semver";
import { versions } from "../../cli/versions";

const root = join(__dirname, "../..");
const read = (file: string): string => readFileSync(join(root, file), "utf8");

describe("the pinned versions", () => {
  it("are the ones that the Go build locks", () => {
    const module = "github.com/pulumi/pulumi/pkg/v3";
    const [, required] = /^require github\.com\/pulumi\/pulumi\/pkg\/v3 v(\S+)$/m.exec(read("cli/go/go.mod")) ?? [];
    expect(required).to.equal(versions.cli);
    const locked = read("cli/go/go.sum")
      .split("\n")
      .filter((line) => line.startsWith(`${module} `));
    expect(locked.map((line) => line.split(" ")[1])).to.deep.equal([`v${versions.cli}`, `v${versions.cli}/go.mod`]);
  });

  it("accept no CLI that is older than the SDK", () => {
    const { dependencies } = JSON.parse(read("package.json")) as { dependencies: Readonly<Record<string, string>> };
    expect(gte(versions.minimumCli, dependencies["@pulumi/pulumi"] ?? "")).to.equal(true);
    expect(lte(versions.minimumCli, versions.cli)).to.equal(true);
  });
});
