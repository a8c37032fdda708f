// Starting other programs: their output handed on as it comes, or collected.
import { spawn } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join } from "node:path";

export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Ends the program, and what it started, after this many milliseconds. */
  readonly timeout?: number;
}

export interface Outcome {
  /** Exit status; 128 and more when a signal ended it, as in a shell. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A failure that is explained by its message alone: shown without a stack. */
export class Explained extends Error {}

/** Runs a program and collects what it prints. Never rejects for an exit status; a program that can't start has status 127. */
export function collect(command: Command): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(command.file, command.args, {
      cwd: command.cwd,
      env: command.env ?? process.env,
      stdio: ["ignore", "pipe", "pipe"],
      // A group of its own, so that a timeout also ends what the program started.
      detached: command.timeout !== undefined,
    });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on("data", (data: Buffer) => out.push(data));
    child.stderr.on("data", (data: Buffer) => err.push(data));
    const timer =
      command.timeout === undefined
        ? undefined
        : setTimeout(() => {
            endGroup(child.pid);
          }, command.timeout);
    const finish = (code: number, more = ""): void => {
      clearTimeout(timer);
      resolve({
        code,
        stdout: Buffer.concat(out).toString("utf8"),
        stderr: Buffer.concat(err).toString("utf8") + more,
      });
    };
    child.once("error", (error) => {
      finish(127, error.message);
    });
    child.once("close", (code, signal) => {
      finish(code ?? (signal === "SIGINT" ? 130 : 143));
    });
  });
}

/** Runs a program on the user's own terminal. Ctrl-C reaches the program, which decides how to end; we wait for it. */
export function hand(command: Command): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(command.file, command.args, {
      cwd: command.cwd,
      env: command.env ?? process.env,
      stdio: "inherit",
    });
    const wait = (): undefined => undefined;
    process.on("SIGINT", wait);
    const finish = (code: number): void => {
      process.off("SIGINT", wait);
      resolve(code);
    };
    child.once("error", (error) => {
      process.stderr.write(`${command.file}: ${error.message}\n`);
      finish(127);
    });
    child.once("close", (code, signal) => {
      finish(code ?? (signal === "SIGINT" ? 130 : 143));
    });
  });
}

/** The executables of a name on a search path, in order. */
export function onPath(name: string, path: string | undefined): readonly string[] {
  return (path ?? "")
    .split(delimiter)
    .filter((folder) => folder !== "")
    .map((folder) => join(folder, name))
    .filter(executable);
}

/** Whether a file is there and may be run. */
export function executable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // It ended by itself in the meantime.
  }
}
