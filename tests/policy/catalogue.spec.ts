// What every rule owes its readers: a name, a place, a spec, controls, and types that exist.
import { expect } from "chai";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { allRules as all, packs } from "./packs";

const root = join(__dirname, "../..");

/** The file of the SDK that declares a type token; `aws:sqs/queue:Queue` is in `sqs/queue.js`. */
function declares(token: string): boolean {
  const [, file = ""] = token.split(":");
  const path = join(root, "node_modules/@pulumi/aws", `${file}.js`);
  return existsSync(path) && readFileSync(path, "utf8").includes(`__pulumiType = '${token}'`);
}

describe("policy rules", () => {
  it("are eight or more in each pack", () => {
    for (const [pack, rules] of Object.entries(packs)) expect(rules.length, pack).to.be.at.least(8);
  });

  it("have identifiers of their own that begin as rules do", () => {
    const ids = all.map(({ id }) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).to.deep.equal([]);
    expect(ids.filter((id) => !/^(require|disallow|enforce)(-[a-z0-9]+)+$/.test(id))).to.deep.equal([]);
  });

  it("are each in a file of their name, with a spec", () => {
    for (const [pack, rules] of Object.entries(packs)) {
      const isRule = (file: string) => /^(require|disallow|enforce)-/.test(file);
      const files = readdirSync(join(root, "policy/rules", pack)).filter(isRule);
      const specs = readdirSync(join(root, "tests/policy", pack)).filter(isRule);
      expect(files.sort()).to.deep.equal(rules.map(({ id }) => `${id}.ts`).sort());
      expect(specs.sort()).to.deep.equal(rules.map(({ id }) => `${id}.spec.ts`).sort());
    }
  });

  it("name types that the SDK has", () => {
    const tokens = new Set(all.flatMap(({ appliesTo }) => appliesTo));
    expect([...tokens].filter((token) => !declares(token))).to.deep.equal([]);
  });

  it("say what they are for, which controls they serve and what to do", () => {
    const known = /^(CIS-AWS-3\.0|FSBP|PCI-DSS-4\.0|NIST-800-53|HIPAA) \S+$/;
    for (const rule of all) {
      expect(rule.controls, rule.id).not.to.deep.equal([]);
      expect(
        rule.controls.filter((control) => !known.test(control)),
        rule.id,
      ).to.deep.equal([]);
      expect(rule.description, rule.id).to.match(/^[A-Z].*\.$/s);
      expect(rule.remediation, rule.id).to.match(/^[a-z].*[^.]$/s);
    }
  });

  it("know nothing of the program, the components and the emulation", () => {
    const files = Object.keys(packs).flatMap((pack) =>
      readdirSync(join(root, "policy/rules", pack)).map((file) => join(root, "policy/rules", pack, file)),
    );
    const strangers = files.filter((file) =>
      /from "(@pulumi\/aws|.*\/(infra|components|offline)\/)/.test(readFileSync(file, "utf8")),
    );
    expect(strangers).to.deep.equal([]);
  });
});
