// Databases and buckets of a service, against what RDS and S3 accept.
import { type Duration, mebibytes, seconds } from "../../components/base/units";
import type { Findings } from "./findings";
import type { AuroraServerless, Bucket, Ownership, PostgresInstance } from "./system";

// S3 allows 63 characters for `<service>-<bucket>-…` and Pulumi's suffix.
const LONGEST_BUCKET_NAME = 20;
const DAY = 86_400;

/** Checks the stores that a service owns. */
export function checkStores(path: string, { database, buckets = {} }: Ownership, findings: Findings): void {
  if (database) checkDatabase(`${path}.database`, database, findings);
  for (const [name, bucket] of Object.entries(buckets)) checkBucket(`${path}.buckets.${name}`, name, bucket, findings);
}

function checkDatabase(path: string, database: PostgresInstance | AuroraServerless, findings: Findings): void {
  findings.require(
    /^[a-z][a-z0-9_]{0,62}$/.test(database.databaseName),
    `${path}.databaseName`,
    database.databaseName,
    "lower-case letters, digits and underscores, at most 63, starting with a letter",
    "respell it",
  );
  checkDays(`${path}.backupRetention`, database.backupRetention, 35, findings);
  if (database.kind === "postgres") checkStorage(path, database, findings);
  else checkCapacity(path, database, findings);
}

function checkStorage(
  path: string,
  { allocatedStorage, maxAllocatedStorage }: PostgresInstance,
  findings: Findings,
): void {
  const from = mebibytes(allocatedStorage);
  const to = mebibytes(maxAllocatedStorage);
  const limits = 'from "20 GiB" to "64 TiB"';
  for (const [key, size] of [
    ["allocatedStorage", from],
    ["maxAllocatedStorage", to],
  ] as const) {
    const holds = size !== undefined && size >= 20 * 1024 && size <= 64 * 1024 * 1024;
    const value = key === "allocatedStorage" ? allocatedStorage : maxAllocatedStorage;
    findings.require(holds, `${path}.${key}`, value, limits, "choose a size that RDS offers");
  }
  findings.require(
    (from ?? 0) <= (to ?? Infinity),
    `${path}.maxAllocatedStorage`,
    maxAllocatedStorage,
    `at least allocatedStorage, which is ${allocatedStorage}`,
    "raise the upper bound",
  );
}

function checkCapacity(path: string, { minCapacity, maxCapacity }: AuroraServerless, findings: Findings): void {
  // Pausing at 0 ACU is the environment's to say (`scaleToZero`).
  const halves = "0.5 to 256 ACU in steps of 0.5";
  for (const [key, value] of Object.entries({ minCapacity, maxCapacity })) {
    const holds = Number.isInteger(value * 2) && value >= 0.5 && value <= 256;
    findings.require(holds, `${path}.${key}`, value, halves, "choose a capacity that Aurora offers");
  }
  findings.require(
    maxCapacity >= Math.max(1, minCapacity),
    `${path}.maxCapacity`,
    maxCapacity,
    `at least 1 and at least minCapacity, which is ${minCapacity}`,
    "raise the upper bound",
  );
}

function checkBucket(path: string, name: string, bucket: Bucket, findings: Findings): void {
  findings.require(
    /^[a-z](?:[a-z0-9-]*[a-z0-9])?$/.test(name) && name.length <= LONGEST_BUCKET_NAME,
    path,
    name,
    `lower-case letters, digits and dashes, at most ${LONGEST_BUCKET_NAME}`,
    "shorten or respell it",
  );
  bucket.corsOrigins?.forEach((origin, index) => {
    findings.require(
      /^https:\/\/[a-z0-9.-]+(:\d+)?$/.test(origin),
      `${path}.corsOrigins[${index}]`,
      origin,
      "an origin over TLS without wildcard or path, such as https://shop.example.com",
      "name the pages that may read and upload, one by one",
    );
  });
  if (bucket.noncurrentVersionExpiration !== undefined) {
    checkDays(`${path}.noncurrentVersionExpiration`, bucket.noncurrentVersionExpiration, 3650, findings);
  }
}

function checkDays(path: string, duration: Duration, most: number, findings: Findings): void {
  const days = (seconds(duration) ?? NaN) / DAY;
  const holds = Number.isInteger(days) && days >= 1 && days <= most;
  findings.require(holds, path, duration, `whole days from 1d to ${most}d`, 'write it in days, such as "7d"');
}
