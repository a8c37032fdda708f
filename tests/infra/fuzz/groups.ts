// What is mutated, and how a mutant is judged: a plan that can be built, or problems with path, value, allowed and remedy.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InvalidInput, type Problem } from "../../../components/kit/problems";
import { checkStacks } from "../../../cli/check/check";
import { checkLines } from "../../../cli/check/show";
import { readOrProblems } from "../../../cli/stack-files";
import { awsPlanOf as planOf } from "../support/aws";
import { environments } from "../../../infra/environments";
import type { RunInput } from "../../../infra/model/parse-settings";
import type { AwsPlan } from "../../../infra/targets/aws/plan";
import { readStackFile } from "../../../cli/new-service/stack-file";
import { systems } from "../../../infra/systems";
import { storeNames } from "../../../infra/targets/aws/store-names";
import { buildOnEcs } from "../../../infra/targets/ecs/ecs";
import { deploy } from "../../../offline/providers/mocks";
import { runOf, shipped } from "../support/run";
import { type Mutant, oneValueMutants, structuralMutants } from "./mutants";
import { textMutants } from "./text-mutants";

const TODAY = "2026-11-28";
const root = join(__dirname, "../../..");

/** Mutants of one kind. */
export interface Group {
  readonly name: string;
  readonly mutants: (every: number) => Iterable<Mutant>;
  /** Which mutants the ordinary run takes: every so many. */
  readonly sample: number;
  /** The plan of a mutant; undefined when it has none and that is right. Throws InvalidInput with its problems. */
  readonly plan: (whole: unknown) => AwsPlan | undefined;
}

/** What became of a group's mutants. */
export interface Outcome {
  count: number;
  accepted: number;
  built: number;
  /** Stack traces, unknown keys that are accepted, messages without a remedy, plans that can't be built. */
  readonly failures: string[];
}

const STACKS: Readonly<Record<string, string>> = {
  "ad-tracking": "ad-tracking-dev",
  ecommerce: "dev",
  enterprise: "enterprise-local",
};
const both = (whole: unknown) => (every: number) =>
  (function* () {
    yield* oneValueMutants(whole, every);
    yield* structuralMutants(whole, every);
  })();
const planned = (run: RunInput, known: object): AwsPlan =>
  planOf(run, { systems, environments, ...known }, { today: TODAY });

/** Every kind of mutants. */
export const GROUPS: readonly Group[] = [
  ...Object.entries(systems).map(([name, system]): Group => {
    const stack = STACKS[name];
    // With another system's stack, no mutant would be looked at.
    if (stack === undefined) throw new Error(`name a stack of the system ${name}`);
    const run = runOf(stack);
    return {
      name: `the system ${name}`,
      mutants: both(system),
      sample: 311,
      plan: (whole) => planned(run, { systems: { ...systems, [name]: whole } }),
    };
  }),
  ...(["dev", "prod"] as const).map((name): Group => {
    const run = runOf(name);
    return {
      name: `the environment ${name}`,
      mutants: both(environments[name]),
      sample: 71,
      plan: (whole) => planned(run, { environments: { ...environments, [name]: whole } }),
    };
  }),
  ...["enterprise-local", "prod"].map((stack): Group => {
    const values = Object.entries(shipped(stack)).map(([key, text]) => [
      key.slice("archipelago:".length),
      valueOf(text),
    ]);
    const run = runOf(stack);
    return {
      name: `the settings of ${stack}`,
      mutants: both(Object.fromEntries(values)),
      sample: 71,
      plan: (whole) => planned({ ...run, values: asText(whole) }, {}),
    };
  }),
  ...["dev", "enterprise-local"].map((stack): Group => {
    const text = readFileSync(join(root, `Pulumi.${stack}.yaml`), "utf8");
    return {
      name: `the file of ${stack}`,
      mutants: (every) => textMutants(text, every),
      sample: 31,
      plan: (whole) => ofFile(stack, whole),
    };
  }),
];

/** A stack's file as `check`, `review` and `new-service` read it. */
function ofFile(stack: string, bytes: unknown): AwsPlan | undefined {
  const folder = mkdtempSync(join(tmpdir(), "fuzz-"));
  try {
    writeFileSync(join(folder, `Pulumi.${stack}.yaml`), bytes as Uint8Array);
    const read = readOrProblems(folder, stack);
    checkLines(checkStacks([read], { systems, environments }, TODAY));
    readStackFile(stack, new TextDecoder().decode(bytes as Uint8Array));
    if ("unreadable" in read) throw new InvalidInput(stack, read.unreadable);
    const described = systems[read.values["archipelago:system"] ?? ""];
    if (described) storeNames(described);
    return planned({ stack, values: read.values, offline: true }, {});
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Judges every n-th mutant of a group, and builds some of those that are accepted. */
export async function judge(
  { mutants, plan }: Group,
  { every, mostBuilt }: { readonly every: number; readonly mostBuilt: number },
  progress: (outcome: Outcome) => void = () => undefined,
): Promise<Outcome> {
  const outcome: Outcome = { count: 0, accepted: 0, built: 0, failures: [] };
  const accepted: { readonly what: string; readonly plan: AwsPlan }[] = [];
  for (const { what, whole, hasUnknownKey } of mutants(every)) {
    outcome.count++;
    progress(outcome);
    try {
      const one = plan(whole);
      outcome.accepted++;
      if (hasUnknownKey === true) outcome.failures.push(`${what}: an unknown key is accepted`);
      if (one) accepted.push({ what, plan: one });
    } catch (error) {
      const wrong = error instanceof InvalidInput ? badMessage(error) : String((error as Error).stack);
      if (wrong !== undefined) outcome.failures.push(`${what}: ${wrong}`);
    }
  }
  const step = Math.max(1, Math.ceil(accepted.length / mostBuilt));
  for (const one of accepted.filter((_, index) => index % step === 0)) {
    await deploy(() => buildOnEcs(one.plan), { region: one.plan.region }).catch((error: unknown) => {
      outcome.failures.push(`${one.what} is accepted and can't be built: ${String(error)}`);
    });
    outcome.built++;
    progress(outcome);
  }
  return outcome;
}

/** What is wrong with a refusal: a problem without its parts, or a value that is shown badly. */
function badMessage({ problems, message }: InvalidInput): string | undefined {
  const isEmpty = ({ path, allowed, remedy }: Problem): boolean => path === "" || allowed === "" || remedy === "";
  if (problems.length === 0 || problems.some(isEmpty)) return `a problem lacks a part: ${message.slice(0, 300)}`;
  return /\[object |: undefined\b|undefined's/.test(message)
    ? `a value is shown badly: ${message.slice(0, 300)}`
    : undefined;
}

function valueOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Settings as the engine hands them over: text, JSON where it is no text. What JSON has no text for can't be there. */
function asText(whole: unknown): Record<string, string> {
  if (typeof whole !== "object" || whole === null || Array.isArray(whole)) return {};
  const found: Record<string, string> = {};
  for (const key of Object.keys(whole)) {
    const text = textOf(whole, key);
    if (text !== undefined) Object.defineProperty(found, `archipelago:${key}`, { value: text, enumerable: true });
  }
  return found;
}

function textOf(whole: object, key: string): string | undefined {
  try {
    const value = (whole as Record<string, unknown>)[key];
    return typeof value === "string" ? value : JSON.stringify(value);
  } catch {
    return undefined;
  }
}
