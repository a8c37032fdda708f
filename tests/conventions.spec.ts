// Specs run beside other runs of the same project, on one machine: they share nothing with them.
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect } from "chai";

const root = resolve(__dirname, "..");

/** What two runs at the same time would both use. */
const SHARED: Readonly<Record<string, RegExp>> = {
  "the machine's temporary folder itself, instead of a folder of its own in it":
    /\btmpdir\(\)(?<!\bmkdtemp(?:Sync)?\((?:path\.)?join\((?:os\.)?tmpdir\(\))/,
  "a fixed port": /\.listen\(\s*[1-9]|setPort\(\s*[1-9]|bind(?:Async)?\(\s*["'`][^"'`]*:[1-9]/,
  "a fixed path in a folder that all share": /["'`]\/(?:tmp|var\/tmp|dev\/shm)\/[\w.-]+["'`/]/,
  "the user's own Pulumi": /\bhomedir\(\)(?!.*"bin")[^;]*\.pulumi\b|~\/\.pulumi\b/,
};

/** Source files below a folder. */
function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(?:ts|cjs|mjs)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .filter((file) => file !== "tests/conventions.spec.ts");
}

/** What a text shares, each with its line. */
function shared(text: string): string[] {
  return text
    .split("\n")
    .flatMap((line, at) =>
      Object.entries(SHARED).flatMap(([what, form]) => (form.test(line) ? [`${at + 1}: ${what}`] : [])),
    );
}

describe("specs and what they start", () => {
  it("share no folder, port or file with another run on this machine", () => {
    const files = [...sources("tests"), ...sources("offline"), ...sources("infra")];
    expect(files.length).to.be.greaterThan(300);
    const found = files.flatMap((file) =>
      shared(readFileSync(join(root, file), "utf8")).map((what) => `${file}:${what}`),
    );
    expect(found).to.deep.equal([]);
  });

  it("are found where they do", () => {
    const planted = [
      'readdirSync(tmpdir()).filter((name) => name.startsWith("x"));',
      'const folder = join(tmpdir(), "archipelago");',
      "server.listen(8080);",
      'server.bindAsync("127.0.0.1:8080", credentials, done);',
      'writeFileSync("/tmp/archipelago.lock", "");',
      'readFileSync(join(homedir(), ".pulumi", "credentials.json"));',
    ];
    expect(planted.filter((line) => shared(line).length === 0)).to.deep.equal([]);
    const fine = [
      'mkdtempSync(join(tmpdir(), "archipelago-"));',
      "server.listen(0);",
      'bindAsync("127.0.0.1:0", c, d);',
    ];
    expect(fine.flatMap(shared)).to.deep.equal([]);
  });
});
