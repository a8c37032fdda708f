// The processes a language host has started, and how they end: with the engine, never after it.
import { type ChildProcess, spawn, type StdioOptions } from "node:child_process";

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
