// The engine's event log, read from a pipe and never kept: its debug messages show generated passwords in plain text.
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, constants, mkdtempSync, openSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** An event log that is being written. */
export interface EventLog {
  /** The path for `--event-log`. */
  readonly path: string;
  /** Reads what is left, when the engine has ended, and removes the pipe. */
  close(): Promise<void>;
}

// When we are killed, the first reader ends with the next line that it can't hand on. The engine must not wait for a reader then.
const reader = "cat || cat > /dev/null";

/** Opens a pipe for an event log, and hands on each line of it. */
export function openEventLog(onLine: (line: string) => void): EventLog {
  const folder = mkdtempSync(join(tmpdir(), "archipelago-events-"));
  const path = join(folder, "pipe");
  execFileSync("mkfifo", ["-m", "600", path]);
  // While we hold it open, nothing that was written is lost, and nobody waits for the other side.
  const hold = openSync(path, constants.O_RDWR | constants.O_NONBLOCK);
  // A process of its own: a pipe that nobody writes to would hold one of Node's threads. A group of its own: Ctrl-C is not for it,
  // since the engine goes on telling how it ends.
  // It gets the pipe open: one that first had to open it could be too late.
  const end = openSync(path, constants.O_RDONLY);
  const process = spawn("/bin/sh", ["-c", reader], { stdio: [end, "pipe", "ignore"], detached: true });
  closeSync(end);
  const { stdout } = process;
  if (stdout === null) throw new Error("the reader of the event log has no output");
  const lines = createInterface({ input: stdout, crlfDelay: Infinity });
  lines.on("line", onLine);
  const over = once(lines, "close");
  return {
    path,
    close: async () => {
      closeSync(hold);
      await over;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
