// What an object store's arguments mean: defaults and checks. Pure, so that it is decided before anything is created.
import { lowerCaseProblems, nameTooLong, type Problem, seconds, unless, wholeDays } from "../../kit";
import type { ObjectStoreArgs } from "./args";

/** Arguments with every default in place. */
export interface ResolvedObjectStore {
  readonly corsOrigins: readonly string[];
  readonly noncurrentVersionDays: number;
  /** Prefix → days. */
  readonly expiresAfterDays: Readonly<Record<string, number>>;
  readonly protectData: boolean;
}

/** Bucket names hold at most this many characters. */
const BUCKET_NAME_LIMIT = 63;
const DAY = 86_400;

/** Decides the defaults; call {@link validateObjectStore} first. */
export function resolveObjectStore(args: ObjectStoreArgs): ResolvedObjectStore {
  return {
    corsOrigins: args.corsOrigins ?? [],
    noncurrentVersionDays: (seconds(args.noncurrentVersionExpiration ?? "30d") ?? 0) / DAY,
    expiresAfterDays: Object.fromEntries(
      Object.entries(args.expiresAfter ?? {}).map(([prefix, age]) => [prefix, (seconds(age) ?? 0) / DAY]),
    ),
    protectData: args.protectData ?? true,
  };
}

/** Everything that is wrong with the arguments. */
export function validateObjectStore(name: string, args: ObjectStoreArgs): Problem[] {
  const tooLong = nameTooLong(name, "bucket", BUCKET_NAME_LIMIT);
  return [
    ...(tooLong ? [tooLong] : []),
    ...lowerCaseProblems("name", name, "rename the component: the bucket's name begins with it"),
    ...wholeDays("noncurrentVersionExpiration", args.noncurrentVersionExpiration, 1, Infinity),
    ...Object.entries(args.expiresAfter ?? {}).flatMap(([prefix, age]) => [
      ...wholeDays(`expiresAfter["${prefix}"]`, age, 1, Infinity),
      ...unless(prefix !== "", {
        path: "expiresAfter",
        value: prefix,
        allowed: "what names of objects begin with; never empty, which is every object",
        remedy: 'write it like "results/"',
      }),
    ]),
    ...(args.corsOrigins ?? []).flatMap((origin, index) => badOrigin(index, origin)),
  ];
}

function badOrigin(index: number, origin: string): Problem[] {
  // A port and nothing behind it: S3 compares with the Origin header, which has neither path nor trailing slash.
  if (/^https:\/\/(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*(:\d+)?$/.test(origin)) return [];
  if (/^http:\/\/localhost(:\d+)?$/.test(origin)) return [];
  return [
    {
      path: `corsOrigins[${index}]`,
      value: origin,
      allowed: 'an https origin without a path ("https://shop.example.com"), or http://localhost; never "*"',
      remedy: "name each site that uploads or reads",
    },
  ];
}
