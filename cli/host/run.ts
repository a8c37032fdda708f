// The processes that a language host starts: the program, policy packs (analyzers) and providers written in Node, each with the arguments
// and the environment that the SDK's own runner expects. They end with the engine.
import { type ChildProcess, spawn, type StdioOptions } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { ServerWritableStream } from "@grpc/grpc-js";
import {
  RunResponse,
  type ProgramInfo,
  type RunPluginRequest,
  RunPluginResponse,
  type RunRequest,
} from "@pulumi/pulumi/proto/language_pb";

export interface Launch {
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly stdio: StdioOptions;
}

export class Children {
  readonly #running = new Set<ChildProcess>();

  /** Starts Node; the process is remembered until it ends. */
  start({ args, cwd, env, stdio }: Launch): ChildProcess {
    const child = spawn(process.execPath, args, { cwd, env, stdio });
    this.#running.add(child);
    child.once("close", () => this.#running.delete(child));
    return child;
  }

  /** Asks all to end. */
  endAll(): void {
    for (const child of this.#running) child.kill("SIGTERM");
  }
}

/** Exit status of the SDK's runner when it has already printed the error. */
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

/** The engine's result of a program, from its exit status. */
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

/** Streams the output of a plugin to the engine as it comes, then its exit status. */
export function runPlugin(call: ServerWritableStream<RunPluginRequest, RunPluginResponse>, children: Children): void {
  const { request } = call;
  const info = request.getInfo();
  const directory = info?.getProgramDirectory() ?? request.getPwd();
  const analyzer = request.getKind() === "analyzer";
  const runner = analyzer ? "run-policy-pack" : "run-plugin";
  const child = children.start({
    args: [
      ...nodeArguments(info),
      resolveModule(`@pulumi/pulumi/cmd/${runner}`, directory),
      ...request.getArgsList(),
      directory,
    ],
    // The policy SDK reads its pack's version from package.json in the working directory.
    cwd: analyzer ? directory : request.getPwd(),
    env: { ...environment(request.getEnvList()), ...typeScriptEnvironment(info) },
    stdio: ["ignore", "pipe", "pipe"],
  });
  child.stdout?.on("data", (data: Buffer) => call.write(new RunPluginResponse().setStdout(data)));
  child.stderr?.on("data", (data: Buffer) => call.write(new RunPluginResponse().setStderr(data)));
  child.once("error", (error) => call.destroy(error));
  child.once("close", (code) => {
    call.write(new RunPluginResponse().setExitcode(code ?? -1));
    call.end();
  });
  // The engine has no other way to say that it needs the plugin no longer.
  call.once("cancelled", () => child.kill("SIGTERM"));
}

/** `KEY=value` lines as an environment; the last one of a key counts. */
export function environment(lines: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    lines.flatMap((line) => {
      const at = line.indexOf("=");
      return at > 0 ? [[line.slice(0, at), line.slice(at + 1)]] : [];
    }),
  );
}
