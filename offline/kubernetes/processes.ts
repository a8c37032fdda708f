// Programs that must not outlive the one that started them, and processes that are known by more than an id which the system gives out again.
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";

/** A process: the id, and when it was started. */
export interface Identity {
  readonly pid: number;
  readonly start: string;
}

/** The identity of a process that runs. */
export function identityOf(pid: number): Identity | undefined {
  try {
    return { pid, start: process.platform === "linux" ? linuxStart(pid) : portableStart(pid) };
  } catch {
    return undefined;
  }
}

/** Whether this very process still runs. */
export function isAlive({ pid, start }: Identity): boolean {
  return identityOf(pid)?.start === start;
}

/** Resident memory in bytes; 0 where it can't be seen. */
export function memoryOf(pid: number): number {
  try {
    return 1024 * Number(execFileSync("ps", ["-o", "rss=", "-p", String(pid)], { encoding: "utf8" }).trim());
  } catch {
    return 0;
  }
}

/** Field 22 of /proc/<pid>/stat: clock ticks since boot. A zombie counts as gone. https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
function linuxStart(pid: number): string {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  const [state, ...fields] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  if (state === "Z") throw new Error("it has ended");
  return fields[18] ?? "";
}

function portableStart(pid: number): string {
  return execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" }).trim();
}

/**
 * Runs the program in its arguments. Ends it when standard input closes, which happens when the starting process ends, however it ends:
 * first politely, then by force. The first argument is the file for the program's id, the second the tenths of a second between the two.
 */
const GUARD = `
pidfile=$1; grace=$2; shift 2
exec 3<&0
"$@" < /dev/null 3<&- & child=$!
echo $child > "$pidfile"
( read -r line <&3
  kill -TERM $child 2>/dev/null
  n=0; while kill -0 $child 2>/dev/null && [ $n -lt $grace ]; do sleep 0.1; n=$((n+1)); done
  kill -KILL $child 2>/dev/null ) & watcher=$!
trap '' INT TERM HUP
wait $child; code=$?
kill -KILL $watcher 2>/dev/null
exit $code
`;

export interface Guarded {
  readonly file: string;
  readonly args: readonly string[];
  /** Gets what the program prints. */
  readonly log: string;
  /** Gets the program's id. */
  readonly pidFile: string;
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /**
   * Seconds that the program has to end by itself.
   * @default 10
   */
  readonly grace?: number;
}

/** Starts a program that ends when its standard input is closed, at the latest when this process ends. */
export function startGuarded({ file, args, log, pidFile, cwd, env, grace = 10 }: Guarded): ChildProcess {
  const output = openSync(log, "a", 0o600);
  try {
    return spawn("/bin/sh", ["-c", GUARD, "guard", pidFile, String(Math.ceil(10 * grace)), file, ...args], {
      cwd,
      env,
      stdio: ["pipe", output, output],
    });
  } finally {
    closeSync(output);
  }
}
