// What `make new-service` writes, byte for byte, and what it refuses before it writes anything.
import { readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { expect } from "chai";
import ts from "typescript";
import { InvalidInput } from "../../../components/kit/problems";
import { validateSystem } from "../../../infra/model/validate";
import { loadSystem } from "../../../cli/new-service/project";
import { makeEdits } from "../../../cli/new-service/edits";
import { propose, written } from "../../../cli/new-service/new-service";
import type { Asked } from "../../../cli/new-service/request";
import { cloneForSpecs, contents, removeClone, repository, stackFiles } from "./clone";

const parcelnote: Asked = { name: "parcelnote", context: "ProductCatalog", system: "", stack: "local" };

const DESCRIPTION = `
    parcelnote: {
      context: "ProductCatalog",
      description: "The parcelnote service",
      exposes: { paths: ["/api/parcelnotes", "/api/parcelnotes/*"], authentication: "by-service" },
      owns: {
        database: {
          kind: "postgres",
          databaseName: "parcelnoteservice",
          instanceClass: "db.t3.micro",
          allocatedStorage: "20 GiB",
          maxAllocatedStorage: "100 GiB",
          backupRetention: "7d",
          migration: { command: ["node", "dist/migrate.js"] },
        },
      },
      scaling: { min: 2, max: 4, cpu: 70 },
    },
`;

/** What the written spec needs of its support, without the SDKs that the real one loads. */
const STANDING_IN = `import type { Plan } from "../../../infra/model/plan";
export declare function runOf(stack: string): object;
export declare function planFor(run: object): Plan;
`;

describe("new-service", () => {
  let root = "";
  beforeEach(() => {
    root = cloneForSpecs();
  });
  afterEach(() => {
    removeClone(root);
  });

  const text = (file: string): string => readFileSync(join(root, file), "utf8");
  const write = (file: string, content: string): void => {
    writeFileSync(join(root, file), content);
  };
  /** A system's file with the description of parcelnote at the end of its services. */
  const withDescription = (before: string): string => {
    const end = before.indexOf("\n  },\n", before.indexOf("\n  services: {\n")) + 1;
    return before.slice(0, end) + DESCRIPTION + before.slice(end);
  };
  /** The same with a route to parcelnote at the end of the entrance's routes. */
  const withRoute = (before: string): string => {
    const end = before.indexOf("\n      },\n", before.indexOf("\n      routes: {\n")) + 1;
    return `${before.slice(0, end)}        parcelnote: {},\n${before.slice(end)}`;
  };
  /** Every problem, as `path: value`, and nothing written. */
  const refusal = async (asked: Partial<Asked>): Promise<string[]> => {
    const before = contents(root);
    try {
      await propose(root, { ...parcelnote, ...asked });
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      expect(contents(root)).to.deep.equal(before);
      return error.problems.map(({ path, value, remedy }) => `${path}: ${String(value)}: ${remedy}`);
    }
    return [];
  };

  it("adds the description at the end of the services and a route to the entrance, and changes nothing else of the file", async () => {
    const before = text("infra/systems/ecommerce.ts");
    const { edits } = await propose(root, parcelnote);
    makeEdits(edits);
    expect(text("infra/systems/ecommerce.ts")).to.equal(withRoute(withDescription(before)));
  });

  it("leaves the choice among several entrances to a person, and says so", async () => {
    const file = "infra/systems/ecommerce.ts";
    write(file, text(file).replace("  entrances: {\n", "  entrances: {\n    web: { routes: { user: {} } },\n"));
    const before = text(file);
    const proposal = await propose(root, parcelnote);
    expect([proposal.addition.entrance, proposal.entrances]).to.deep.equal([undefined, ["web", "api"]]);
    expect(written(root, proposal).join("\n")).to.include(
      "no entrance has a route to parcelnote: add it to the routes of web or api",
    );
    makeEdits(proposal.edits);
    expect(text(file)).to.equal(withDescription(before));
  });

  it("adds the image to every stack of the system, under the account of that stack", async () => {
    const before = contents(root);
    makeEdits((await propose(root, parcelnote)).edits);
    const [own, others] = [true, false].map((wanted) =>
      stackFiles(root).filter((name) => text(name).includes("archipelago:system: ecommerce\n") === wanted),
    );
    expect(own).to.include.members(["Pulumi.prod.yaml", "Pulumi.k8s-local.yaml"]);
    expect(others).to.include("Pulumi.enterprise-local.yaml");
    for (const file of others ?? []) expect(text(file)).to.equal(before[file]);
    for (const file of own ?? []) {
      const account = /archipelago:account: "(\d+)"/.exec(text(file))?.[1];
      const registry = account === undefined ? "registry.example.com" : `${account}.dkr.ecr.eu-central-1.amazonaws.com`;
      const line = `    parcelnote: ${registry}/ecommerce/parcelnote:1.0.0\n`;
      // Behind the last image, whatever follows the images.
      const images = /\n  archipelago:images:\n(?: {4}.*\n)+/.exec(before[file] ?? "");
      const end = images === null ? 0 : images.index + images[0].length;
      expect(text(file)).to.equal(`${before[file]?.slice(0, end) ?? ""}${line}${before[file]?.slice(end) ?? ""}`);
    }
  });

  it("touches these files and no other", async () => {
    const { edits } = await propose(root, parcelnote);
    const files = edits.map(({ file, before }) => [relative(root, file), before === undefined]);
    expect(files).to.deep.equal([
      ["infra/systems/ecommerce.ts", false],
      ["Pulumi.dev.yaml", false],
      ["Pulumi.eks-local.yaml", false],
      ["Pulumi.k8s-local.yaml", false],
      ["Pulumi.local.yaml", false],
      ["Pulumi.prod.yaml", false],
      ["Pulumi.staging.yaml", false],
      ["tests/infra/systems/parcelnote.spec.ts", true],
    ]);
  });

  it("declares a context when none is named", async () => {
    const { edits, addition } = await propose(root, { ...parcelnote, name: "gift-card", context: "" });
    makeEdits(edits);
    expect(addition.context?.name).to.equal("GiftCard");
    expect(text("infra/systems/ecommerce.ts")).to.include(`    GiftCard: {
      description: "What the gift-card service is about",
      entities: ["GiftCard"],
    },
  },
  topics: {`);
    expect(text("infra/systems/ecommerce.ts")).to.include(`    "gift-card": {
      context: "GiftCard",`);
  });

  it("leaves a system without a problem that has one service more", async () => {
    makeEdits((await propose(root, { ...parcelnote, name: "delivery", context: "" })).edits);
    const system = loadSystem(join(fresh(root), "infra/systems/ecommerce.ts"), "ecommerce");
    expect(system && validateSystem(system)).to.deep.equal([]);
    expect(system?.services.delivery?.exposes?.paths).to.deep.equal(["/api/deliveries", "/api/deliveries/*"]);
  });

  it("writes files that compile and that the formatter leaves alone", async function () {
    this.timeout(60_000);
    makeEdits((await propose(root, { ...parcelnote, name: "gift-card", context: "" })).edits);
    const spec = text("tests/infra/systems/gift-card.spec.ts");
    const described = text("infra/systems/ecommerce.ts");
    const misspelt = described.replace('context: "GiftCard"', 'context: "GiftCart"');
    const problems = problemsIn({
      "infra/systems/gift-card-ecommerce.ts": described,
      "infra/systems/gift-cart-ecommerce.ts": misspelt,
      "tests/infra/systems/gift-card.spec.ts": spec,
      "tests/infra/support/run.ts": STANDING_IN,
    });
    expect(problems).to.have.length(1, problems.join("\n"));
    expect(problems[0]).to.match(/^infra\/systems\/gift-cart-ecommerce\.ts: .*"GiftCart"/);
    const prettier = await import("prettier");
    const options = { printWidth: 120, parser: "typescript" };
    expect(await Promise.all([spec, described].map((one) => prettier.check(one, options)))).to.deep.equal([true, true]);
  });

  it("takes a name that is a word of the language, or of AWS, as any other", async function () {
    this.timeout(60_000);
    const names = ["class", "new", "enum", "await", "internal-tools"];
    const specs = new Map<string, string>([["tests/infra/support/run.ts", STANDING_IN]]);
    for (const name of names) {
      const { edits } = await propose(fresh(root), { ...parcelnote, name, context: "" });
      specs.set(`tests/infra/systems/${name}.spec.ts`, edits.at(-1)?.after ?? "");
      specs.set(`infra/systems/${name}.ts`, edits[0]?.after ?? "");
    }
    expect(problemsIn(Object.fromEntries(specs))).to.deep.equal([]);
  });

  it("adds services one after the other, and refuses the same one twice", async () => {
    const names = () =>
      [...text("infra/systems/ecommerce.ts").matchAll(/^ {4}(\w+): \{\n {6}context:/gm)].map(([, name]) => name);
    const before = names();
    makeEdits((await propose(root, parcelnote)).edits);
    makeEdits((await propose(fresh(root), { ...parcelnote, name: "rating" })).edits);
    expect(before).to.include("notification");
    expect(names()).to.deep.equal([...before, "parcelnote", "rating"]);
    expect(await refusal({ name: "parcelnote" })).to.deep.equal(["NAME: parcelnote: choose another name"]);
  });

  it("keeps comments and a missing comma where they are", async () => {
    const file = "infra/systems/ecommerce.ts";
    const whole = text(file);
    const last = "    },\n  },\n";
    const at = whole.indexOf(last, whole.indexOf("\n  services: {\n"));
    const remarked = `${whole.slice(0, at)}    }, // the last one\n    // more to come\n  },\n${whole.slice(at + last.length)}`;
    write(file, remarked);
    makeEdits((await propose(root, parcelnote)).edits);
    const end = remarked.lastIndexOf("    // more to come");
    expect(text(file)).to.equal(withRoute(`${remarked.slice(0, end)}${DESCRIPTION}${remarked.slice(end)}`));
  });

  it("keeps the order and the comments of a stack's file", async () => {
    write(
      "Pulumi.dev.yaml",
      text("Pulumi.dev.yaml").replace(
        /( {4}[\w-]+: \S+\n)$/,
        "    # sends\n$1    # nothing below\n  archipelago:cidr: 10.90.0.0/16 # ours\n",
      ),
    );
    const before = text("Pulumi.dev.yaml");
    makeEdits((await propose(root, parcelnote)).edits);
    const line = "    parcelnote: 111122223333.dkr.ecr.eu-central-1.amazonaws.com/ecommerce/parcelnote:1.0.0\n";
    expect(text("Pulumi.dev.yaml")).to.equal(before.replace("    # nothing below", `${line}    # nothing below`));
  });

  it("says which files hold changes that are not committed, where git knows", async () => {
    expect((await propose(root, parcelnote)).uncommitted).to.deep.equal([]);
  });

  describe("refuses", () => {
    it("a name that is missing, too long, badly spelt or taken", async () => {
      write("tests/infra/systems/coupon.spec.ts", "// of a service that was renamed");
      expect(await refusal({ name: "coupon" })).to.deep.equal(["NAME: coupon: choose another name"]);
      expect(await refusal({ name: "" })).to.deep.equal(["NAME: undefined: write NAME=review"]);
      const respell = "shorten or respell it; it becomes part of resource names";
      expect(await refusal({ name: "Review" })).to.include(`NAME: Review: ${respell}`);
      expect(await refusal({ name: "a-name-of-thirty-two-characters1" })).to.deep.equal([
        `NAME: a-name-of-thirty-two-characters1: ${respell}`,
      ]);
      // A key of every object: the types of a description can't tell the service from it.
      expect(await refusal({ name: "constructor", context: "" })).to.deep.equal(["NAME: constructor: rename it"]);
      expect(await refusal({ name: "user" })).to.deep.equal(["NAME: user: choose another name"]);
    });

    it("a context, system or stack that nobody declares, with the nearest one", async () => {
      expect(await refusal({ context: "ProductCatalogue" })).to.deep.equal([
        'CONTEXT: ProductCatalogue: did you mean "ProductCatalog"?',
      ]);
      expect(await refusal({ system: "ecomerce" })).to.deep.equal(['SYSTEM: ecomerce: did you mean "ecommerce"?']);
      expect(await refusal({ stack: "locale" })).to.deep.equal(['STACK: locale: did you mean "local"?']);
    });

    it("everything that is wrong at once", async () => {
      expect(await refusal({ name: "Order Taking", context: "Orders", stack: "prd" })).to.deep.equal([
        'STACK: prd: did you mean "prod"?',
        "CONTEXT: Orders: declare the context, or remove the name",
        "NAME: Order Taking: shorten or respell it; it becomes part of resource names",
      ]);
    });

    it("a new context that would have the name or the entity of one that exists", async () => {
      expect(await refusal({ name: "user-management", context: "" })).to.deep.equal([
        "CONTEXT: undefined: write CONTEXT=UserManagement to join it, or choose another name for the service",
      ]);
      expect(await refusal({ name: "brand", context: "" })).to.deep.equal([
        "CONTEXT: undefined: write CONTEXT=ProductCatalog to join it, or choose another name for the service",
      ]);
    });

    it("a path that another service answers for", async () => {
      write(
        "infra/systems/ecommerce.ts",
        text("infra/systems/ecommerce.ts").replace('"/api/users"', '"/api/parcelnotes"'),
      );
      expect(await refusal({})).to.deep.equal([
        "services.parcelnote.exposes.paths: /api/parcelnotes: let one service answer for the path",
      ]);
    });

    it("what a stack of the system would not deploy with, by the stack's file", async () => {
      const file = "Pulumi.dev.yaml";
      write(file, `${text(file)}  archipelago:services: { parcelnote: { max: 1 } }\n`);
      expect(await refusal({})).to.deep.equal([]);
      write(file, text(file).replace("max: 1", "cpu: 3"));
      expect(await refusal({})).to.deep.equal([
        "Pulumi.dev.yaml: archipelago:services.parcelnote.cpu: 3: choose a number in this range",
      ]);
    });

    it("a system's file that is written in another way", async () => {
      const file = "infra/systems/ecommerce.ts";
      const original = text(file);
      write(file, original.replace("  services: {", "  services: { ...{},"));
      expect(await refusal({})).to.deep.equal([`${file}: ecommerce: npx prettier --write ${file}`]);
      write(
        file,
        original
          .replace("defineSystem({", "defineSystem(identity({")
          .replace(/\}\);\n$/, "}));\n\nfunction identity<T>(value: T): T {\n  return value;\n}\n"),
      );
      expect(await refusal({ name: "rating" })).to.include(
        `${file}: ecommerce: write them there, or add the service by hand`,
      );
    });

    it("a stack's file that can't be read, with its line", async () => {
      write("Pulumi.dev.yaml", `${text("Pulumi.dev.yaml")}\tbroken: true\n`);
      const lines = text("Pulumi.dev.yaml").split("\n").length - 1;
      expect(await refusal({})).to.deep.equal([`Pulumi.dev.yaml, line ${lines}: →broken: true: indent by spaces`]);
    });

    it("images that are not written a line each", async () => {
      write("Pulumi.dev.yaml", text("Pulumi.dev.yaml").replace(/images:[\s\S]*$/, "images: { user: a/user:1 }\n"));
      expect(await refusal({})).to.deep.equal(["Pulumi.dev.yaml: archipelago:images: write the images so"]);
    });
  });
});

