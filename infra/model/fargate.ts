// Task sizes that Fargate offers: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-cpu-memory-error.html

/** Memory in MiB by CPU units: from, to, in steps of. */
const MEMORY: Readonly<Record<number, readonly [from: number, to: number, step: number]>> = {
  512: [1024, 4096, 1024],
  1024: [2048, 8192, 1024],
  2048: [4096, 16_384, 1024],
  4096: [8192, 30_720, 1024],
  8192: [16_384, 61_440, 4096],
  16384: [32_768, 122_880, 8192],
};
const SMALLEST = [512, 1024, 2048];

/** Memory sizes in MiB that go with a number of CPU units; none when Fargate does not offer that CPU. */
export function fargateMemory(cpu: number): readonly number[] {
  if (cpu === 256) return SMALLEST;
  const range = MEMORY[cpu];
  if (range === undefined) return [];
  const [from, to, step] = range;
  return Array.from({ length: (to - from) / step + 1 }, (_, index) => from + index * step);
}

/** CPU units that Fargate offers. */
export const FARGATE_CPU: readonly number[] = [256, ...Object.keys(MEMORY).map(Number)];
