// What an object store's arguments mean: defaults and checks. Pure, so that it is decided before anything is created.
import { nameTooLong, type Problem, seconds } from "../base";
import type { ObjectStoreArgs } from "./args";

/** Arguments with every default in place. */
export interface ResolvedObjectStore {
  readonly corsOrigins: readonly string[];
  readonly noncurrentVersionDays: number;
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
    protectData: args.protectData ?? true,
  };
}

/** Everything that is wrong with the arguments. */
export function validateObjectStore(name: string, args: ObjectStoreArgs): Problem[] {
  const problems: (Problem | undefined)[] = [nameTooLong(name, "bucket", BUCKET_NAME_LIMIT), badName(name)];
  problems.push(badExpiration(args.noncurrentVersionExpiration));
  for (const [index, origin] of (args.corsOrigins ?? []).entries()) problems.push(badOrigin(index, origin));
  return problems.filter((problem) => problem !== undefined);
}

/** What is wrong with the name of a variable that shall hold the bucket's name. */
export function badVariable(variable: string): Problem[] {
  if (/^[A-Z][A-Z0-9_]*$/.test(variable)) return [];
  return [
    {
      path: "environmentVariable",
      value: variable,
      allowed: "capital letters, digits and underscores, a letter first",
      remedy: 'name it like "IMAGES_BUCKET"',
    },
  ];
}

function badName(name: string): Problem | undefined {
  if (/^[a-z0-9][a-z0-9-]*$/.test(name)) return undefined;
  return {
    path: "name",
    value: name,
    allowed: "lower-case letters, digits and dashes, because the bucket's name begins with it",
    remedy: "rename the component",
  };
}

function badExpiration(expiration: string | undefined): Problem | undefined {
  if (expiration === undefined) return undefined;
  const value = seconds(expiration);
  if (value !== undefined && value >= DAY && value % DAY === 0) return undefined;
  return {
    path: "noncurrentVersionExpiration",
    value: expiration,
    allowed: "whole days, at least one",
    remedy: 'write it like "30d"',
  };
}

function badOrigin(index: number, origin: string): Problem | undefined {
  // A port and nothing behind it: S3 compares with the Origin header, which has neither path nor trailing slash.
  if (/^https:\/\/(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*(:\d+)?$/.test(origin)) return undefined;
  if (/^http:\/\/localhost(:\d+)?$/.test(origin)) return undefined;
  return {
    path: `corsOrigins[${index}]`,
    value: origin,
    allowed: 'an https origin without a path ("https://shop.example.com"), or http://localhost; never "*"',
    remedy: "name each site that uploads or reads",
  };
}
