// The rules of the house that a reader of `components/` relies on, held by reading the tree.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { expect } from "chai";
import ts from "typescript";

const root = resolve(__dirname, "../..");
/** Folders below a platform, as `<platform>/<folder>`. */
const belowPlatforms = readdirSync(join(root, "components"))
  .filter((platform) => platform !== "kit")
  .flatMap((platform) => readdirSync(join(root, "components", platform)).map((name) => `${platform}/${name}`))
  .sort();
/** A platform's `kit` has what its components share: it is no component itself. */
const components = belowPlatforms.filter((folder) => !folder.endsWith("/kit"));
const folders = ["kit", ...belowPlatforms];

/** A source file of a component. */
interface Source {
  /** `<platform>/<component>/<file>.ts` */
  readonly path: string;
  readonly text: string;
  readonly tree: ts.SourceFile;
}

const sources: readonly Source[] = folders.flatMap((folder) =>
  readdirSync(join(root, "components", folder))
    .filter((file) => file.endsWith(".ts"))
    .map((file) => {
      const path = `${folder}/${file}`;
      const text = readFileSync(join(root, "components", path), "utf8");
      return { path, text, tree: ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true) };
    }),
);

describe("conventions of components", () => {
  it("give every folder arguments, an index, a page and a spec", () => {
    const missing = components.flatMap((folder) => {
      const [code, specs] = [join(root, "components", folder), join(root, "tests/components", folder)];
      const parts = ["args.ts", "index.ts", "README.md"].filter((part) => !existsSync(join(code, part)));
      const specced = existsSync(specs) && readdirSync(specs).some((file) => file.endsWith(".spec.ts"));
      return [...parts, ...(specced ? [] : ["a spec"])].map((part) => `${folder}: ${part}`);
    });
    expect(components).to.not.be.empty;
    expect(missing).to.deep.equal([]);
  });

  it("keep arguments free of code", () => {
    const code = sources
      .filter(({ path }) => path.endsWith("/args.ts"))
      .flatMap(({ path, tree }) => tree.statements.filter((statement) => !isDeclaration(statement)).map(() => path));
    expect(code).to.deep.equal([]);
  });

  it("keep kit pure: of any package but Node's own it imports types only", () => {
    const impure = sources
      .filter(({ path }) => path.startsWith("kit/"))
      .flatMap(({ path, tree }) => {
        const values = valueImportsOf(tree).filter((specifier) => !/^(\.\/|node:)/.test(specifier));
        return values.map((specifier) => `${path} imports ${specifier}`);
      });
    expect(impure).to.deep.equal([]);
  });

  /** An analytics store keeps its tables in an object store; pods of EKS have the route of a microservice on ECS. */
  const bridges = [
    "aws/analytics/analytics-store.ts imports aws/storage",
    "aws/analytics/args.ts imports aws/storage",
    "aws/kubernetes-cluster/pod-route.ts imports aws/microservice",
  ];

  it("import downhill: their own folder, their platform's kit and kit, which imports nobody", () => {
    const uphill = sources.flatMap(({ path, tree }) =>
      importsOf(tree)
        .filter((specifier) => specifier.startsWith("."))
        .map((specifier) => relative("components", join("components", dirname(path), specifier)))
        .filter((target) => !below(path).some((folder) => target === folder || target.startsWith(`${folder}/`)))
        .map((target) => `${path} imports ${target}`),
    );
    expect(uphill.sort()).to.deep.equal(bridges);
  });

  it("know neither environment, configuration, stack nor clock, and ask the cloud for nothing but what runs after an update", () => {
    const forbidden =
      /\bprocess\.env\b|\bpulumi\.Config\b|\bget(Stack|Project|Organization)(Output)?\(|\bDate\.now\b|\bnew Date\(\)|\b(aws|awsx|random)\.([a-z0-9]+\.)?get[A-Z]\w*\(|\bruntime\.invoke/g;
    const found = sources.flatMap(({ path, text }) => (text.match(forbidden) ?? []).map((hit) => `${path}: ${hit}`));
    // After an update, never at preview: whether ECS runs what was asked for. Nothing that is created depends on the answer's content.
    expect(found).to.deep.equal(["aws/microservice/deployment.ts: aws.ecs.getServiceOutput("]);
  });

  it("make every child with a transform, under a parent", () => {
    const bare = sources.flatMap(({ path, tree }) =>
      nodesOf(tree)
        .filter(ts.isNewExpression)
        .filter(({ expression }) => /^(aws|kubernetes|random)\./.test(expression.getText()))
        .filter(({ arguments: args }) => args?.length !== 1 || !/^\.\.\.transformed\b/.test(args[0]?.getText() ?? ""))
        .map(({ expression }) => `${path}: new ${expression.getText()}`),
    );
    expect(bare).to.deep.equal([]);
  });

  it("write what is private in one way", () => {
    const hashed = sources.flatMap(({ path, tree }) =>
      nodesOf(tree)
        .filter(ts.isPrivateIdentifier)
        .map((name) => `${path}: ${name.text}`),
    );
    expect(hashed).to.deep.equal([]);
  });

  it("stay short: 300 lines a file, 250 a component's, 40 a constructor, 60 a function", () => {
    const long = sources.flatMap((source) => [
      ...(linesOf(source.text) > (classesOf(source.tree).length > 0 ? 250 : 300)
        ? [`${source.path}: ${linesOf(source.text)} lines`]
        : []),
      ...nodesOf(source.tree)
        .filter(ts.isFunctionLike)
        .filter((node) => linesOf(node.getText()) > (ts.isConstructorDeclaration(node) ? 40 : 60))
        .map((node) => `${source.path}: ${node.name?.getText() ?? "constructor"}, ${linesOf(node.getText())} lines`),
    ]);
    expect(long).to.deep.equal([]);
  });

  it("give tags and transform last", () => {
    const disordered = argumentInterfaces()
      .filter(({ names }) => names.includes("transform") && names.at(-1) !== "transform")
      .map(({ path, name }) => `${path}: ${name}`);
    expect(disordered).to.deep.equal([]);
    const untagged = argumentInterfaces()
      .filter(({ names }) => names.includes("tags") && names.includes("transform") && names.at(-2) !== "tags")
      .map(({ path, name }) => `${path}: ${name}`);
    expect(untagged).to.deep.equal([]);
  });

  it("explain every argument on their page", () => {
    const unexplained = argumentInterfaces()
      .filter(({ path }) => components.includes(dirname(path)))
      .flatMap(({ path, names }) => {
        const folder = dirname(path);
        const page = readFileSync(join(root, "components", folder, "README.md"), "utf8");
        const rows = page.split("\n").filter((line) => line.startsWith("|"));
        const explained = rows.flatMap((row) => row.split("|")[1]?.match(/`[^`]+`/g) ?? []);
        return names.filter((name) => !explained.includes(`\`${name}\``)).map((name) => `${folder}: ${name}`);
      });
    expect(unexplained).to.deep.equal([]);
  });

  it("say on their page what they cost, what replaces and what weakens them, and show a smallest example", () => {
    const silent = components.flatMap((folder) => {
      const page = readFileSync(join(root, "components", folder, "README.md"), "utf8");
      const example = new RegExp(`\`\`\`ts\\nimport \\{[^}]+\\} from "archipelago/components/${folder}";`);
      return [
        ...(/\bcosts?\b/i.test(page) && /\bUSD\b/.test(page) ? [] : [`${folder}: cost`]),
        ...(/\breplac(e|es|ing|ed|ement)\b/i.test(page) ? [] : [`${folder}: replacement`]),
        ...(/\bweaken(s|ed)?\b/i.test(page) ? [] : [`${folder}: weakening`]),
        ...(example.test(page) ? [] : [`${folder}: example`]),
      ];
    });
    expect(silent).to.deep.equal([]);
  });

  it("return a Grant from every `grant…`", () => {
    const methods = sources.flatMap(({ path, tree }) =>
      nodesOf(tree)
        .filter((node) => ts.isMethodDeclaration(node) || ts.isMethodSignature(node))
        .filter(({ name }) => /^grant[A-Z]/.test(name.getText()))
        .map(({ name, type }) => ({ name: `${path}: ${name.getText()}`, returns: type?.getText() })),
    );
    expect(methods).to.have.length.above(20);
    expect(methods.filter(({ returns }) => returns !== "Grant")).to.deep.equal([]);
  });

  it("register every output", () => {
    const lost = sources.flatMap((source) =>
      classesOf(source.tree).flatMap((component) => {
        const registered = registeredBy(source, component);
        return outputsOf(component)
          .filter((output) => !registered.has(output))
          .map((output) => `${source.path}: ${output}`);
      }),
    );
    expect(lost).to.deep.equal([]);
  });
});

function isDeclaration(statement: ts.Statement): boolean {
  return (
    ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement) || ts.isImportDeclaration(statement)
  );
}

