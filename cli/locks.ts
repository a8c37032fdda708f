// A killed engine leaves its lock on the stack, and every later run is refused until a person removes it. Offline the
// runner removes it: the lock names its process, and that process no longer runs.
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

/** Reads a lock; an incomplete one, which is being written, counts as held. */
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
    // The process runs and belongs to another user, so it can't be signalled.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
