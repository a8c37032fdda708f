// One process at a time does a piece of work; the lock of a process that was killed counts as free.
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { type Identity, identityOf, isAlive } from "./processes";

const pollMilliseconds = 200;

/**
 * Waits for the lock, works, and gives the lock back.
 *
 * @param waiting called once when another process has the lock
 */
export async function locked<T>(file: string, work: () => Promise<T>, waiting: (holder: Identity) => void): Promise<T> {
  mkdirSync(dirname(file), { recursive: true });
  let told = false;
  for (;;) {
    const holder = take(file);
    if (holder === undefined) break;
    if (!told) waiting(holder);
    told = true;
    await pause(pollMilliseconds);
  }
  const free = (): void => {
    rmSync(file, { force: true });
  };
  process.once("exit", free);
  try {
    return await work();
  } finally {
    free();
    process.off("exit", free);
  }
}

/** Takes the lock; returns the process that has it otherwise. The file is never seen half written. */
function take(file: string): Identity | undefined {
  const own = `${file}.${process.pid}`;
  try {
    writeFileSync(own, JSON.stringify(identityOf(process.pid)));
    linkSync(own, file);
    return undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    rmSync(own, { force: true });
  }
  const holder = readHolder(file);
  if (holder !== undefined && isAlive(holder)) return holder;
  // Moved away before it is removed, so that of two processes which find it dead only one removes it.
  try {
    renameSync(file, own);
    rmSync(own);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
  return take(file);
}

/** Undefined when the lock has just been given back. */
function readHolder(file: string): Identity | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Identity;
  } catch {
    return undefined;
  }
}
