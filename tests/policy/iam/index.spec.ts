// A rule that nobody lists is a rule that nobody runs.
import { expect } from "chai";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { iamRules } from "../../../policy/rules/iam";

describe("the IAM rules", () => {
  const isRule = (file: string): boolean => /^(disallow|require|enforce)-/.test(file);
  const named = (folder: string, suffix: string) =>
    readdirSync(folder)
      .filter(isRule)
      .map((file) => file.replace(suffix, ""))
      .sort();

  it("are all in the pack, each in the file of its name", () => {
    const files = named(join(__dirname, "../../../policy/rules/iam"), ".ts");
    expect(iamRules.map(({ id }) => id).sort()).to.deep.equal(files);
  });

  it("have a spec each", () => {
    expect(named(__dirname, ".spec.ts")).to.deep.equal(iamRules.map(({ id }) => id).sort());
  });
});
