// What the runner tells a person: on standard error, so that a verb's result can be piped; plain lines, so that logs read well.

/** Prints progress. */
export type Say = (line: string) => void;

/** Lines of an offline run say so, each of them. */
export function sayer(offline: boolean): Say {
  const prefix = offline ? "offline: " : "";
  return (line) => {
    process.stderr.write(`${prefix}${line}\n`);
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
