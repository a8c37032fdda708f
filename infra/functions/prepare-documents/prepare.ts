// Makes the user that a service signs in as. Each run leads to the same end.
// Commands: https://docs.aws.amazon.com/documentdb/latest/developerguide/iam-identity-auth.html

/** Runs a command in a database; throws what the server refuses. */
export type Run = (database: string, command: Readonly<Record<string, unknown>>) => Promise<unknown>;

/** What a run does. */
export interface Outcome {
  readonly user: "made" | "changed" | "unchanged";
}

/** Users that sign in with IAM are users of this database. */
const EXTERNAL = "$external";
/** Reads and writes documents, and makes collections and indexes; no users, and no other database. */
const ROLE = "readWrite";

/**
 * @param roleArn the user's name: who signs in as this role is this user
 * @throws Error when the server refuses a command
 */
export async function prepare(
  run: Run,
  { database, roleArn }: { readonly database: string; readonly roleArn: string },
): Promise<Outcome> {
  const roles = [{ role: ROLE, db: database }];
  const { users = [] } = (await run(EXTERNAL, { usersInfo: { user: roleArn, db: EXTERNAL } })) as {
    readonly users?: readonly { readonly roles?: readonly { readonly role: string; readonly db: string }[] }[];
  };
  const [user] = users;
  if (user === undefined) {
    await run(EXTERNAL, { createUser: roleArn, mechanisms: ["MONGODB-AWS"], roles });
    return { user: "made" };
  }
  const [only, ...more] = user.roles ?? [];
  if (more.length === 0 && only?.role === ROLE && only.db === database) return { user: "unchanged" };
  await run(EXTERNAL, { updateUser: roleArn, roles });
  return { user: "changed" };
}

/** Names and codes of errors of the driver that may go away by themselves: no server answers yet, or the password was rotated after it was read. */
const PASSING: ReadonlySet<unknown> = new Set(["MongoServerSelectionError", "MongoNetworkError", 18]);

/** An error that may go away, under the code by which `patiently` recognizes one; any other error as it is. */
export function asConnectionError(error: unknown): unknown {
  const { code, name } = (error ?? {}) as { readonly code?: unknown; readonly name?: unknown };
  if (!PASSING.has(code) && !PASSING.has(name)) return error;
  return Object.assign(new Error("no connection to the document database", { cause: error }), { code: "ECONNREFUSED" });
}
