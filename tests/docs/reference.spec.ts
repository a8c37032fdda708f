// The pages of docs/reference are made from the schema: what is allowed from its values, meaning and default from its comments.
// `UPDATE_REFERENCE=1 npx mocha tests/docs/reference.spec.ts` writes it anew.
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { expect } from "chai";
import * as prettier from "prettier";
import ts from "typescript";
import type { GenericSchema } from "valibot";
import { type Shape, shapeOf } from "../../infra/model/schema/words";
import { targets } from "../../infra/targets";
import { capabilities, shortCapabilities } from "../../infra/targets/capabilities";

const root = join(__dirname, "../..");
const model = join(root, "infra/model");
const load = createRequire(__filename);
type Modules = Readonly<Record<string, object>>;
interface Page {
  readonly file: string;
  readonly title: string;
  readonly about: string;
  readonly modules: Modules;
}

/** Modules of the schema, by their paths below infra/model. */
const modulesOf = (files: readonly string[]): Modules =>
  Object.fromEntries(files.map((file) => [file, load(join(model, file)) as object]));

/** The modules of each kind: services before what they own and use. */
function ofKinds(): string[] {
  const kinds = readdirSync(join(model, "kinds")).filter((kind) => kind !== "service" && !kind.endsWith(".ts"));
  return ["service", ...kinds].flatMap((kind) =>
    readdirSync(join(model, "kinds", kind)).map((file) => `kinds/${kind}/${file.replace(/\.ts$/, "")}`),
  );
}

/** The settings of each target. */
function ofTargets(): string[] {
  const targets = join(root, "infra/targets");
  const folders = readdirSync(targets).filter((name) => existsSync(join(targets, name, "settings.ts")));
  return folders.map((name) => `../targets/${name}/settings`);
}

const PAGES: readonly Page[] = [
  {
    file: "description.md",
    title: "Reference of a description",
    about: "Made from the schema in infra/model; a key that is not listed is refused.",
    modules: modulesOf(["system", "contexts/description", ...ofKinds(), "acceptance"]),
  },
  {
    file: "settings.md",
    title: "Reference of a stack's settings and of environments",
    about:
      "Made from the schemas in infra/model and infra/targets; a key that is not listed is refused. `StackSettings` are the keys of `Pulumi.<stack>.yaml`, each below the namespace: `archipelago:domain`. A target (`archipelago:target`) has more keys: `AwsSettings` on ECS. `Environment` is what a file in infra/environments says. A stack's settings go before an environment's override of a service, that before the environment, that before the description.",
    modules: modulesOf(["settings", ...ofTargets(), "environment"]),
  },
];

interface Comment {
  readonly text: string;
  readonly fallback: string;
}

/** Comments by `Thing.key`, and of things by `Thing`. */
function commentsOf(file: string): Map<string, Comment> {
  const text = readFileSync(join(root, "infra/model", `${file}.ts`), "utf8");
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found = new Map<string, Comment>();
  const visit = (node: ts.Node, thing: string): void => {
    const name = ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) ? node.name.text : thing;
    if (ts.isInterfaceDeclaration(node)) found.set(node.name.text, commentOf(node));
    if (ts.isPropertyAssignment(node) && name !== "") found.set(`${name}.${node.name.getText()}`, commentOf(node));
    ts.forEachChild(node, (child) => {
      visit(child, name);
    });
  };
  visit(source, "");
  return found;
}

function commentOf(node: ts.Node): Comment {
  const docs = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  const plain = (comment: Parameters<typeof ts.getTextOfJSDocComment>[0]): string =>
    (ts.getTextOfJSDocComment(comment) ?? "").replace(/\s+/g, " ").trim();
  const tag = docs.flatMap(({ tags = [] }) => [...tags]).find(({ tagName }) => tagName.text === "default");
  return { text: docs.map(({ comment }) => plain(comment)).join(" "), fallback: tag ? plain(tag.comment) : "" };
}

/** Links to things by their schema. */
type Links = ReadonlyMap<GenericSchema, string>;

function allowed(schema: GenericSchema, names: Links): string {
  const link = names.get(schema);
  if (link !== undefined) return link;
  const shape = shapeOf(schema);
  if (shape.kind === "optional") return allowed(shape.of, names);
  if (shape.kind === "object") return `a mapping with ${Object.keys(shape.entries).join(", ")}`;
  if (shape.kind === "record") return `a mapping; each: ${allowed(shape.value, names)}`;
  if (shape.kind === "list") return `${shape.allowed}; each: ${allowed(shape.item, names)}`;
  if (shape.kind === "choice") {
    const options = shape.options.flatMap((option) => names.get(option) ?? []);
    return options.length > 0 ? options.join(" or ") : shape.allowed;
  }
  return shape.allowed;
}

/** Comments of the keys that a kind adds elsewhere (`owns`, `service`, `uses`), by the schema of the key. */
function commentsOfKeys(modules: Modules, comments: ReadonlyMap<string, Map<string, Comment>>): Map<unknown, Comment> {
  const all = Object.entries(modules).flatMap(([file, exported]) =>
    Object.entries(exported as Readonly<Record<string, unknown>>).flatMap(([name, keys]) =>
      Object.entries(keys ?? {}).flatMap(([key, schema]): [unknown, Comment][] => {
        const comment = comments.get(file)?.get(`${name}.${key}`);
        return comment ? [[schema, comment]] : [];
      }),
    ),
  );
  return new Map(all);
}

