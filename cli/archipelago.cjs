#!/usr/bin/env node
// The command `archipelago <verb>`. It needs nothing but Node: in a fresh clone it installs the packages first.
"use strict";
const { spawnSync, spawn } = require("node:child_process");
const { existsSync, lstatSync, readFileSync, rmSync } = require("node:fs");
const { join } = require("node:path");
const { parseArgs } = require("node:util");

const root = join(__dirname, "..");
/** The installed package has no sources, only what was compiled from them. */
const isClone = existsSync(join(__dirname, "main.ts"));
/** Each can be an option (`--stack prod`) or a variable of the environment (`STACK=prod`). */
const OPTIONS = ["stack", "base", "format", "name", "context", "system"];

const say = (line) => process.stderr.write(`${isOffline() ? "offline: " : ""}${line}\n`);

function isOffline() {
  const onStack = ["up", "preview", "refresh", "down", "export", "policy"].includes(process.argv[2]);
  return onStack && (/^$|(?:^|-)local$/.test(process.env.STACK ?? "") || process.env.OFFLINE === "1");
}

/** The verb; options become variables of the environment, which is where every verb reads them. */
function verbOf(args) {
  const text = { type: "string" };
  const options = Object.fromEntries(OPTIONS.map((name) => [name, text]));
  const { values, positionals } = parseArgs({
    args,
    options: { ...options, offline: { type: "boolean" } },
    allowPositionals: true,
  });
  for (const name of OPTIONS) if (values[name] !== undefined) process.env[name.toUpperCase()] = values[name];
  if (values.offline) process.env.OFFLINE = "1";
  if (positionals.length > 1)
    throw new Error(`Unexpected argument '${positionals[1]}': an option has a name, such as --stack`);
  return positionals[0] ?? "";
}

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

/** npm would empty the folder that a link leads to, which belongs to another clone. */
function isLink(name) {
  return lstatSync(join(root, name), { throwIfNoEntry: false })?.isSymbolicLink() === true;
}

/** npm from the lock file, quiet unless it fails. Scripts of packages would download provider plugins, which the engine does. */
function installPackages() {
  return new Promise((resolve) => {
    say("installing the npm packages of package-lock.json");
    const start = Date.now();
    const seconds = () => `${Math.round((Date.now() - start) / 1000)} s`;
    const args = ["ci", "--ignore-scripts", "--loglevel=error"];
    const npm = spawn("npm", args, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
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

/** Removes what runs have made; the CLI in the user's cache serves other projects too. */
function clean() {
  const names = isClone ? [".archipelago", "coverage", "node_modules/.cache"] : [".archipelago"];
  const folder = isClone ? root : process.cwd();
  for (const name of names) {
    if (existsSync(join(folder, name))) say(`removing ${name}`);
    rmSync(join(folder, name), { recursive: true, force: true });
  }
}

/** What `doctor` can say without the packages. */
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
  let verb;
  try {
    verb = verbOf(process.argv.slice(2));
  } catch (error) {
    say(error.message);
    return 1;
  }
  if (verb === "clean") return clean();
  if (isClone && !packagesAreThere()) {
    if (verb === "doctor") return doctorWithoutPackages();
    if (isLink("node_modules")) {
      say(
        "node_modules is a link to another folder, and not as package-lock.json says: run `npm ci` there, or remove the link",
      );
      return 1;
    }
    if (!(await installPackages())) return 1;
  }
  const code = isClone ? __dirname : join(root, "dist", "cli");
  require(join(code, "preload.cjs"));
  const { main: runVerb } = require(join(code, isClone ? "main.ts" : "main.js"));
  return runVerb(verb);
}

// Whoever reads the output may have read enough: `make -s export | head`.
process.stdout.on("error", (error) => {
  if (error.code !== "EPIPE") throw error;
  process.exit();
});

void main().then((code) => {
  if (code !== undefined) process.exitCode = code;
});
