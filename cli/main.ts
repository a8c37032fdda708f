// The verbs of the command. Each reads what a person asked for from the environment: STACK, OFFLINE and others.
import { relative } from "node:path";
import { InvalidInput } from "../components/kit/problems";
import { isClone, packageFolder, programOf, project } from "./places";
import { Explained, hand } from "./process";
import { sayer } from "./say";
import { check } from "./verbs/check";
import { down, exportState, policy, preview, refresh, up } from "./verbs/deploy";
import { catalog, diagram } from "./verbs/diagram";
import { doctor } from "./verbs/doctor";
import { lint } from "./verbs/lint";
import { newService } from "./verbs/new-service";
import { policyReport } from "./verbs/policy-report";
import { review } from "./verbs/review";
import { type Target, targetOf } from "./verbs/target";
import { test } from "./verbs/test";

type Verb = () => number | Promise<number>;

const onStack = (verb: (target: Target) => Promise<number>) => async () => {
  const target = targetOf(process.env);
  try {
    return await verb(target);
  } catch (error) {
    if (!(error instanceof Explained)) throw error;
    for (const line of error.message.split("\n")) target.say(line);
    return 1;
  }
};

/** Benchmarks and proofs stand with the tests. */
const proof = (folder: string, options: readonly string[] = []): Verb => {
  const { file, args } = programOf(`tests/${folder}/main`);
  return () => hand({ file, args: [...options, ...args], cwd: packageFolder });
};

/** Verbs that need a clone of this package. */
const cloneVerbs: readonly (readonly [string, Verb])[] = [
  ["test", test],
  ["lint", lint],
  ["bench", proof("bench", ["--expose-gc"])],
  ["chaos", proof("chaos")],
  ["drift", proof("drift")],
  ["fuzz", proof("infra/fuzz")],
];

const verbs = new Map<string, Verb>([
  ["up", onStack(up)],
  ["preview", onStack(preview)],
  ["refresh", onStack(refresh)],
  ["down", onStack(down)],
  ["export", onStack(exportState)],
  ["policy", () => ((process.env.FORMAT ?? "") === "" ? onStack(policy)() : policyReport(process.env))],
  ["check", check],
  ["review", review],
  ["diagram", diagram],
  ["catalog", catalog],
  ["new-service", newService],
  ["doctor", doctor],
  ...(isClone ? cloneVerbs : []),
]);

/** Runs a verb; returns the exit status. A failure that a person can mend is shown without a stack. */
export async function main(name: string): Promise<number> {
  try {
    const verb = verbs.get(name);
    if (verb !== undefined) return await verb();
    throw new Explained(`There is no verb "${name}": it is one of ${[...verbs.keys(), "clean"].join(", ")}.`);
  } catch (error) {
    sayer(false)(explained(error));
    return 1;
  }
}

/** A mistake in the project's files is shown without a stack: a description that is refused when it is loaded, or a syntax error. */
function explained(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof Explained || error instanceof InvalidInput) return error.message;
  return "errors" in error && isSyntaxErrors(error.errors)
    ? error.errors.map(syntaxErrorLines).join("\n")
    : (error.stack ?? error.message);
}

/** An error of esbuild in a file that it transpiles. */
interface SyntaxErrorOfEsbuild {
  readonly text: string;
  readonly location: {
    readonly file: string;
    readonly line: number;
    readonly column: number;
    readonly lineText: string;
  };
}

function isSyntaxErrors(errors: unknown): errors is readonly SyntaxErrorOfEsbuild[] {
  return Array.isArray(errors) && errors.every((each: Partial<SyntaxErrorOfEsbuild> | null) => each?.location);
}

function syntaxErrorLines({ text, location: { file, line, column, lineText } }: SyntaxErrorOfEsbuild): string {
  return `${relative(project, file)}, line ${line}, column ${column + 1}: ${text}\n  ${lineText.trim()}`;
}

if (require.main === module) {
  void main(process.argv[2] ?? "").then((code) => {
    process.exitCode = code;
  });
}
