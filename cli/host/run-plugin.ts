// Running what is written in Node beside a program: a policy pack (analyzer), or a provider with its source.
import type { ServerWritableStream } from "@grpc/grpc-js";
import { join } from "node:path";
import { type ProgramInfo, type RunPluginRequest, RunPluginResponse } from "@pulumi/pulumi/proto/language_pb";
import type { Children } from "./children";
import { nodeArguments, resolveModule, typeScriptEnvironment } from "./run";

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
      ...(analyzer ? packArguments(info) : []),
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

/** Arguments for Node where a pack is no TypeScript: the runner itself does not ask. */
export function packArguments(info: ProgramInfo | undefined): readonly string[] {
  const compiled = typeScriptEnvironment(info).PULUMI_NODEJS_TYPESCRIPT === "false";
  return compiled ? ["-r", join(__dirname, "uncompiled.cjs")] : [];
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
