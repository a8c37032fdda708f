// Running a program: the arguments and the environment that the SDK's own runner expects from a language host.
import { createRequire } from "node:module";
import { join } from "node:path";
import { RunResponse, type ProgramInfo, type RunRequest } from "@pulumi/pulumi/proto/language_pb";
import type { Children } from "./children";

/** The SDK's runner ends with this status when it has told the user what went wrong: nothing is to be added. */
const alreadyReported = 32;

/** Runs a program to its end. A program that fails is an answer, not an error of the host. */
export async function runProgram(request: RunRequest, engine: string, children: Children): Promise<RunResponse> {
  const info = request.getInfo();
  const directory = info?.getProgramDirectory() ?? request.getPwd();
  const runner = resolveModule("@pulumi/pulumi/cmd/run", directory);
  const child = children.start({
    args: [...nodeArguments(info), runner, ...runArguments(request, engine)],
    cwd: process.cwd(),
    env: { ...process.env, ...runEnvironment(request) },
    // The program writes straight into the engine's pipes, so a line shows when it is printed.
    stdio: ["ignore", "inherit", "inherit"],
  });
  return new Promise((resolve) => {
    child.once("error", (error) => {
      resolve(new RunResponse().setError(`Problem executing program (could not run node): ${error.message}`));
    });
    child.once("close", (code, signal) => {
      resolve(outcome(code, signal));
    });
  });
}

/** What the engine is told about how a program ended. */
export function outcome(code: number | null, signal: NodeJS.Signals | null): RunResponse {
  if (code === 0) return new RunResponse();
  if (code === alreadyReported) return new RunResponse().setBail(true);
  const how =
    code === null ? `was ended by ${signal ?? "an unknown signal"}` : `exited with non-zero exit code: ${code}`;
  return new RunResponse().setError(`Program ${how}`);
}

/** Command line of `@pulumi/pulumi/cmd/run`; an empty value leaves its flag out. */
export function runArguments(request: RunRequest, engine: string): readonly string[] {
  const flags: readonly (readonly [string, string])[] = [
    ["monitor", request.getMonitorAddress()],
    ["engine", engine],
    ["organization", request.getOrganization()],
    ["project", request.getProject()],
    ["root-directory", request.getInfo()?.getRootDirectory() ?? ""],
    ["stack", request.getStack()],
    ["pwd", request.getPwd()],
    ["parallel", String(request.getParallel())],
  ];
  return [
    ...flags.flatMap(([name, value]) => (value === "" ? [] : [`--${name}`, value])),
    ...(request.getDryrun() ? ["--dry-run"] : []),
    request.getInfo()?.getEntryPoint() ?? (request.getProgram() === "" ? "." : request.getProgram()),
    ...request.getArgsList(),
  ];
}

/** Environment of a program: its configuration, and whether it asks for the SDK's TypeScript compiler. */
export function runEnvironment(request: RunRequest): Record<string, string> {
  const config = Object.fromEntries(request.getConfigMap().toObject());
  return {
    PULUMI_CONFIG: JSON.stringify(config),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
    ...typeScriptEnvironment(request.getInfo()),
  };
}

/** The official host compiles TypeScript unless the project says `typescript: false`. */
export function typeScriptEnvironment(info: ProgramInfo | undefined): Record<string, string> {
  const options = info?.getOptions()?.toJavaScript() ?? {};
  return { PULUMI_NODEJS_TYPESCRIPT: String(options.typescript !== false) };
}

/** Arguments for Node itself, from the project's `nodeargs` option. */
export function nodeArguments(info: ProgramInfo | undefined): readonly string[] {
  const value = info?.getOptions()?.toJavaScript().nodeargs;
  return typeof value === "string" ? value.split(" ").filter((word) => word !== "") : [];
}

/** A module as the program would find it: the SDK in use is the program's, not the host's. */
export function resolveModule(module: string, directory: string): string {
  try {
    return createRequire(join(directory, "package.json")).resolve(module);
  } catch {
    throw new Error(`Cannot find module '${module}' from ${directory}: run npm ci first`);
  }
}
