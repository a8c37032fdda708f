// The roles of a database, in SQL. Pure.

/** The database user that services are; the same as on AWS. */
export const SERVICE_USER = "app";
/** Roles of PostgreSQL and CloudNativePG. */
export const RESERVED_ROLES = [SERVICE_USER, "postgres", "streaming_replica", "cnpg_pooler_pgbouncer"] as const;

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/**
 * What the superuser runs once in the new database: the service reads and writes rows of the tables that migrations create, and changes no
 * schema; nobody else may connect. The password of the service's role comes later, from its Secret.
 */
export function rolesSql(databaseName: string, ownerName: string): readonly string[] {
  const [database, owner, service] = [databaseName, ownerName, SERVICE_USER].map(quoted);
  const defaults = `ALTER DEFAULT PRIVILEGES FOR ROLE ${owner} IN SCHEMA public`;
  return [
    `CREATE ROLE ${service} LOGIN`,
    `REVOKE ALL ON DATABASE ${database} FROM PUBLIC`,
    `GRANT CONNECT ON DATABASE ${database} TO ${service}`,
    // PostgreSQL 14 lets everybody create tables there.
    `ALTER SCHEMA public OWNER TO ${owner}`,
    "REVOKE ALL ON SCHEMA public FROM PUBLIC",
    `GRANT USAGE ON SCHEMA public TO ${service}`,
    `${defaults} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO ${service}`,
    `${defaults} GRANT USAGE, SELECT ON SEQUENCES TO ${service}`,
  ];
}
