// The engines of RDS, Aurora and ElastiCache: versions, instance classes, names of databases and users, snapshots. Components and the
// model check by the same tables; a version or a family of classes that AWS adds is added here. Pure.
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

// A family of a later generation than those below is taken as it is.
// https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.Support.html
// https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheNodes.SupportedTypes.html
const BURST = "micro small medium large xlarge 2xlarge";
const TO_16 = "large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge";
const TO_24 = `${TO_16} 24xlarge`;
const TO_32 = `${TO_24} 32xlarge`;
const TO_48 = `${TO_24} 48xlarge`;
const MEMORY = "xlarge 2xlarge 4xlarge 8xlarge 16xlarge 24xlarge 32xlarge";

const DATABASE: Readonly<Record<string, string>> = {
  ...{ t3: BURST, t4g: BURST },
  ...{ m5: TO_24, m5d: TO_24, m6g: TO_16, m6gd: TO_16, m6i: TO_32, m6id: TO_32, m6idn: TO_32, m6in: TO_32 },
  ...{ m7g: TO_16, m7i: TO_48, m8g: TO_48, m8gd: TO_48 },
  ...{ r5: TO_24, r5b: TO_24, r5d: TO_24, r6g: TO_16, r6gd: TO_16, r6i: TO_32, r6id: TO_32, r6idn: TO_32, r6in: TO_32 },
  ...{ r7g: TO_16, r7i: TO_48, r8g: TO_48, r8gd: TO_48 },
  ...{
    x2g: TO_16,
    x2idn: "16xlarge 24xlarge 32xlarge",
    x2iedn: MEMORY,
    z1d: "large xlarge 2xlarge 3xlarge 6xlarge 12xlarge",
  },
};
const CACHE: Readonly<Record<string, string>> = {
  ...{ t2: "micro small medium", t3: "micro small medium", t4g: "micro small medium" },
  ...{ m4: "large xlarge 2xlarge 4xlarge 10xlarge", m5: TO_24, m6g: TO_16, m7g: TO_16 },
  ...{ r4: TO_16, r5: TO_24, r6g: TO_16, r6gd: TO_16, r7g: TO_16, c7gn: TO_16 },
};
const NEWEST = 8;

/** Whether RDS has a class (`db.t3.micro`). */
export function isDatabaseClass(text: string): boolean {
  return isOffered(text, "db", DATABASE);
}

/** Whether ElastiCache has a node type (`cache.t3.micro`). */
export function isCacheNodeType(text: string): boolean {
  return isOffered(text, "cache", CACHE);
}

/** What RDS offers, in words. */
export const DATABASE_CLASSES = "a class that RDS has for PostgreSQL, such as db.t3.micro or db.m7g.large";
/** What ElastiCache offers, in words. */
export const CACHE_NODE_TYPES = "a node type that ElastiCache has, such as cache.t3.micro or cache.m7g.large";

function isOffered(text: string, prefix: string, families: Readonly<Record<string, string>>): boolean {
  const [first, family = "", size = "", ...more] = text.split(".");
  if (first !== prefix || more.length > 0) return false;
  const sizes = Object.hasOwn(families, family) ? families[family] : undefined;
  if (sizes !== undefined) return sizes.split(" ").includes(size);
  const generation = Number(/^[a-z]+(\d+)[a-z]*$/.exec(family)?.[1] ?? 0);
  return generation > NEWEST && /^(?:micro|small|medium|(?:\d+x)?large|metal)$|^xlarge$/.test(size);
}

/**
 * Words that PostgreSQL takes as a name in quotes only, which RDS does not write: "reserved" in
 * https://www.postgresql.org/docs/current/sql-keywords-appendix.html
 */
const KEYWORDS = `all analyse analyze and any array as asc asymmetric authorization binary both case cast check collate
  collation column concurrently constraint create cross current_catalog current_date current_role current_schema
  current_time current_timestamp current_user default deferrable desc distinct do else end except false fetch for foreign
  freeze from full grant group having ilike in initially inner intersect into is isnull join lateral leading left like
  limit localtime localtimestamp natural not notnull null offset on only or order outer overlaps placing primary
  references returning right select session_user similar some symmetric system_user table tablesample then to trailing
  true union unique user using variadic verbose when where window with`.split(/\s+/);

/** Databases that RDS makes itself. */
const DATABASES: ReadonlySet<string> = new Set([...KEYWORDS, "postgres", "rdsadmin", "template0", "template1"]);
/** Users that RDS makes itself; `app` is the user that services connect as. */
const USERS: ReadonlySet<string> = new Set([
  ...KEYWORDS,
  ...["admin", "app", "postgres", "rdsadmin", "rdsrepladmin", "rds_superuser"],
]);

/** What a name may be, in words. */
export const DATABASE_NAMES =
  "letters, digits and underscores, a letter first, at most 63; no reserved word of PostgreSQL (order, user, table), nothing that begins with pg_, not postgres, rdsadmin or template1";
/** What the name of a master user may be, in words. */
export const MASTER_NAMES = `${DATABASE_NAMES}, app or admin`;

/** Whether a text is a name that PostgreSQL and RDS leave to a database. */
export function isDatabaseName(text: string): boolean {
  return isName(text, DATABASES);
}

/** Whether a text is a name that PostgreSQL and RDS leave to a master user. */
export function isMasterName(text: string): boolean {
  return isName(text, USERS);
}

function isName(text: string, reserved: ReadonlySet<string>): boolean {
  const name = text.toLowerCase();
  return /^[a-z][a-z0-9_]{0,62}$/.test(name) && !name.startsWith("pg_") && !reserved.has(name);
}