/** The same clone for a module loader that remembers what it has loaded by path. */
function fresh(root: string): string {
  for (const file of Object.keys(require.cache)) if (file.startsWith(root)) Reflect.deleteProperty(require.cache, file);
  return root;
}

/** What the compiler says of texts that stand at these places in the repository. */
function problemsIn(texts: Readonly<Record<string, string>>): string[] {
  const { config } = ts.readConfigFile(join(repository, "tsconfig.json"), (path) => ts.sys.readFile(path)) as {
    config: object;
  };
  const parsed = ts.parseJsonConfigFileContent({ ...config, include: [], files: [] }, ts.sys, repository, {
    incremental: false,
  });
  const virtual = new Map(Object.entries(texts).map(([file, text]) => [join(repository, file), text]));
  const host = ts.createCompilerHost(parsed.options);
  const [readFile, fileExists] = [host.readFile.bind(host), host.fileExists.bind(host)];
  host.readFile = (file) => virtual.get(file) ?? readFile(file);
  host.fileExists = (file) => virtual.has(file) || fileExists(file);
  const getSourceFile = host.getSourceFile.bind(host);
  host.getSourceFile = (file, version, ...rest) => {
    const text = virtual.get(file);
    return text === undefined ? getSourceFile(file, version, ...rest) : ts.createSourceFile(file, text, version);
  };
  const program = ts.createProgram([...virtual.keys()], parsed.options, host);
  return [...virtual.keys()].flatMap((file) =>
    ts
      .getPreEmitDiagnostics(program, program.getSourceFile(file))
      .map(({ messageText }) => `${relative(repository, file)}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`),
  );
}
