// Pages lead somewhere, and name nothing that a reader does not have.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { load } from "js-yaml";
import { expect } from "chai";
import { registry } from "../../infra/model/kinds/registry";

const root = resolve(__dirname, "../..");
const tracked = (...patterns: readonly string[]): readonly string[] =>
  execFileSync("git", ["ls-files", ...patterns], { cwd: root, encoding: "utf8" })
    .trim()
    .split("\n");
const read = (file: string): string => readFileSync(join(root, file), "utf8");

/** Headings of a page as GitHub links to them. */
function anchorsOf(page: string): readonly string[] {
  const headings = [...read(page).matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) => heading);
  const named = [...read(page).matchAll(/\bid="([^"]+)"/g)].map(([, id = ""]) => id);
  const derived = headings.map((heading) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\-_ ]/gu, "")
      .replaceAll(" ", "-"),
  );
  return [...derived, ...named];
}

describe("pages", () => {
  const pages = tracked("*.md").filter((page) => existsSync(join(root, page)));

  it("link to files and headings that are there", () => {
    const dead = pages.flatMap((page) =>
      [...read(page).matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, link = ""]) => {
        if (/^[a-z]+:/.test(link)) return [];
        const [path = "", anchor] = link.split("#");
        const target = path === "" ? page : join(dirname(page), path);
        if (!existsSync(join(root, target))) return [`${page}: ${link}`];
        return anchor === undefined || anchorsOf(target).includes(anchor) ? [] : [`${page}: ${link}`];
      }),
    );
    expect(dead).to.deep.equal([]);
  });

  it("list every kind of thing that a system can have", () => {
    for (const [page, heading] of [
      ["README.md", "## What a system can have"],
      ["docs/describe.md", "# Describe a system"],
    ] as const) {
      const [, section = ""] = read(page).split(heading);
      const [chapter = ""] = section.split("\n## ");
      const listed = [...chapter.matchAll(/^\| (\w+) +\| `/gm)].map(([, kind = ""]) => kind);
      expect(listed, page).to.include.members(["service", ...Object.keys(registry)]);
    }
  });

  it("are named in the README, each of docs/", () => {
    const readme = read("README.md");
    const unnamed = pages.filter((page) => /^docs\/[^/]+\.md$/.test(page) && !readme.includes(`](${page}`));
    expect(unnamed).to.deep.equal([]);
  });

  it("have cells that can be read: none of the README is longer than 120 characters", () => {
    const cells = read("README.md")
      .split("\n")
      .filter((line) => line.startsWith("|"))
      .flatMap((line) => line.split("|").map((cell) => cell.trim()));
    expect(cells.filter((cell) => cell.length > 120)).to.deep.equal([]);
  });

  it("show pipelines in YAML that can be read", () => {
    const blocks = pages.flatMap((page) => [...read(page).matchAll(/^```yaml\n([\s\S]*?)^```$/gm)]);
    expect(blocks.length).to.be.at.least(4);
    for (const [, text = ""] of blocks) expect(load(text)).to.be.an("object");
  });

  it("name no list of requirements and no document that is not in the repository", () => {
    const texts = tracked("*.md", "*.ts", "*.cjs", "*.mjs", "*.yaml", "*.sh", "Makefile");
    const words = /\b(?:feature )?rows? [A-Z]\d{1,2}\b|\bseeds?\/\d|\bissue \d+\b|\b[Tt]he seeds?\b/g;
    // Specs may call the document that a system was taken from by a short name.
    const found = texts
      .filter((file) => existsSync(join(root, file)) && !file.startsWith("tests/"))
      .flatMap((file) => [...read(file).matchAll(words)].map(([text]) => `${file}: ${text}`));
    expect(found).to.deep.equal([]);
  });
});