function importsOf(tree: ts.SourceFile): string[] {
  return tree.statements.flatMap((statement) =>
    (ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement)) &&
    statement.moduleSpecifier &&
    ts.isStringLiteral(statement.moduleSpecifier)
      ? [statement.moduleSpecifier.text]
      : [],
  );
}

/** Modules that are there when the program runs; imports of types are not. */
function valueImportsOf(tree: ts.SourceFile): string[] {
  return nodesOf(tree).flatMap((node) => {
    if (ts.isImportDeclaration(node) && node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword) return [];
    if (ts.isExportDeclaration(node) && node.isTypeOnly) return [];
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return textOf(node.moduleSpecifier);
    const loads = ts.isCallExpression(node) && /^(import|require)$/.test(node.expression.getText());
    return loads ? textOf(node.arguments[0]) : [];
  });
}

function textOf(specifier: ts.Expression | undefined): string[] {
  return specifier && ts.isStringLiteral(specifier) ? [specifier.text] : [];
}

/** Folders that a file may import from. */
function below(path: string): string[] {
  const platform = path.split("/")[0] ?? "";
  return platform === "kit" ? ["kit"] : [dirname(path), "kit", `${platform}/kit`];
}

function nodesOf(node: ts.Node): ts.Node[] {
  const nodes: ts.Node[] = [node];
  node.forEachChild((child) => void nodes.push(...nodesOf(child)));
  return nodes;
}

