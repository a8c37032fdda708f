// What a program depends on, for `pulumi about`, and how its packages are installed.
import type { ServerWritableStream } from "@grpc/grpc-js";
import {
  DependencyInfo,
  type InstallDependenciesRequest,
  InstallDependenciesResponse,
} from "@pulumi/pulumi/proto/language_pb";
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../plugins";

interface Lock {
  readonly packages?: Readonly<Record<string, { readonly version?: string }>>;
}
interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

/** Name and version of each package the program has; only those it names itself unless `transitive`. */
export function dependencies(directory: string, transitive: boolean): readonly DependencyInfo[] {
  const root = packageRoot(directory);
  const lock = read(join(root, "package-lock.json")) as Lock;
  const manifest = read(join(root, "package.json")) as Manifest;
  const named = new Set(Object.keys({ ...manifest.dependencies, ...manifest.devDependencies }));
  return Object.entries(lock.packages ?? {}).flatMap(([path, { version }]) => {
    const name = path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);
    const wanted = path !== "" && (transitive || (path === `node_modules/${name}` && named.has(name)));
    return wanted && version !== undefined ? [new DependencyInfo().setName(name).setVersion(version)] : [];
  });
}

/** Installs the packages of a program from its lock file, or without one as its manifest says. */
export function installDependencies(
  call: ServerWritableStream<InstallDependenciesRequest, InstallDependenciesResponse>,
): void {
  const directory = call.request.getInfo()?.getProgramDirectory() ?? call.request.getDirectory();
  const locked = existsSync(join(directory, "package-lock.json"));
  const child = spawn("npm", [locked ? "ci" : "install", "--loglevel=error"], {
    cwd: directory,
    stdio: ["ignore", "pipe", "pipe"],
  });
  child.stdout.on("data", (data: Buffer) => call.write(new InstallDependenciesResponse().setStdout(data)));
  child.stderr.on("data", (data: Buffer) => call.write(new InstallDependenciesResponse().setStderr(data)));
  child.once("error", (error) => call.destroy(error));
  child.once("close", (code) => {
    if (code === 0) call.end();
    else call.destroy(new Error(`npm ended with status ${code ?? "unknown"} in ${directory}`));
  });
}

function read(file: string): unknown {
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
}
