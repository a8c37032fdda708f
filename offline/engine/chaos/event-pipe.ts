// The engine's event log, read from a pipe and never kept: its debug messages show generated passwords in plain text.
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Counts what an engine has done. */
export interface EventPipe {
  /** The path for `--event-log`. */
  readonly path: string;
  /** How many resources are done. */
  done(): number;
  close(): void;
}

const mark = '"resOutputsEvent"';

/** Opens a pipe and reads it until it is closed. */
export function openEventPipe(): EventPipe {
  const folder = mkdtempSync(join(tmpdir(), "archipelago-pipe-"));
  const path = join(folder, "events");
  execFileSync("mkfifo", ["-m", "600", path]);
  // A reader of its own process: a pipe that nobody writes to would hold one of Node's threads for ever.
  const reader = spawn("cat", [path], { stdio: ["ignore", "pipe", "ignore"] });
  let count = 0;
  let rest = "";
  reader.stdout.on("data", (data: Buffer) => {
    const parts = (rest + data.toString("utf8")).split(mark);
    count += parts.length - 1;
    rest = (parts.at(-1) ?? "").slice(-mark.length);
  });
  return {
    path,
    done: () => count,
    close: () => {
      reader.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
