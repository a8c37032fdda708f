// Two ways of doing something, run in turn: what else the machine is doing then slows both, and their ratio stays.
import { type Say, timed } from "../../cli/say";

/** One of the two ways. */
export interface Way {
  readonly name: string;
  /** Makes the way ready; not measured. @default nothing to do */
  readonly prepare?: () => Promise<void>;
  /** What is measured; rejects when it did not work. */
  readonly run: () => Promise<void>;
}

/** A question, whose answer is how long A takes against B. */
export interface Benchmark {
  readonly what: string;
  readonly a: Way;
  /** What A is measured against; each pair begins with it. */
  readonly b: Way;
  readonly pairs: number;
  /** The highest ratio aimed at. A higher one is shown and stops nothing. @default none */
  readonly target?: number;
}

/** Milliseconds of one run of each way. */
export interface Pair {
  readonly a: number;
  readonly b: number;
}

/** A benchmark and what came of it. */
export interface Measured {
  readonly benchmark: Benchmark;
  readonly pairs: readonly Pair[];
}

/** Runs the pairs of a benchmark. */
export async function measure(benchmark: Benchmark, say: Say): Promise<Measured> {
  const pairs: Pair[] = [];
  for (let number = 1; number <= benchmark.pairs; number++) {
    const label = `${benchmark.what}, pair ${number} of ${benchmark.pairs}`;
    const b = await clocked(benchmark.b, label, say);
    const a = await clocked(benchmark.a, label, say);
    pairs.push({ a, b });
  }
  return { benchmark, pairs };
}

/** The middle one; of an even number, halfway between the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  if (upper === undefined || lower === undefined) throw new Error("there is no median of nothing");
  return (lower + upper) / 2;
}

async function clocked(way: Way, label: string, say: Say): Promise<number> {
  await way.prepare?.();
  const start = performance.now();
  await timed(say, `${label}: ${way.name}`, way.run);
  return performance.now() - start;
}
