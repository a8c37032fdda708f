// The Makefile hands what a person types to programs, as it was typed; neither make nor a shell runs a word of it.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect } from "chai";

const root = resolve(__dirname, "..");
const makefile = readFileSync(join(root, "Makefile"), "utf8");
const variables = (/^VARIABLES = (.*)$/m.exec(makefile)?.[1] ?? "").split(" ");
const targets = [...makefile.matchAll(/^([a-z-]+):.*## /gm)].map(([, target = ""]) => target);

/** Values that run a command, or become another value, where a shell or make reads them as text. */
const hostile = (file: string): readonly string[] => [
  `"; touch ${file}; "`,
  `'; touch ${file}; '`,
  `$(touch ${file})`,
  `\`touch ${file}\``,
  `$(shell touch ${file})`,
  `$$(touch ${file})`,
  `\${shell touch ${file}}`,
  `x & touch ${file} #`,
  `a
	touch ${file}`,
  "$HOME $(STACK) 100% \\ # * ~",
];

interface Call {
  readonly args: readonly string[];
  readonly given: Readonly<Record<string, string>>;
}

describe("the Makefile", function () {
  this.timeout(60_000);
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "archipelago-make-"));
    mkdirSync(join(folder, "bin"));
    // Stands in for Node: says how it was called.
    const recorder = `#!${process.execPath}
const fs = require("node:fs");
const given = Object.fromEntries(${JSON.stringify(variables)}.map((name) => [name, process.env[name]]));
fs.appendFileSync(${JSON.stringify(join(folder, "calls"))}, JSON.stringify({ args: process.argv.slice(2), given }) + "\\n");
`;
    writeFileSync(join(folder, "bin", "node"), recorder, { mode: 0o755 });
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const make = (words: readonly string[], environment: Readonly<Record<string, string>> = {}): readonly Call[] => {
    const { status, stderr } = spawnSync("make", ["-s", ...words], {
      cwd: root,
      encoding: "utf8",
      env: { PATH: `${join(folder, "bin")}:${process.env.PATH ?? ""}`, ...environment },
    });
    expect([status, stderr]).to.deep.equal([0, ""]);
    const lines = readFileSync(join(folder, "calls"), "utf8").trimEnd().split("\n");
    return lines.map((line) => JSON.parse(line) as Call);
  };
  const verbs = targets.filter((target) => target !== "help");

  for (const origin of ["its command line", "the environment"] as const) {
    it(`hands every variable of ${origin} to every program as it was typed, and runs none of it`, () => {
      const touched = join(folder, "touched");
      for (const value of hostile(touched)) {
        const given = Object.fromEntries(variables.map((name) => [name, value]));
        const words = origin === "the environment" ? [] : variables.map((name) => `${name}=${value}`);
        const calls = make([...verbs, ...words], origin === "the environment" ? given : {});
        expect(calls).to.deep.equal(verbs.map((verb) => ({ args: ["cli/archipelago.cjs", verb], given })));
        expect(existsSync(touched), value).to.equal(false);
        rmSync(join(folder, "calls"));
      }
    });
  }

  it("leaves a variable empty that nobody gave", () => {
    const [call] = make(["check"]);
    expect(call?.given).to.deep.equal(Object.fromEntries(variables.map((name) => [name, ""])));
  });

  it("has no variable in a recipe but the program", () => {
    const recipes = makefile.split("\n").filter((line) => line.startsWith("\t"));
    expect(
      recipes.flatMap((line) => line.match(/(?<!\$)\$[({]\w+[)}]/g) ?? []).filter((used) => used !== "$(RUN)"),
    ).to.deep.equal([]);
  });

  it("names every variable that a program reads from what a person typed", () => {
    const asked = [...makefile.matchAll(/\b([A-Z]+)=/g)].map(([, name = ""]) => name);
    expect(asked.filter((name) => !variables.includes(name))).to.deep.equal([]);
  });
});
