// What every rule owes its readers: a name, a place, a spec, controls, and types that exist.
import { expect } from "chai";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Sdk } from "../../offline/providers/schema/sdk";
import type { Shape } from "../../offline/providers/schema/shape";
import { themes } from "./cases";
import { companionCases } from "./cases/companions";
import { allRules as all, packs } from "./packs";

const root = join(__dirname, "../..");

const sdks: Readonly<Record<string, Sdk>> = { aws: new Sdk("aws"), kubernetes: new Sdk("kubernetes") };
const sdkOf = (token: string): Sdk | undefined => sdks[token.split(":")[0] ?? ""];

/** Where rules of a table find their property, by type. */
type Places = Readonly<Record<string, string | readonly string[]>>;

/** Whether an input of a type stands at a path; members of a list are `[*]`. */
function hasProperty(type: string, path: string): boolean {
  const sdk = sdkOf(type);
  let shape: Shape | undefined;
  for (const step of path.split(/\.|(?=\[)/)) {
    if (step === "[*]") {
      shape = shape?.kind === "list" ? shape.of : undefined;
    } else {
      const holder: Shape | undefined =
        shape?.kind === "union" ? shape.of.find(({ kind }) => kind === "object") : shape;
      if (shape?.kind === "map") shape = shape.of;
      else if (shape === undefined) shape = sdk?.resource(type)?.inputs.get(step)?.shape;
      else shape = holder?.kind === "object" ? sdk?.inputObject(holder.name).get(step)?.shape : undefined;
    }
    if (shape === undefined) return false;
  }
  return true;
}

/** The files of a folder; none where there is no folder. */
function named(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}

describe("policy rules", () => {
  it("are six or more in each pack", () => {
    for (const [pack, rules] of Object.entries(packs)) expect(rules.length, pack).to.be.at.least(6);
  });

  it("have identifiers of their own that begin as rules do", () => {
    const ids = all.map(({ id }) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).to.deep.equal([]);
    expect(ids.filter((id) => !/^(require|disallow|enforce)(-[a-z0-9]+)+$/.test(id))).to.deep.equal([]);
  });

  it("are each in a file of their name with a spec, or in a table with a case", () => {
    const cases = new Set(
      Object.values(themes).flatMap((theme) => theme.flatMap(({ wrong }) => wrong.map(([rule]) => rule))),
    );
    const companions = new Set(companionCases.map(({ rule }) => rule));
    for (const [pack, rules] of Object.entries(packs)) {
      const isRule = (file: string) => /^(require|disallow|enforce)-/.test(file);
      const files = named(join(root, "policy/rules", pack)).filter(isRule);
      const specs = named(join(root, "tests/policy", pack)).filter(isRule);
      expect(specs.sort(), pack).to.deep.equal(files.map((file) => file.replace(/\.ts$/, ".spec.ts")).sort());
      const tabled = rules.filter(({ id }) => !files.includes(`${id}.ts`)).map(({ id }) => id);
      expect(
        tabled.filter((id) => !cases.has(id) && !companions.has(id)),
        pack,
      ).to.deep.equal([]);
    }
  });

  it("name types that the SDK has", () => {
    const tokens = new Set(all.flatMap(({ appliesTo }) => appliesTo));
    const providers = [...tokens].filter((token) => token.startsWith("pulumi:providers:"));
    expect(providers).to.deep.equal(["pulumi:providers:aws"]);
    const others = [...tokens].filter((token) => !providers.includes(token));
    expect(others.filter((token) => sdkOf(token)?.resource(token) === undefined)).to.deep.equal([]);
  });

  it("name properties that the SDK has", () => {
    const wrong = all.flatMap((rule) =>
      "property" in rule
        ? Object.entries(rule.property as Places).flatMap(([type, paths]) =>
            [paths]
              .flat()
              .flatMap((path) => path.split(" | "))
              .filter((path) => !hasProperty(type, path))
              .map((path) => `${rule.id}: ${path} of ${type}`),
          )
        : [],
    );
    expect(wrong).to.deep.equal([]);
  });

  it("say what they are for, which controls they serve and what to do", () => {
    const known = /^(CIS-AWS-3\.0|CIS-K8S|FSBP|PCI-DSS-4\.0|PSS|NIST-800-53|HIPAA) \S+$/;
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
