// Imports go downhill only, and in no circle, as far as they run: TypeScript and JavaScript, static and dynamic imports, require and what
// stands for it. The lint rule of eslint.config.mjs holds the direction of type imports as well.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join, posix, resolve } from "node:path";
import { expect } from "chai";
import ts from "typescript";

const root = resolve(__dirname, "..");

/** What the files of a folder may not import; a longer folder's list comes on top of a shorter one's. */
const FORBIDDEN: Readonly<Record<string, readonly string[]>> = {
  components: ["infra", "policy", "offline", "cli", "tests"],
  "components/kit": ["components/aws", "components/kubernetes", "@pulumi"],
  "components/aws": ["components/kubernetes"],
  "components/kubernetes": ["components/aws"],
  infra: ["policy", "offline", "cli", "tests"],
  "infra/model": ["infra/targets", "infra/environments", "infra/systems", "infra/views", "@pulumi"],
  "infra/views": ["@pulumi"],
  policy: ["infra", "components", "offline", "cli", "tests"],
  offline: ["infra", "components", "policy", "cli", "tests"],
  // Of the packs, only what the rules say of themselves.
  // It goes into the images of services, without Pulumi.
  runtime: ["infra", "policy", "offline", "cli", "tests", "components/aws", "@pulumi"],
  cli: ["policy/all", "tests"],
};

/** A file's imports: paths from the root for the files of this repository, names for packages. */
type Imports = ReadonlyMap<string, readonly string[]>;

const within = (path: string, folder: string): boolean => path === folder || path.startsWith(`${folder}/`);

const TYPES_ONLY = /^(?:import|export) (?:type [^;]*?|\{(?:\s*type [^,}]+,?)+\s*\}) from "[^"]+";/gm;

/** Everything that a text imports when it runs, as it is written there: types are gone then. */
function specifiersIn(source: string): string[] {
  const text = source.replace(TYPES_ONLY, "");
  const { importedFiles } = ts.preProcessFile(text, true, true);
  // What createRequire has made is called by any name.
  const called = [...text.matchAll(/\b(?:load|require[ds]?|createRequire\(__filename\))\(\s*["'`](\.{1,2}\/[^"'`]+)/g)];
  return [...new Set([...importedFiles.map(({ fileName }) => fileName), ...called.map(([, path = ""]) => path)])];
}

function targetOf(file: string, specifier: string): string | undefined {
  if (!specifier.startsWith(".")) return specifier.startsWith("node:") ? undefined : specifier;
  const base = posix.join(posix.dirname(file), specifier);
  return [base, `${base}.ts`, `${base}/index.ts`, `${base}.cjs`].find(
    (path) => /\.\w+$/.test(path) && existsSync(join(root, path)),
  );
}

function importsOf(files: readonly string[]): Imports {
  return new Map(
    files.map((file) => [
      file,
      specifiersIn(readFileSync(join(root, file), "utf8")).flatMap((specifier) => targetOf(file, specifier) ?? []),
    ]),
  );
}

function uphill(imports: Imports): string[] {
  return [...imports].flatMap(([file, targets]) =>
    Object.entries(FORBIDDEN)
      .filter(([folder]) => within(file, folder))
      .flatMap(([, closed]) => targets.filter((target) => closed.some((each) => within(target, each))))
      .map((target) => `${file} imports ${target}`),
  );
}

/** Files that import each other, directly or by others: each circle once (Tarjan's strongly connected components). */
function circles(imports: Imports): string[][] {
  const found: string[][] = [];
  const numbers = new Map<string, number>();
  const lowest = new Map<string, number>();
  const stack: string[] = [];
  const visit = (file: string): number => {
    const number = numbers.size;
    numbers.set(file, number);
    lowest.set(file, number);
    stack.push(file);
    for (const target of (imports.get(file) ?? []).filter((each) => imports.has(each))) {
      if (!numbers.has(target)) lowest.set(file, Math.min(lowest.get(file) ?? 0, visit(target)));
      else if (stack.includes(target)) lowest.set(file, Math.min(lowest.get(file) ?? 0, numbers.get(target) ?? 0));
    }
    if (lowest.get(file) === number) {
      const component = stack.splice(stack.indexOf(file));
      if (component.length > 1 || imports.get(file)?.includes(file)) found.push(component.sort());
    }
    return lowest.get(file) ?? 0;
  };
  for (const file of imports.keys()) if (!numbers.has(file)) visit(file);
  return found;
}

describe("imports", () => {
  const files = execFileSync("git", ["ls-files", "*.ts", "*.cjs", "*.mjs"], { cwd: root, encoding: "utf8" })
    .trim()
    .split("\n")
    .filter((file) => existsSync(join(root, file)));
  const imports = importsOf(files);

  it("go downhill", () => {
    expect(imports.size).to.be.greaterThan(500);
    expect(uphill(imports)).to.deep.equal([]);
  });

  it("make no circle", () => {
    expect(circles(imports).map((circle) => circle.join(" - "))).to.deep.equal([]);
  });

  it("are found in every form, and so are circles", () => {
    const forms = `import "./a"; import { type A, b } from "./b"; export * from "./c"; const d = require("./d"); void import("./e");
      const f = createRequire(__filename)("./f") as typeof import("./f"); load("./g");
import type { H } from "./h";
import { type I, type J } from "./i";
export type * from "./j";`;
    expect(specifiersIn(forms).sort()).to.deep.equal(["./a", "./b", "./c", "./d", "./e", "./f", "./g"]);
    const planted = new Map([
      ["a", ["b"]],
      ["b", ["c"]],
      ["c", ["b", "chai"]],
      ["d", ["d"]],
      ["components/kit/x.ts", ["@pulumi/pulumi", "cli/say.ts"]],
    ]);
    expect(circles(planted)).to.deep.equal([["b", "c"], ["d"]]);
    expect(uphill(planted)).to.deep.equal([
      "components/kit/x.ts imports cli/say.ts",
      "components/kit/x.ts imports @pulumi/pulumi",
    ]);
  });
});
