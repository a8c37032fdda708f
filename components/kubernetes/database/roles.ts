// The roles of a database, in SQL. Pure.

/** The database user that services are; the same as on AWS. */
export const SERVICE_USER = "app";
/** Roles of PostgreSQL and CloudNativePG. */
export const RESERVED_ROLES = [SERVICE_USER, "postgres", "streaming_replica", "cnpg_pooler_pgbouncer"] as const;

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/**
 * SQL that the superuser runs once in the new database. The service's role reads and writes rows of the tables that migrations create, and
 * can't change the schema. No other role may connect. The role gets its password later, from its Secret.
 */
export function rolesSql(databaseName: string, ownerName: string): readonly string[] {
  const [database, owner, service] = [databaseName, ownerName, SERVICE_USER].map(quoted);
  const defaults = `ALTER DEFAULT PRIVILEGES FOR ROLE ${owner} IN SCHEMA public`;
  return [
    `CREATE ROLE ${service} LOGIN`,
    `REVOKE ALL ON DATABASE ${database} FROM PUBLIC`,
    `GRANT CONNECT ON DATABASE ${database} TO ${service}`,
    // In PostgreSQL 14 every role may create tables in the schema public.
    `ALTER SCHEMA public OWNER TO ${owner}`,
    "REVOKE ALL ON SCHEMA public FROM PUBLIC",
    `GRANT USAGE ON SCHEMA public TO ${service}`,
    `${defaults} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO ${service}`,
    `${defaults} GRANT USAGE, SELECT ON SEQUENCES TO ${service}`,
  ];
}
