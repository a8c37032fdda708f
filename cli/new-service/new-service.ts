// One more service in a system: its description, its image in every stack of the system, and its spec.
import { existsSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { type Problem, throwIfAny } from "../../components/kit/problems";
import { environmentsOf } from "../project-systems";
import { readStack } from "../stack-files";
import { examine, thisDay } from "../../infra/examine";
import { Findings, nearest } from "../../infra/model/findings";
import type { System } from "../../infra/model/system";
import { loadSystem, type LocatedStack, stacksIn, systemFile, systemsIn, uncommitted } from "./project";
import type { Edit } from "./edits";
import { type Addition, additionTo, type Asked, systemWith } from "./request";
import { specText } from "./spec-file";
import { imageBeside, withImage } from "./stack-file";
import { isFormatted, type Places, placesIn, withAddition } from "./system-file";

const IMAGES = "archipelago:images";

/** The edits, and notes on them for a person. */
export interface Proposal {
  readonly system: string;
  readonly addition: Addition;
  /** Names of the system's entrances. */
  readonly entrances: readonly string[];
  readonly edits: readonly Edit[];
  /** Files among them that hold changes which are not committed, relative to the root. */
  readonly uncommitted: readonly string[];
}

/** What a proposal is made from, once everything was found. */
interface Material {
  readonly root: string;
  readonly system: System;
  readonly places: Places;
  readonly stacks: readonly LocatedStack[];
}

/**
 * Works out what a request would write; writes nothing.
 *
 * @param root the folder of the project
 * @throws InvalidInput with everything that is wrong with the request or with the files
 */
export async function propose(root: string, asked: Asked): Promise<Proposal> {
  const findings = new Findings();
  const material = await materialOf(root, asked, findings);
  findings.require(asked.name !== "", "NAME", undefined, "the name of the service", "write NAME=review");
  const { addition, problems } = material
    ? additionTo(material.system, asked, Object.keys(material.places.entrances))
    : { addition: undefined, problems: [] };
  const specs = join(root, "tests/infra/systems");
  const spec = join(specs, `${asked.name}.spec.ts`);
  const known = material !== undefined && Object.hasOwn(material.system.services, asked.name);
  const path = relative(root, spec);
  findings.require(known || !existsSync(spec), "NAME", asked.name, `a name without ${path}`, "choose another name");
  throwIfAny(`new service "${asked.name}"`, [...findings.problems, ...problems]);
  if (!material || !addition) throw new Error("the system can't be read, but nothing says why");
  throwIfAny(`new service "${asked.name}"`, problemsOfStacks(material, addition));
  const edits = await editsOf(material, addition, existsSync(specs) ? spec : undefined);
  return {
    system: material.system.name,
    addition,
    entrances: Object.keys(material.system.entrances ?? {}),
    edits,
    uncommitted: uncommitted(
      root,
      edits.map(({ file }) => file),
    ),
  };
}

/** Finds the system and its files; reports each that is missing or written in another way. */
async function materialOf(root: string, asked: Asked, findings: Findings): Promise<Material | undefined> {
  const all = stacksIn(root);
  const names = all.map(({ stack }) => stack);
  findings.requireKnown(asked.stack, names, "STACK", "stack");
  const shown = all.find(({ stack }) => stack === (nearest(asked.stack, names) ?? asked.stack));
  const runs = typeof shown?.system === "string" ? shown.system : "";
  const wanted = asked.system === "" ? runs : asked.system;
  if (wanted === "") return undefined;
  const known = systemsIn(root);
  findings.requireKnown(wanted, known, "SYSTEM", "system");
  const name = known.includes(wanted) ? wanted : (nearest(wanted, known) ?? "");
  if (name === "") return undefined;
  const stacks = all.filter(({ system }) => system === name);
  findings.require(
    stacks.some(({ stack }) => stack === asked.stack) || !names.includes(asked.stack),
    "STACK",
    asked.stack,
    `a stack that runs ${name}: ${stacks.map(({ stack }) => stack).join(", ") || "there is none"}`,
    stacks[0] ? `write STACK=${stacks[0].stack}` : `name the system in a Pulumi.<stack>.yaml`,
  );
  for (const { file, images } of stacks) requireImages(relative(root, file), images !== undefined, findings);
  const read = await readSystem(root, name, findings);
  return read && { root, stacks, ...read };
}

function requireImages(path: string, holds: boolean, findings: Findings): void {
  findings.require(
    holds,
    path,
    "archipelago:images",
    "an image a line, as name: reference, at least one",
    "write the images so",
  );
}

async function readSystem(
  root: string,
  name: string,
  findings: Findings,
): Promise<Pick<Material, "system" | "places"> | undefined> {
  const file = systemFile(root, name);
  const text = readFileSync(file, "utf8");
  const path = relative(root, file);
  const places = placesIn(file, text);
  const system = loadSystem(file, name);
  findings.require(
    places !== undefined && system !== undefined,
    path,
    name,
    "an exported defineSystem({ … }) of that name, with contexts: { … } and services: { … } written out in it",
    "write them there, or add the service by hand",
  );
  findings.require(
    await isFormatted(file, text),
    path,
    name,
    "the file as the formatter leaves it, so that only the new service shows as a change",
    `npx prettier --write ${path}`,
  );
  return places && system && { system, places };
}

/** What the stacks of the system would say of it with the addition; what is wrong without it already is left to `make check`. */
function problemsOfStacks({ root, system, stacks }: Material, addition: Addition): Problem[] {
  const whole = systemWith(system, addition);
  const environments = environmentsOf(root);
  return stacks.flatMap(({ stack, images }) => {
    const { values } = readStack(root, stack);
    const examined = (described: System, configured: Readonly<Record<string, string>>): readonly Problem[] =>
      examine(
        { stack, values: configured, offline: true },
        { systems: { [system.name]: described }, environments },
        thisDay(),
      ).problems;
    const image = images && { [addition.name]: imageBeside(images, addition.name) };
    const listed = JSON.parse(values[IMAGES] ?? "{}") as object;
    const more = { ...values, [IMAGES]: JSON.stringify({ ...listed, ...image }) };
    const before = new Set(examined(system, values).map(({ path }) => path));
    return (
      examined(whole, more)
        // A problem of the service's own settings counts although the file has it already.
        .filter(({ path }) => !before.has(path) || path.startsWith(`archipelago:services.${addition.name}.`))
        .map((problem) => ({ ...problem, path: `Pulumi.${stack}.yaml: ${problem.path}` }))
    );
  });
}

async function editsOf(
  { root, system, places, stacks }: Material,
  addition: Addition,
  spec: string | undefined,
): Promise<Edit[]> {
  const { name } = addition;
  const [shown] = stacks;
  const described = places.source;
  return [
    { file: systemFile(root, system.name), before: described.text, after: await withAddition(places, addition) },
    ...stacks.flatMap(({ images, ...stack }) =>
      images ? [{ file: stack.file, before: stack.text, after: withImage({ ...stack, images }, name) }] : [],
    ),
    ...(spec === undefined
      ? []
      : [{ file: spec, before: undefined, after: await specText(spec, addition, system.name, shown?.stack ?? "") }]),
  ];
}

/** What was written, a file a line. */
export function written(root: string, { system, addition, entrances, edits, uncommitted }: Proposal): string[] {
  const joined = addition.context ? `the new context ${addition.context.name}` : `context ${addition.service.context}`;
  const lines = edits.map(({ file, before, after }): [string, string] => [
    relative(root, file),
    before === undefined ? "new" : `${after.split("\n").length - before.split("\n").length} more lines`,
  ]);
  const width = Math.max(...lines.map(([path]) => path.length));
  return [
    `${addition.name} is described in ${system}, in ${joined}`,
    ...lines.map(([path, what]) => `  ${path.padEnd(width)}  ${what.replace(/^1 more lines$/, "1 more line")}`),
    ...(addition.entrance === undefined ? [] : [`  entrance ${addition.entrance} gets a route to ${addition.name}`]),
    ...(entrances.length > 0 && addition.entrance === undefined
      ? [`  no entrance has a route to ${addition.name}: add it to the routes of ${entrances.join(" or ")}`]
      : []),
    ...uncommitted.map((file) => `  ${file} already held changes that are not committed: git diff shows both`),
  ];
}
