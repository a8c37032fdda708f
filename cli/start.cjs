// The first thing that runs in a fresh clone, so it needs nothing but Node: checks Node, installs the packages, starts the verb.
"use strict";
const { spawnSync, spawn } = require("node:child_process");
const { existsSync, readFileSync, rmSync } = require("node:fs");
const { join, relative } = require("node:path");

const root = join(__dirname, "..");
const verb = process.argv[2];
const onStack = ["up", "preview", "refresh", "down", "export", "policy"].includes(verb);
const offline = onStack && (/^$|(?:^|-)local$/.test(process.env.STACK ?? "") || process.env.OFFLINE === "1");
const say = (line) => process.stderr.write(`${offline ? "offline: " : ""}${line}\n`);

/** The lowest Node that package.json accepts. */
function nodeIsRecent() {
  const wanted = /(\d+)\.(\d+)/.exec(JSON.parse(readFileSync(join(root, "package.json"), "utf8")).engines.node);
  const [major, minor] = process.versions.node.split(".").map(Number);
  return major > Number(wanted[1]) || (major === Number(wanted[1]) && minor >= Number(wanted[2]));
}

/** The packages of a lock file, as `path@version`; those for other platforms are optional. */
function packagesOf(file) {
  const { packages } = JSON.parse(readFileSync(join(root, file), "utf8"));
  return Object.entries(packages).filter(([path, { optional, link }]) => path !== "" && !optional && !link);
}

/** Whether node_modules holds what the lock file says: npm keeps its own record of what it has put there. */
function packagesAreThere() {
  const record = "node_modules/.package-lock.json";
  if (!existsSync(join(root, record))) return false;
  const there = new Map(packagesOf(record).map(([path, { version }]) => [path, version]));
  return packagesOf("package-lock.json").every(([path, { version }]) => there.get(path) === version);
}

/** npm from the lock file, quiet unless it fails. */
function installPackages() {
  return new Promise((resolve) => {
    say("installing the npm packages of package-lock.json");
    const start = Date.now();
    const seconds = () => `${Math.round((Date.now() - start) / 1000)} s`;
    const npm = spawn("npm", ["ci", "--loglevel=error"], { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
    const output = [];
    npm.stdout.on("data", (data) => output.push(data));
    npm.stderr.on("data", (data) => output.push(data));
    const progress = setInterval(() => say(`installing the npm packages: ${seconds()}`), 15_000);
    npm.once("error", (error) => output.push(`npm could not be started: ${error.message}\n`));
    npm.once("close", (code) => {
      clearInterval(progress);
      if (code === 0) say(`installed the npm packages (${seconds()})`);
      else say(`npm ci failed:\n${output.join("")}`);
      resolve(code === 0);
    });
  });
}

/** Removes what this project has made in the clone; the CLI in the user's cache serves other clones too. */
function clean() {
  for (const name of [".archipelago", "coverage", "node_modules/.cache"]) {
    if (existsSync(join(root, name))) say(`removing ${name}`);
    rmSync(join(root, name), { recursive: true, force: true });
  }
}

/** What `doctor` can say when the packages it is written with are missing. */
function doctorWithoutPackages() {
  const npm = spawnSync("npm", ["--version"], { encoding: "utf8" });
  say(`node          ${process.versions.node} (${process.execPath})`);
  say(`npm           ${npm.status === 0 ? npm.stdout.trim() : "missing: it comes with Node, see https://nodejs.org"}`);
  say(
    "node_modules  missing or not as package-lock.json says: run `npm ci`, or any other target; then `make doctor` says more",
  );
}

async function main() {
  if (!nodeIsRecent()) {
    say(`Node ${process.versions.node} is too old: install 20.19 or later, see https://nodejs.org`);
    return 1;
  }
  if (verb === "clean") return clean();
  if (!packagesAreThere()) {
    if (verb === "doctor") return doctorWithoutPackages();
    if (!(await installPackages())) return 1;
  }
  require("../start.cjs");
  // These ask the program itself and need no engine.
  const pictures = "../infra/views/pictures/main.ts";
  const fuzz = "../tests/infra/fuzz/main.ts";
  const own = { check: "../infra/check/main.ts", diagram: pictures, catalog: pictures, fuzz };
  try {
    require(own[verb] ?? "./main.ts");
  } catch (error) {
    const text = mistakeIn(error);
    if (text === undefined) throw error;
    say(text);
    return 1;
  }
  return undefined;
}

/** The text of a mistake in a file of the team's, which a stack trace would hide: a description that is refused when it is loaded, or a syntax error. */
function mistakeIn(error) {
  if (Array.isArray(error?.problems)) return error.message;
  if (!Array.isArray(error?.errors) || !error.errors.every(({ location }) => location)) return undefined;
  const lines = error.errors.map(({ text, location: { file, line, column, lineText } }) =>
    [`${relative(root, file)}, line ${line}, column ${column + 1}: ${text}`, `  ${lineText.trim()}`].join("\n"),
  );
  return lines.join("\n");
}

void main().then((code) => {
  if (code !== undefined) process.exitCode = code;
});
