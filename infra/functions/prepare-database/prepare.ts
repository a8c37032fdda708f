// Makes the users that services sign in as, their rights, and the databases beside the first. Each run leads to the same end, also after one
// that broke off and beside one that runs at the same time.
import { type ClientBase, escapeIdentifier as quoted } from "pg";

/** The user that reads and writes rows. */
export const SERVICE_USER = "app";
/** The user that reads rows. */
export const READER_USER = "app_reader";

/** What a run makes. */
export interface Request {
  /** Databases beside the first. */
  readonly databases: readonly string[];
  /** Whether {@link READER_USER} exists. */
  readonly reader: boolean;
}

/** What a run has made; empty when everything was there. */
export interface Outcome {
  readonly users: readonly string[];
  readonly databases: readonly string[];
}

/** Opens a connection to a database as the master user. */
export type Connect = (database: string) => Promise<ClientBase & { end(): Promise<void> }>;

/** Any number, the same in every run: who holds this lock of the first database changes the server. */
const LOCK = 4_201_507_611;
const WRITE = "SELECT, INSERT, UPDATE, DELETE";

/** @throws Error when the event is no request */
export function readRequest(event: unknown): Request {
  const { databases = [], reader = false } = (event ?? {}) as {
    readonly databases?: unknown;
    readonly reader?: unknown;
  };
  const named =
    Array.isArray(databases) && databases.every((each): each is string => typeof each === "string" && each !== "");
  if (!named || typeof reader !== "boolean")
    throw new Error('the event must be { "databases": [names], "reader": true or false }');
  return { databases, reader };
}

/**
 * Prepares a server.
 *
 * @param first the database in which the lock is held, and which services use
 * @throws Error when a user of a service exists with rights that the master user can't take away, or PostgreSQL refuses a statement
 */
export async function prepare(connect: Connect, first: string, { databases, reader }: Request): Promise<Outcome> {
  const users = reader ? [SERVICE_USER, READER_USER] : [SERVICE_USER];
  const client = await connect(first);
  try {
    await client.query("SELECT pg_advisory_lock($1)", [LOCK]);
    const madeUsers = await inTransaction(client, () => makeUsers(client, users));
    const madeDatabases = await makeDatabases(client, databases);
    await inTransaction(client, () => grant(client, first, reader));
    for (const database of databases) await grantIn(connect, database, reader);
    return { users: madeUsers, databases: madeDatabases };
  } finally {
    // Ends the lock, too.
    await client.end();
  }
}

async function grantIn(connect: Connect, database: string, reader: boolean): Promise<void> {
  const client = await connect(database);
  try {
    await inTransaction(client, () => grant(client, database, reader));
  } finally {
    await client.end();
  }
}

async function inTransaction<T>(client: ClientBase, action: () => Promise<T>): Promise<T> {
  await client.query("BEGIN");
  try {
    const result = await action();
    await client.query("COMMIT");
    return result;
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  }
}

/** Users that sign in with an IAM token only, without any right over the server. Returns those that were not there. */
async function makeUsers(client: ClientBase, users: readonly string[]): Promise<string[]> {
  const made: string[] = [];
  for (const user of users) {
    const { rows } = await client.query<Rights>(RIGHTS, [user]);
    const [rights] = rows;
    if (rights === undefined) {
      made.push(user);
      await client.query(`CREATE ROLE ${quoted(user)} LOGIN`);
    } else await takeAway(client, user, rights);
    // Without a password there is no other way in than an IAM token.
    await client.query(`GRANT rds_iam TO ${quoted(user)}`);
  }
  return made;
}

interface Rights {
  readonly beyond: readonly string[];
  readonly memberships: readonly string[];
}

// The last column: roles that come with PostgreSQL or RDS, and whoever owns the database. A team's own roles stay.
const RIGHTS = `
  SELECT array_remove(ARRAY[CASE WHEN r.rolsuper THEN 'SUPERUSER' END, CASE WHEN r.rolreplication THEN 'REPLICATION' END,
           CASE WHEN r.rolbypassrls THEN 'BYPASSRLS' END], NULL) AS beyond,
         ARRAY(SELECT g.rolname::text FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid
               WHERE m.member = r.oid AND g.rolname <> 'rds_iam'
               AND (g.rolname ~ '^(rds|pg)_' OR g.rolname = current_user OR g.rolsuper OR g.rolcreaterole)) AS memberships
  FROM pg_roles r WHERE r.rolname = $1`;

