// The engines of RDS, Aurora, ElastiCache and OpenSearch Service: versions, instance classes, names of databases and users, snapshots.
// Components and the model check by the same lists (offered-engines.json). Pure.
import { classOffer, MINORS_AHEAD, newestMinor, versionOffer, versionsInWords } from "./engine-offers";
import type { Problem } from "./problems";

/**
 * Major versions of PostgreSQL in RDS and Aurora; earlier ones have left standard support.
 * https://docs.aws.amazon.com/AmazonRDS/latest/PostgreSQLReleaseNotes/postgresql-release-calendar.html
 */
export const POSTGRES_MAJORS = [14, 15, 16, 17, 18] as const;

/** What a version of PostgreSQL may be, in words. */
export const POSTGRES_VERSIONS = `"<major>" or "<major>.<minor>" that PostgreSQL has, of the majors ${POSTGRES_MAJORS.join(", ")}`;

/** The version of a cache that names none. */
export const CACHE_DEFAULT_VERSION = { redis: "7.0", valkey: "8.0" } as const;

/** Engines of a cache as a person calls them. */
export const CACHE_ENGINE_NAMES = { redis: "Redis", valkey: "Valkey" } as const;

/** The major version in `16` and `16.11`; undefined when PostgreSQL has no such version. What AWS has of them: `versionOffer`. */
export function postgresMajor(version: string): number | undefined {
  const [, major = "", minor = "0"] = /^(\d{2})(?:\.(\d{1,2}))?$/.exec(version) ?? [];
  const newest = newestMinor("postgres", major) ?? 0;
  const known = versionOffer("postgres", major) !== "none" && Number(minor) <= newest + MINORS_AHEAD;
  return known ? Number(major) : undefined;
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

/** Problems of a version that RDS or Aurora does not have: `16.5` is in RDS and not in Aurora. One that is newer than the lists is none. */
export function offeredVersionProblems(
  path: string,
  engine: "postgres" | "auroraPostgres",
  engineVersion: string,
): Problem[] {
  // A version that PostgreSQL does not have is reported as that.
  if (postgresMajor(engineVersion) === undefined || versionOffer(engine, engineVersion) !== "none") return [];
  const service = engine === "postgres" ? "RDS" : "Aurora";
  return [
    {
      path,
      value: engineVersion,
      allowed: `a version that ${service} has: ${versionsInWords(engine, engineVersion)}`,
      remedy: `write one of them, or "${String(postgresMajor(engineVersion))}", and let ${service} follow the minor versions`,
    },
  ];
}

/** Problems of a cache's engine version. */
export function cacheVersionProblems(path: string, engine: "redis" | "valkey", version: string): Problem[] {
  if (version.includes(".") && versionOffer(engine, version) !== "none") return [];
  return [
    {
      path,
      value: version,
      allowed: `of ${engine}: ${versionsInWords(engine)}; earlier versions have no users that sign in by IAM`,
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

/** Whether RDS has a class for PostgreSQL (`db.t3.micro`), in some region. */
export function isDatabaseClass(text: string): boolean {
  return text.startsWith("db.") && classOffer("database", text.slice("db.".length)) !== "none";
}

const TO_16 = "large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge";
/**
 * Families of DocumentDB 5.0, each with its sizes.
 * https://docs.aws.amazon.com/documentdb/latest/developerguide/db-instance-classes.html
 */
const DOCUMENT_SIZES: Readonly<Partial<Record<string, string>>> = {
  ...{ t3: "medium", t4g: "medium", r5: `${TO_16} 24xlarge`, r6g: TO_16, r6gd: TO_16, r8g: TO_16 },
};

/** Whether DocumentDB has a class (`db.t4g.medium`). */
export function isDocumentClass(text: string): boolean {
  const [prefix, family = "", size = "", ...more] = text.split(".");
  const sizes = Object.hasOwn(DOCUMENT_SIZES, family) ? DOCUMENT_SIZES[family] : undefined;
  return prefix === "db" && more.length === 0 && sizes?.split(" ").includes(size) === true;
}

/** Whether ElastiCache has a node type (`cache.t3.micro`), in some region. */
export function isCacheNodeType(text: string): boolean {
  return text.startsWith("cache.") && classOffer("cache", text.slice("cache.".length)) !== "none";
}

/** Whether OpenSearch Service has an instance type (`m7g.medium.search`), in some region. */
export function isSearchType(text: string): boolean {
  return text.endsWith(".search") && classOffer("search", text.slice(0, -".search".length)) !== "none";
}

/** Whether OpenSearch Service has a version (`2.19`). */
export function isSearchVersion(text: string): boolean {
  return text.includes(".") && versionOffer("openSearch", text) !== "none";
}

/** What OpenSearch Service offers, in words. */
export const SEARCH_TYPES = "an instance type that OpenSearch Service has for data nodes, such as m7g.medium.search";
/** Versions that OpenSearch Service offers, in words. */
export const SEARCH_VERSIONS = `a version that OpenSearch Service has: ${versionsInWords("openSearch")}`;

/** What RDS offers, in words. */
export const DATABASE_CLASSES = "a class that RDS has for PostgreSQL, such as db.t3.micro or db.m7g.large";
/** What DocumentDB offers, in words. */
export const DOCUMENT_CLASSES = "a class that DocumentDB has, such as db.t4g.medium or db.r6g.large";
/** What ElastiCache offers, in words. */
export const CACHE_NODE_TYPES = "a node type that ElastiCache has, such as cache.t3.micro or cache.m7g.large";

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
