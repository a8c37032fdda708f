// Changes files together or not at all: when the work fails or is interrupted, the files are restored.
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Explained } from "../process";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Does work that changes files below a root.
 *
 * @param paths folders and files, relative to the root; one that does not exist yet is removed again
 * @throws Explained with what failed, after every file is as it was
 */
export async function allOrNothing<T>(root: string, paths: readonly string[], work: () => Promise<T>): Promise<T> {
  const before = contentsOf(root, paths);
  let interrupted: NodeJS.Signals | undefined;
  // A program that the work has started ends by the same Ctrl-C, or comes to its end; then the work ends, and files are put back.
  const note = (signal: NodeJS.Signals): void => {
    interrupted = signal;
  };
  for (const signal of SIGNALS) process.on(signal, note);
  try {
    const result = await work();
    if (interrupted !== undefined) throw new Explained(`interrupted by ${interrupted}`);
    return result;
  } catch (error) {
    restore(before, contentsOf(root, paths));
    const message = error instanceof Error ? error.message : String(error);
    throw new Explained(`${message.trimEnd()}\nNothing has changed: every file is as it was.`);
  } finally {
    for (const signal of SIGNALS) process.off(signal, note);
  }
}

function contentsOf(root: string, paths: readonly string[]): ReadonlyMap<string, Buffer> {
  const files = paths.flatMap((path) => filesOf(join(root, path)));
  return new Map(files.map((file) => [file, readFileSync(file)]));
}

function filesOf(path: string): readonly string[] {
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) =>
    entry.isFile() ? [join(path, entry.name)] : [],
  );
}

function restore(before: ReadonlyMap<string, Buffer>, now: ReadonlyMap<string, Buffer>): void {
  for (const file of now.keys()) if (!before.has(file)) rmSync(file);
  for (const [file, content] of before) if (now.get(file)?.equals(content) !== true) writeFileSync(file, content);
}
