// A killed engine leaves its lock on the stack, and every later run is refused until a person removes it. Offline we know better:
// the lock names its process, and whether that still runs can be seen.
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";

interface Lock {
  readonly pid?: number;
  readonly hostname?: string;
}

/**
 * Removes the locks that processes on this machine have left when they were killed.
 * @param state the engine's file backend
 * @returns the ids of those processes
 */
export function removeDeadLocks(state: string): readonly number[] {
  const folder = join(state, ".pulumi", "locks");
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".json"))
    .flatMap((name) => {
      const { pid, hostname: host } = readLock(join(folder, name));
      if (pid === undefined || host !== hostname() || isRunning(pid)) return [];
      rmSync(join(folder, name), { force: true });
      return [pid];
    });
}

/** A lock that is just being written reads as one that nobody may touch. */
function readLock(file: string): Lock {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Lock;
  } catch {
    return {};
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // A process of somebody else's runs, though it can't be signalled.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
