// The pairs of CPU and memory that Fargate sells, and how sizes are written.
import type { Problem } from "./problems";
import { mebibytes } from "./units";

/** CPU units → least memory, most memory and step, in MiB (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html). */
const PAIRS: ReadonlyMap<number, readonly [least: number, most: number, step: number]> = new Map([
  [256, [512, 2048, 512]],
  [512, [1024, 4096, 1024]],
  [1024, [2048, 8192, 1024]],
  [2048, [4096, 16_384, 1024]],
  [4096, [8192, 30_720, 1024]],
  [8192, [16_384, 61_440, 4096]],
  [16_384, [32_768, 122_880, 8192]],
]);

/** CPU units of a number or of a text such as `0.5 vCPU`; undefined when it is neither. */
export function cpuUnits(cpu: number | string): number | undefined {
  if (typeof cpu === "number") return cpu;
  const match = /^(\d+(?:\.\d+)?) vCPU$/.exec(cpu);
  return match ? Number(match[1]) * 1024 : undefined;
}

/** MiB of a number or of a text such as `512 MiB`; undefined when it is neither. */
export function memoryMebibytes(memory: number | string): number | undefined {
  return typeof memory === "number" ? memory : mebibytes(memory);
}

/**
 * Problems of a pair; none when Fargate sells it.
 *
 * @param prefix of the paths `cpu` and `memory` (`services.order.`)
 */
export function fargateProblems(prefix: string, cpu: number | string, memory: number | string): Problem[] {
  const units = cpuUnits(cpu);
  const pair = units === undefined ? undefined : PAIRS.get(units);
  if (pair === undefined) {
    return [
      { path: `${prefix}cpu`, value: cpu, allowed: [...PAIRS.keys()].join(", "), remedy: "choose a size of Fargate" },
    ];
  }
  const [least, most, step] = pair;
  const given = memoryMebibytes(memory);
  // 256 CPU units come with 512, 1024 and 2048 MiB: the one row whose steps aren't even.
  const inSteps = given !== undefined && given % step === 0 && !(units === 256 && given === 1536);
  if (given !== undefined && given >= least && given <= most && inSteps) return [];
  return [
    {
      path: `${prefix}memory`,
      value: memory,
      allowed: units === 256 ? "512, 1024 or 2048 MiB" : `${least} to ${most} MiB in steps of ${step} MiB`,
      remedy: `choose memory that Fargate pairs with ${units ?? "these"} CPU units, or change cpu`,
    },
  ];
}