/** Takes rights over the server from a user that is there already. */
async function takeAway(client: ClientBase, user: string, { beyond, memberships }: Rights): Promise<void> {
  // Only a superuser can take these away, and RDS has none for its customers.
  if (beyond.length > 0)
    throw new Error(
      `the user ${user} exists with ${beyond.join(", ")}: drop it, or rename it (ALTER ROLE … RENAME TO …), and run this again`,
    );
  await client.query(`ALTER ROLE ${quoted(user)} LOGIN NOCREATEDB NOCREATEROLE PASSWORD NULL`);
  for (const role of memberships) await client.query(`REVOKE ${quoted(role)} FROM ${quoted(user)}`);
  // From PostgreSQL 16 on, REVOKE only warns of a membership that another user granted (https://www.postgresql.org/docs/16/sql-revoke.html).
  const [left] = (await client.query<Rights>(RIGHTS, [user])).rows;
  if (left !== undefined && left.memberships.length > 0)
    throw new Error(
      `the user ${user} stays a member of ${left.memberships.join(", ")}: revoke it as the user who granted it, and run this again`,
    );
}

/** CREATE DATABASE runs in no transaction: one that broke off is found by the next run. Returns those that were not there. */
async function makeDatabases(client: ClientBase, databases: readonly string[]): Promise<string[]> {
  const { rows } = await client.query<{ datname: string }>("SELECT datname FROM pg_database");
  const known = new Set(rows.map(({ datname }) => datname));
  const missing = [...new Set(databases)].filter((database) => !known.has(database));
  // template0: nobody can be connected to it, which would stop the copy.
  for (const database of missing) await client.query(`CREATE DATABASE ${quoted(database)} TEMPLATE template0`);
  return missing;
}

/** Rights in one database, on what is there and on what later migrations of this user create. */
async function grant(client: ClientBase, database: string, reader: boolean): Promise<void> {
  const [app, all] = [quoted(SERVICE_USER), reader ? `${SERVICE_USER}, ${READER_USER}` : SERVICE_USER];
  await run(client, [
    `REVOKE ALL ON DATABASE ${quoted(database)} FROM PUBLIC`,
    `REVOKE CREATE, TEMPORARY ON DATABASE ${quoted(database)} FROM ${all}`,
    `GRANT CONNECT ON DATABASE ${quoted(database)} TO ${all}`,
    `GRANT TEMPORARY ON DATABASE ${quoted(database)} TO ${app}`,
    "REVOKE ALL ON SCHEMA public FROM PUBLIC",
    `REVOKE CREATE ON SCHEMA public FROM ${all}`,
    `GRANT USAGE ON SCHEMA public TO ${all}`,
    `ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT ${WRITE} ON TABLES TO ${app}`,
    `ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO ${app}`,
    ...(reader ? [`ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO ${READER_USER}`] : []),
  ]);
  // Tables of the master user only: an extension's belong to RDS, and "ALL TABLES" fails where one does.
  const { rows } = await client.query<{ name: string; kind: string }>(
    `SELECT c.relname AS name, c.relkind AS kind FROM pg_class c JOIN pg_roles o ON o.oid = c.relowner
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND o.rolname = current_user`,
  );
  await run(
    client,
    rows.flatMap(({ name, kind }) =>
      kind === "S"
        ? [`GRANT USAGE, SELECT ON SEQUENCE public.${quoted(name)} TO ${app}`]
        : [
            `GRANT ${WRITE} ON public.${quoted(name)} TO ${app}`,
            ...(reader ? [`GRANT SELECT ON public.${quoted(name)} TO ${READER_USER}`] : []),
          ],
    ),
  );
}

async function run(client: ClientBase, statements: readonly string[]): Promise<void> {
  for (const statement of statements) await client.query(statement);
}
