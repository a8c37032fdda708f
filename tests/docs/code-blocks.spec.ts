// Every TypeScript block of every page compiles as it is written: `archipelago` is the name of this package.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect } from "chai";
import ts from "typescript";

const root = resolve(__dirname, "../..");

interface Block {
  /** A file that does not exist, named after the page and the block's line. */
  readonly file: string;
  readonly text: string;
}

describe("code blocks in Markdown", () => {
  it("compile", function () {
    this.timeout(120_000);
    const blocks = pages().flatMap(blocksOf);
    expect(blocks).to.not.be.empty;
    expect(problemsIn(blocks)).to.deep.equal([]);
  });
});

function pages(): string[] {
  return execFileSync("git", ["ls-files", "*.md"], { cwd: root, encoding: "utf8" }).trim().split("\n");
}

function blocksOf(page: string): Block[] {
  const text = readFileSync(join(root, page), "utf8");
  return [...text.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map((match) => ({
    file: join(root, `${page}.line-${text.slice(0, match.index).split("\n").length}.ts`),
    // A block is a module of its own, even when it imports and exports nothing.
    text: `${match[1] ?? ""}\nexport {};\n`,
  }));
}

function problemsIn(blocks: readonly Block[]): string[] {
  const { config } = ts.readConfigFile(join(root, "tsconfig.json"), (path) => ts.sys.readFile(path)) as {
    config: object;
  };
  const { options } = ts.parseJsonConfigFileContent(
    // What a reader leaves unused in an example is for the reader's own program.
    { ...config, include: [], files: [] },
    ts.sys,
    root,
    { noUnusedLocals: false, incremental: false },
  );
  const virtual = new Map(blocks.map(({ file, text }) => [file, text]));
  const host = ts.createCompilerHost(options);
  const readFile = host.readFile.bind(host);
  const fileExists = host.fileExists.bind(host);
  const getSourceFile = host.getSourceFile.bind(host);
  host.readFile = (file) => virtual.get(file) ?? readFile(file);
  host.fileExists = (file) => virtual.has(file) || fileExists(file);
  host.getSourceFile = (file, version, ...rest) => {
    const text = virtual.get(file);
    return text === undefined ? getSourceFile(file, version, ...rest) : ts.createSourceFile(file, text, version);
  };
  const program = ts.createProgram([...virtual.keys()], options, host);
  return blocks.flatMap(({ file }) => {
    const source = program.getSourceFile(file);
    return ts
      .getPreEmitDiagnostics(program, source)
      .map(({ messageText }) => `${file.slice(root.length + 1)}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`);
  });
}
