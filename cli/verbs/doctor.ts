// Lists the tools of this machine with version and origin, and the remedy for each missing one.
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { type Cli, languageHostBeside, presentCli, sourceOf, thisMachine } from "../find-cli";
import { versions } from "../versions";
import { isClone, packageFolder, project, userCache, work } from "../places";
import { offlinePlugins, packagesFor } from "../plugins";
import { collect, onPath } from "../process";
import { columnsOf, fit } from "../screen";
import { cards } from "../../offline/aws/cards";
import { statusLines } from "../../offline/kubernetes/status";
import { Sdk } from "../../offline/providers/schema/sdk";

/** A thing that the project needs, and how it is on this machine. */
export interface Finding {
  readonly what: string;
  readonly found: string;
  /** What to do; absent when nothing is. */
  readonly remedy?: string;
}

/** `make doctor`: looks, and installs nothing. */
export async function doctor(): Promise<number> {
  const notes: string[] = [];
  const cli = await presentCli(
    thisMachine(() => undefined),
    (line) => notes.push(line),
  );
  const findings = [
    node(),
    await npm(),
    packages(),
    await go(cli),
    engine(cli, notes),
    host(cli),
    plugins(),
    ...statusLines(userCache(), join(work, "kubernetes"), onPath("go", process.env.PATH).length > 0),
    ...knowledge(),
    account(),
  ];
  const columns = columnsOf(process.stdout);
  process.stdout.write(
    `${findingLines(findings)
      .flatMap((line) => fit(line, columns))
      .join("\n")}\n`,
  );
  return 0;
}

/** A line for each finding, and one below it for what to do. */
export function findingLines(findings: readonly Finding[]): readonly string[] {
  const width = Math.max(...findings.map(({ what }) => what.length));
  return findings.flatMap(({ what, found, remedy }) => [
    `${what.padEnd(width)}  ${found}`,
    ...(remedy === undefined ? [] : [`${" ".repeat(width)}  -> ${remedy}`]),
  ]);
}

function node(): Finding {
  return { what: "node", found: `${process.versions.node} (${process.execPath})` };
}

async function npm(): Promise<Finding> {
  const file = onPath("npm", process.env.PATH)[0];
  if (file === undefined) return { what: "npm", found: "missing", remedy: "it comes with Node: https://nodejs.org" };
  const { stdout } = await collect({ file, args: ["--version"] });
  return { what: "npm", found: `${stdout.trim()} (${file})` };
}

// This program is written with them, so that it runs is proof enough.
function packages(): Finding {
  return { what: "node_modules", found: isClone ? "as package-lock.json says" : packageFolder };
}

async function go(cli: Cli | undefined): Promise<Finding> {
  const file = onPath("go", process.env.PATH)[0];
  if (file !== undefined) {
    const { stdout } = await collect({ file, args: ["version"] });
    return { what: "go", found: `${stdout.trim().replace(/^go version go/, "")} (${file})` };
  }
  const needed = "only needed where the official Pulumi CLI is not to be had";
  return {
    what: "go",
    found: `missing; ${needed}`,
    ...(cli === undefined && { remedy: "install Go 1.25 or later (https://go.dev/doc/install), or the Pulumi CLI" }),
  };
}

function engine(cli: Cli | undefined, notes: readonly string[]): Finding {
  const what = "pulumi";
  if (cli !== undefined)
    return {
      what,
      found: [`${cli.version} from ${cli.from === "PATH" ? "PATH" : sourceOf(cli)} (${cli.path})`, ...notes].join("; "),
    };
  return {
    what,
    found: ["missing", ...notes].join("; "),
    remedy: `\`make up\` downloads ${versions.cli}, or builds it where Go is; or install it: https://www.pulumi.com/docs/install/`,
  };
}

function host(cli: Cli | undefined): Finding {
  const beside = cli === undefined ? undefined : languageHostBeside(cli.path);
  const own = "this project's own (cli/host): none comes with the CLI";
  return { what: "language host", found: beside ?? own };
}

function plugins(): Finding {
  const wanted = offlinePlugins(packagesFor(project)).map(({ folder }) => folder);
  const folder = join(work, "home", "plugins");
  const there = existsSync(folder) ? readdirSync(folder) : [];
  const missing = wanted.filter((name) => !there.includes(name));
  const found = `${wanted.length - missing.length} of ${wanted.length} (.archipelago/home/plugins)`;
  return {
    what: "offline plugins",
    found,
    ...(missing.length > 0 && { remedy: "nothing to do: the next offline run writes them" }),
  };
}

/** Indexes of the provider packages, by which the emulated cloud checks inputs; a missing index is built. */
function knowledge(): readonly Finding[] {
  return ["aws", "awsx", "random"].map((name) => {
    const sdk = new Sdk(name);
    const { resources, properties, required, secrets, values, ranges, lengths, patterns, sets, replaces } =
      sdk.counts();
    const found =
      `${sdk.version}: ${resources} resources${name === "aws" ? ` (${Object.keys(cards).length} with a card)` : ""}, ${properties} properties (${required} required, ${secrets} secret outputs, ` +
      `${values} enumerations, ${ranges} ranges, ${lengths} lengths, ${patterns} patterns, ${sets} sets, ${replaces} replacing)`;
    return { what: `index of ${name}`, found };
  });
}

function account(): Finding {
  const official = onPath("pulumi", process.env.PATH).find((file) => languageHostBeside(file) !== undefined);
  return {
    what: "real accounts",
    found: official === undefined ? "not from here" : `pulumi up -s dev (${official})`,
    ...(official === undefined && { remedy: "install the official Pulumi CLI: https://www.pulumi.com/docs/install/" }),
  };
}
