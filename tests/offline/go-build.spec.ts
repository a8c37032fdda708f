import { expect } from "chai";
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { buildPart, goOnPath, NotBuilt, type Part } from "../../offline/go-build";

const MODULE = "example.com/tool";
const VERSION = "v1.2.3";

/** A module proxy in a folder, as `go help goproxy` describes it. */
function publish(proxy: string, files: Readonly<Record<string, string>>): void {
  const folder = join(proxy, MODULE, "@v");
  mkdirSync(folder, { recursive: true });
  const source = mkdtempSync(join(proxy, "source-"));
  const zip = join(folder, `${VERSION}.zip`);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(source, name), text);
  const script = `
import sys, zipfile
with zipfile.ZipFile(sys.argv[1], "w") as archive:
    for name in sys.argv[3:]: archive.write(sys.argv[2] + "/" + name, "${MODULE}@${VERSION}/" + name)`;
  execFileSync("python3", ["-c", script, zip, source, ...Object.keys(files)]);
  writeFileSync(join(folder, `${VERSION}.info`), JSON.stringify({ Version: VERSION }));
  writeFileSync(join(folder, `${VERSION}.mod`), files["go.mod"] ?? "");
}

describe("a build from a Go module", function () {
  // The first one on a machine compiles Go's own library.
  this.timeout(180_000);
  let folder = "";
  let environment: NodeJS.ProcessEnv = {};
  let part: Part;

  before(function () {
    if (goOnPath(process.env.PATH) === undefined) this.skip();
    folder = mkdtempSync(join(tmpdir(), "archipelago-go-"));
    const proxy = join(folder, "proxy");
    publish(proxy, {
      "go.mod": `module ${MODULE}\n\ngo 1.21\n`,
      "tool.go": `package tool\n\nvar Version = "unset"\n`,
      "schema.json": "{}",
    });
    const source = join(folder, "source");
    mkdirSync(source);
    writeFileSync(join(source, "go.mod"), `module build\n\ngo 1.21\n\nrequire ${MODULE} ${VERSION}\n`);
    writeFileSync(
      join(source, "main.go"),
      `package main\n\nimport (\n\t_ "embed"\n\t"fmt"\n\t"${MODULE}"\n)\n\n//go:embed schema.json\nvar schema string\n\nfunc main() { fmt.Print(tool.Version, schema) }\n`,
    );
    environment = {
      ...process.env,
      GOPROXY: pathToFileURL(proxy).href,
      GONOSUMDB: "*",
      GOSUMDB: "off",
      // Nobody has fetched the module before, as on a new machine.
      GOMODCACHE: join(folder, "modules"),
      GOFLAGS: "-modcacherw",
    };
    execFileSync("go", ["mod", "tidy"], { cwd: source, env: environment, stdio: "ignore" });
    rmSync(join(folder, "modules"), { recursive: true });
    part = {
      name: "the tool",
      module: MODULE,
      version: "1.2.3",
      source,
      folder: "tool-built",
      programs: { tool: "." },
      variables: { [`${MODULE}.Version`]: "1.2.3" },
      sources: ["schema.json"],
      minutes: 1,
      packages: 10,
    };
  });

  after(() => {
    // Go makes its module cache read-only.
    if (folder !== "") execFileSync("chmod", ["-R", "u+w", folder]);
    rmSync(folder, { recursive: true, force: true });
  });

  const place = (cache: string) => ({ cache: join(folder, cache), say: () => undefined, environment });

  it("takes files of a module that was never fetched before", async () => {
    const built = await buildPart(part, place("one"));
    expect(execFileSync(join(built, "tool"), { encoding: "utf8" })).to.equal("1.2.3{}");
    expect(existsSync(join(built, "source"))).to.equal(false);
  });

  it("that fails says why, and leaves nothing that looks finished", async () => {
    const wrong = { ...part, folder: "wrong-built", programs: { tool: "./nowhere" } };
    const error = await buildPart(wrong, place("two")).catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(NotBuilt);
    expect(String(error)).to.include("nowhere");
    expect(existsSync(join(folder, "two", "wrong-built"))).to.equal(false);
  });

  it("is not done twice", async () => {
    const built = await buildPart(part, place("one"));
    const file = join(built, "tool");
    writeFileSync(file, "as it was");
    expect(await buildPart(part, place("one"))).to.equal(built);
    expect(readFileSync(file, "utf8")).to.equal("as it was");
  });
});