function classesOf(tree: ts.SourceFile): ts.ClassDeclaration[] {
  return tree.statements
    .filter(ts.isClassDeclaration)
    .filter(({ heritageClauses = [] }) =>
      heritageClauses.some((clause) => clause.getText().includes("ComponentResource")),
    );
}

function linesOf(text: string): number {
  return text.trimEnd().split("\n").length;
}

/** The interfaces that constructors take, with the names of their arguments in order. */
function argumentInterfaces(): { readonly path: string; readonly name: string; readonly names: readonly string[] }[] {
  return sources.flatMap(({ path, tree }) =>
    tree.statements
      .filter(ts.isInterfaceDeclaration)
      .filter(({ name }) => name.text.endsWith("Args"))
      .map(({ name, members }) => ({
        path,
        name: name.text,
        names: members.flatMap((member) => (member.name ? [member.name.getText()] : [])),
      })),
  );
}

/** Public fields but for the children, which are resources of their own, and signals, which no stack exports. */
function outputsOf({ members }: ts.ClassDeclaration): string[] {
  return members
    .filter(ts.isPropertyDeclaration)
    .filter(({ modifiers = [] }) => !modifiers.some(({ kind }) => kind === ts.SyntaxKind.PrivateKeyword))
    .map(({ name }) => name.getText())
    .filter((name) => name !== "nodes" && name !== "signals");
}

/** Names in the call of `registerOutputs`, and in the functions that it takes them from. */
function registeredBy({ path }: Source, component: ts.ClassDeclaration): ReadonlySet<string> {
  const neighbours = sources.filter((other) => dirname(other.path) === dirname(path));
  const collectors = [component, ...neighbours.map(({ tree }) => tree)]
    .flatMap((place) => nodesOf(place))
    .filter((node) => ts.isMethodDeclaration(node) || ts.isFunctionDeclaration(node))
    .filter(({ name }) => /^outputs(Of)?$/.test(name?.getText() ?? ""));
  const calls = nodesOf(component)
    .filter(ts.isCallExpression)
    .filter(({ expression }) => expression.getText() === "this.registerOutputs");
  const collected = calls.some((call) => /\boutputs(Of)?\(/.test(call.getText())) ? collectors : [];
  const names = [...calls, ...collected]
    .flatMap((place) => nodesOf(place))
    .filter((node) => ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node))
    .map(({ name }) => name.getText());
  return new Set(names);
}
