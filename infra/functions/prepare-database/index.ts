// `up` calls `handler` before the services of a new database start, and again when the call's input or the database changes. An error is
// thrown, so that `up` stops before a service starts that could not sign in.
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { Client } from "pg";
import { type Connect, type Outcome, prepare, readRequest } from "./prepare";
import { patiently } from "./patiently";

const secrets = new SecretsManagerClient({});

/**
 * @param event `{ "databases": ["reporting"], "reader": true }`
 * @throws Error with every variable that is missing, or with the first statement that PostgreSQL refuses
 */
export async function handler(event: unknown): Promise<Outcome> {
  const { DB_HOST = "", DB_PORT = "", DB_NAME = "", DB_SECRET_ARN = "" } = process.env;
  const missing = Object.entries({ DB_HOST, DB_PORT, DB_NAME, DB_SECRET_ARN }).flatMap(([name, value]) =>
    value === "" ? [name] : [],
  );
  if (missing.length > 0) throw new Error(`missing environment variables: ${missing.join(", ")}`);
  const connect: Connect = (database) =>
    patiently(async () => {
      // Read at each attempt: RDS may rotate the password between two of them.
      const { user, password } = await masterUser(DB_SECRET_ARN);
      const client = new Client({
        ...{ host: DB_HOST, port: Number(DB_PORT), database, user, password },
        // The authority of RDS is among the runtime's own (NODE_EXTRA_CA_CERTS).
        ssl: { rejectUnauthorized: true },
        connectionTimeoutMillis: 10_000,
        statement_timeout: 30_000,
        application_name: "prepare-database",
      });
      await client.connect();
      return client;
    });
  return await prepare(connect, DB_NAME, readRequest(event));
}

async function masterUser(secretArn: string): Promise<{ user: string; password: string }> {
  const { SecretString = "" } = await secrets.send(new GetSecretValueCommand({ SecretId: secretArn }));
  const { username, password } = JSON.parse(SecretString) as Readonly<Record<string, unknown>>;
  if (typeof username !== "string" || typeof password !== "string")
    throw new Error("the master user's secret has no username and password");
  return { user: username, password };
}
