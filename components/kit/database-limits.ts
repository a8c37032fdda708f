// What RDS and Aurora take of storage and of pausing. Components and targets check by the same functions. Pure.
import type { Problem } from "./problems";
import { mebibytes } from "./units";

const GIBIBYTE = 1024;

/** Sizes of an instance's storage. */
export interface StorageSizes {
  readonly allocatedStorage: string;
  /** @default no growth */
  readonly maxAllocatedStorage?: string | undefined;
}

/**
 * Problems of an instance's storage.
 *
 * @param path of the object that holds both keys, with its dot, or empty
 */
export function storageProblems(path: string, sizes: StorageSizes): Problem[] {
  const problems: Problem[] = [];
  for (const key of ["allocatedStorage", "maxAllocatedStorage"] as const) {
    const value = sizes[key];
    const size = value === undefined ? undefined : mebibytes(value);
    const fits = size !== undefined && size % GIBIBYTE === 0 && size >= 20 * GIBIBYTE && size <= 65_536 * GIBIBYTE;
    if (value !== undefined && !fits) {
      const allowed = "20 to 65536 whole GiB: what gp3 storage offers";
      problems.push({ path: `${path}${key}`, value, allowed, remedy: 'write it like "20 GiB"' });
    }
  }
  const { allocatedStorage, maxAllocatedStorage } = sizes;
  const least = mebibytes(allocatedStorage);
  const most = maxAllocatedStorage === undefined ? undefined : mebibytes(maxAllocatedStorage);
  if (least !== undefined && most !== undefined && most !== least && most < least * 1.1) {
    problems.push({
      path: `${path}maxAllocatedStorage`,
      value: maxAllocatedStorage,
      allowed: "allocatedStorage itself (no growth), or at least 10 % more",
      remedy: "raise maxAllocatedStorage or lower allocatedStorage",
    });
  }
  return problems;
}

/**
 * First minor version of each major that can pause at 0 capacity units; later majors always can.
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2-auto-pause.html
 */
const FIRST_MINOR_TO_PAUSE: Readonly<Record<number, number>> = { 14: 12, 15: 7, 16: 3 };

/** A problem of a version of Aurora that can't pause. @param path of the version */
export function pauseProblems(path: string, engineVersion: string): Problem[] {
  const [major, minor] = engineVersion.split(".").map(Number);
  const firstMinor = FIRST_MINOR_TO_PAUSE[major ?? 0];
  if (minor === undefined || firstMinor === undefined || !(minor < firstMinor)) return [];
  return [
    {
      path,
      value: engineVersion,
      allowed: `${String(major)}.${firstMinor} or later, because scaleToZero is set`,
      remedy: `write "${String(major)}"`,
    },
  ];
}
