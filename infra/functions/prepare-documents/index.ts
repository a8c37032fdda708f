// `up` calls `handler` before the services of a new document database start, and again when the cluster, the role or the code changes. An
// error is thrown, so that `up` stops before a service starts that could not sign in.
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { MongoClient } from "mongodb";
import { patiently } from "../prepare-database/patiently";
import { asConnectionError, type Outcome, prepare } from "./prepare";

const secrets = new SecretsManagerClient({});

/** @throws Error with every variable that is missing, or with the first command that DocumentDB refuses */
export async function handler(): Promise<Outcome> {
  const variables = [
    "DOCUMENTS_HOST",
    "DOCUMENTS_PORT",
    "DOCUMENTS_NAME",
    "DOCUMENTS_ROLE_ARN",
    "DOCUMENTS_SECRET_ARN",
  ];
  const missing = variables.filter((name) => (process.env[name] ?? "") === "");
  if (missing.length > 0) throw new Error(`missing environment variables: ${missing.join(", ")}`);
  const [host = "", port = "", database = "", roleArn = "", secretArn = ""] = variables.map(
    (name) => process.env[name],
  );
  const client = await patiently(async () => {
    // Read at each attempt: DocumentDB may rotate the password between two of them.
    const opened = new MongoClient(`mongodb://${host}:${port}`, {
      auth: await primaryUser(secretArn),
      authSource: "admin",
      // The authority of RDS, which signs DocumentDB's certificates too, is among the runtime's own (NODE_EXTRA_CA_CERTS).
      tls: true,
      // The cluster's endpoint is the instance that takes writes.
      directConnection: true,
      // DocumentDB has none (https://docs.aws.amazon.com/documentdb/latest/developerguide/functional-differences.html).
      retryWrites: false,
      serverSelectionTimeoutMS: 10_000,
      appName: "prepare-documents",
    });
    try {
      return await opened.connect();
    } catch (error) {
      await opened.close();
      throw asConnectionError(error);
    }
  });
  try {
    return await prepare((at, command) => client.db(at).command(command), { database, roleArn });
  } finally {
    await client.close();
  }
}

async function primaryUser(secretArn: string): Promise<{ username: string; password: string }> {
  const { SecretString = "" } = await secrets.send(new GetSecretValueCommand({ SecretId: secretArn }));
  const { username, password } = JSON.parse(SecretString) as Readonly<Record<string, unknown>>;
  if (typeof username !== "string" || typeof password !== "string")
    throw new Error("the primary user's secret has no username and password");
  return { username, password };
}
