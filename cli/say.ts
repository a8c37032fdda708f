// Messages of the runner: on standard error, so that a verb's result can be piped; plain lines, so that logs read well.
import { columnsOf, fit, type Screen, showProgress } from "./screen";

/** Prints progress. */
export type Say = (line: string) => void;

/** Lines of an offline run say so, each of them. */
export function sayer(offline: boolean): Say {
  const prefix = offline ? "offline: " : "";
  return (line) => {
    const columns = columnsOf(process.stderr);
    const parts = fit(line, columns === undefined ? undefined : columns - prefix.length);
    process.stderr.write(parts.map((part) => `${prefix}${part}\n`).join(""));
  };
}

/** `850 ms`, `4.2 s`, `3 min 20 s`. */
export function duration(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 59_950) return `${(milliseconds / 1000).toFixed(1)} s`;
  const seconds = Math.round(milliseconds / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** Does a piece of work, and says what it was and how long it took. */
export async function timed<T>(say: Say, what: string, work: () => Promise<T>): Promise<T> {
  const start = performance.now();
  const result = await work();
  say(`${what} (${duration(performance.now() - start)})`);
  return result;
}

/** Does a piece of work while a progress line says how far it is; Ctrl-C is for the programs that were started, which decide how to end. */
export async function whileShowing<T>(
  text: (elapsed: string) => string,
  work: () => Promise<T>,
  screen: Screen = process.stderr,
): Promise<T> {
  const start = performance.now();
  const end = showProgress(screen, () => text(duration(performance.now() - start)));
  const wait = (): undefined => undefined;
  process.on("SIGINT", wait);
  try {
    return await work();
  } finally {
    end();
    process.off("SIGINT", wait);
  }
}