function thingsOf(modules: Modules) {
  return Object.entries(modules).flatMap(([file, exported]) =>
    Object.entries(exported as Readonly<Record<string, unknown>>).flatMap(([name, schema]) => {
      const shape = objectShape(schema);
      return shape ? [{ file, name, schema: schema as GenericSchema, shape }] : [];
    }),
  );
}

function reference({ file: page, title, about, modules }: Page): string {
  const things = thingsOf(modules);
  const names: Links = new Map(
    PAGES.flatMap(({ file, modules: all }) =>
      thingsOf(all).map(({ name, schema }) => {
        return [schema, `[${name}](${file === page ? "" : file}#${name.toLowerCase()})`];
      }),
    ),
  );
  const comments = new Map(Object.keys(modules).map((file) => [file, commentsOf(file)]));
  const ofKeys = commentsOfKeys(modules, comments);
  const cell = (text: string): string => text.replaceAll("|", "\\|");
  const anywhere = (key: string): Comment =>
    [...comments.values()].flatMap((of) => [...of]).find(([path]) => path.endsWith(`.${key}`))?.[1] ?? {
      text: "",
      fallback: "",
    };
  const sections = things.map(({ file, name, shape }) => {
    const of = comments.get(file);
    const rows = Object.entries(shape.entries).map(([key, schema]) => {
      const own = [...(comments.get(file) ?? [])].find(([path]) => path === `${name}.${key}`)?.[1];
      const { text, fallback } = own ?? ofKeys.get(schema) ?? anywhere(key);
      const needed = shapeOf(schema).kind === "optional" ? fallback || "none" : "required";
      return `| \`${key}\` | ${cell(allowed(schema, names))} | ${cell(needed)} | ${cell(text)} |`;
    });
    return [
      `## ${name}`,
      of?.get(name)?.text ?? "",
      ["| key | allowed | default | meaning |", "| --- | --- | --- | --- |", ...rows].join("\n"),
    ];
  });
  return [`# ${title}`, about, ...sections.flat()]
    .filter((part) => part !== "")
    .join("\n\n")
    .concat("\n");
}

function objectShape(schema: unknown): Extract<Shape, { kind: "object" }> | undefined {
  if (typeof schema !== "object" || schema === null || !("kind" in schema)) return undefined;
  const shape = shapeOf(schema as GenericSchema);
  return shape.kind === "object" ? shape : undefined;
}

const CAPABILITIES = `# What each target builds

Made from the tables in infra/targets (\`kinds.ts\` of each target). A stack names its target with \`archipelago:target\`; the default is
\`ecs\`. A description with a kind that the target does not build is refused before anything is created.

${capabilities(targets)}
`;

/** README's table between its markers. */
const SHORT = /(<!-- capabilities: [^>]*-->\n)([^]*?)(\n<!-- end of capabilities -->)/;

describe("the reference", () => {
  const written = async (path: string, text: string): Promise<string> =>
    prettier.format(text, { ...(await prettier.resolveConfig(path)), parser: "markdown" });

  it("capabilities.md says what the tables of the targets say, and the README says it in short", async () => {
    const path = join(root, "docs/reference/capabilities.md");
    const page = await written(path, CAPABILITIES);
    const readme = join(root, "README.md");
    const before = readFileSync(readme, "utf8");
    expect(before).to.match(SHORT);
    const short = (await written(readme, shortCapabilities(targets))).trimEnd();
    const after = before.replace(SHORT, `$1\n${short}\n$3`);
    if (process.env.UPDATE_REFERENCE === "1") {
      writeFileSync(path, page);
      writeFileSync(readme, after);
    }
    expect(readFileSync(path, "utf8")).to.equal(page);
    expect(readFileSync(readme, "utf8")).to.equal(after);
  });

  it("capabilities name what a target does not build, with the reason and what to describe instead", () => {
    const clock = { reason: "it has no timers", instead: "let a queue delay the message" };
    const toys = { title: "Toys", kinds: { service: "a toy", clock } };
    expect(capabilities({ toys }).split("\n").slice(2)).to.deep.equal([
      "| service | a toy |",
      "| clock | not on this target: it has no timers; instead: let a queue delay the message |",
    ]);
    expect(shortCapabilities({ toys }).split("\n").slice(2)).to.deep.equal(["| service | yes |", "| clock | no |"]);
  });

  for (const page of PAGES) {
    it(`${page.file} says what the schema says`, async () => {
      const path = join(root, "docs/reference", page.file);
      const options = { ...(await prettier.resolveConfig(path)), parser: "markdown" };
      const made = await prettier.format(reference(page), options);
      if (process.env.UPDATE_REFERENCE === "1") writeFileSync(path, made);
      expect(readFileSync(path, "utf8")).to.equal(made);
    });
  }
});
