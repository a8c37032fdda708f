// Versions of the engines that RDS, Aurora and ElastiCache offer. Pure: components and the model check by the same table.
// A version that AWS adds is added here.
import type { Problem } from "./problems";

/**
 * Major versions of PostgreSQL in RDS and Aurora; earlier ones have left standard support.
 * https://docs.aws.amazon.com/AmazonRDS/latest/PostgreSQLReleaseNotes/postgresql-release-calendar.html
 */
export const POSTGRES_MAJORS = [14, 15, 16, 17, 18] as const;
/**
 * PostgreSQL publishes about four minor versions a year, for five years: no major version has had this many.
 * https://www.postgresql.org/support/versioning/
 */
const FIRST_MINOR_THAT_NEVER_IS = 30;

/** What a version of PostgreSQL may be, in words. */
export const POSTGRES_VERSIONS = `"<major>" or "<major>.<minor>", of the majors ${POSTGRES_MAJORS.join(", ")}`;

/** https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/engine-versions.html; earlier ones have no IAM authentication. */
export const CACHE_VERSIONS = {
  redis: ["7.0", "7.1"],
  valkey: ["7.2", "8.0", "8.1", "8.2", "9.0", "9.1"],
} as const;

/** The version of a cache that names none. */
export const CACHE_DEFAULT_VERSION = { redis: "7.0", valkey: "8.0" } as const;

/** Engines of a cache as a person calls them. */
export const CACHE_ENGINE_NAMES = { redis: "Redis", valkey: "Valkey" } as const;

/** The major version in `16` and `16.11`; undefined when it is neither, or no version that AWS offers. */
export function postgresMajor(version: string): number | undefined {
  const [, major, minor = "0"] = /^(\d{2})(?:\.(\d{1,2}))?$/.exec(version) ?? [];
  const known = POSTGRES_MAJORS.some((each) => String(each) === major);
  return known && Number(minor) < FIRST_MINOR_THAT_NEVER_IS ? Number(major) : undefined;
}

/**
 * Problems of a PostgreSQL version, and of the major version that it is upgraded from.
 *
 * @param path of the object that holds `engineVersion` and `upgradeFrom`, with its dot, or empty
 */
export function postgresVersionProblems(path: string, engineVersion: string, upgradeFrom?: string): Problem[] {
  const major = postgresMajor(engineVersion);
  const problems: Problem[] = [];
  if (major === undefined) {
    problems.push({
      path: `${path}engineVersion`,
      value: engineVersion,
      allowed: POSTGRES_VERSIONS,
      remedy: 'write "16", and let RDS follow the minor versions',
    });
  }
  const earlier = POSTGRES_MAJORS.filter((each) => each < (major ?? Infinity));
  if (upgradeFrom !== undefined && !earlier.some((each) => String(each) === upgradeFrom)) {
    const listed = earlier.length === 0 ? "nothing" : earlier.map((each) => `"${each}"`).join(", ");
    problems.push({
      path: `${path}upgradeFrom`,
      value: upgradeFrom,
      allowed: `a major version below engineVersion, which is "${engineVersion}": ${listed}`,
      remedy: "name the major version that the database has now; RDS never goes back to an earlier one",
    });
  }
  return problems;
}

/** Problems of a cache's engine version. */
export function cacheVersionProblems(path: string, engine: keyof typeof CACHE_VERSIONS, version: string): Problem[] {
  const offered: readonly string[] = CACHE_VERSIONS[engine];
  if (offered.includes(version)) return [];
  return [
    {
      path,
      value: version,
      allowed: `of ${engine}: ${offered.join(", ")}; earlier versions have no users that sign in by IAM`,
      remedy: `write "${CACHE_DEFAULT_VERSION[engine]}"`,
    },
  ];
}

/** What names a snapshot, in words. */
export const SNAPSHOTS =
  "the name of a snapshot of this account and region, or the ARN of one that is shared with the account";

/** Whether a text is the name or ARN of a snapshot of RDS. */
export function isSnapshot(text: string): boolean {
  // Names of automated snapshots begin with "rds:"; another account's snapshot is named by its ARN.
  const named = /^(rds:)?[a-z](?:[0-9a-z]|-(?!-|$)){0,254}$/i;
  const arn = /^arn:aws[a-z-]*:rds:[a-z0-9-]+:\d{12}:(cluster-)?snapshot:(rds:)?[a-z][0-9a-z-]*$/i;
  return named.test(text) || arn.test(text);
}

/** A problem unless a text names a snapshot of RDS; none when it isn't set. */
export function snapshotProblems(path: string, value: string | undefined): Problem[] {
  if (value === undefined || isSnapshot(value)) return [];
  const remedy = "look it up: aws rds describe-db-snapshots, or describe-db-cluster-snapshots for Aurora";
  return [{ path, value, allowed: SNAPSHOTS, remedy }];
}
