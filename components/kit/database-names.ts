// Names of databases and users that PostgreSQL and RDS keep for themselves. Pure: components and the model check by the same list.

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
