// A connection to the cache. Its password is a signed request that is good for fifteen minutes, so each new connection has a new one.
import { createHash, createHmac } from "node:crypto";
import { defaultProvider } from "@aws-sdk/credential-provider-node";
import { SignatureV4 } from "@smithy/signature-v4";
import { Redis, type RedisOptions } from "ioredis";

/** Where the cache is; each is an environment variable that the cache's grant sets. */
export interface CacheAddress {
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly replicationGroup: string;
  readonly prefix: string;
  readonly tls: boolean;
}

/**
 * Reads the variables.
 *
 * @throws Error that names every variable that is missing
 */
export function addressFrom(environment: Readonly<Record<string, string | undefined>>): CacheAddress {
  const names = ["HOST", "PORT", "USERNAME", "REPLICATION_GROUP", "KEY_PREFIX", "TLS"].map((name) => `REDIS_${name}`);
  const missing = names.filter((name) => environment[name] === undefined);
  if (missing.length > 0) throw new Error(`missing environment variables: ${missing.join(", ")}`);
  const [host = "", port = "", username = "", replicationGroup = "", prefix = "", tls] = names.map(
    (n) => environment[n],
  );
  return { host, port: Number(port), username, replicationGroup, prefix, tls: tls === "true" };
}

/** Credentials of the function's role. */
type Credentials = ConstructorParameters<typeof SignatureV4>[0]["credentials"];

/**
 * The password of a user that signs in by IAM.
 * https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth-iam.html
 */
export async function tokenOf(
  { username, replicationGroup }: Pick<CacheAddress, "username" | "replicationGroup">,
  region: string,
  credentials: Credentials,
  now = new Date(),
): Promise<string> {
  const signer = new SignatureV4({ service: "elasticache", region, credentials, sha256: Sha256 });
  const request = {
    ...{ method: "GET", protocol: "http:", hostname: replicationGroup, path: "/" },
    headers: { host: replicationGroup },
    query: { Action: "connect", User: username },
  };
  const { query = {} } = await signer.presign(request, { expiresIn: 900, signingDate: now });
  const parameters = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`);
  return `${replicationGroup}/?${parameters.join("&")}`;
}

/** Opens a connection; a call that the cache does not answer fails, so that Lambda gives its records again. */
export async function connect(address: CacheAddress, region: string): Promise<Redis> {
  const { host, port, username, tls } = address;
  const options: RedisOptions = {
    ...{ host, port, username, lazyConnect: true, connectTimeout: 5000, commandTimeout: 5000, maxRetriesPerRequest: 1 },
    password: await tokenOf(address, region, defaultProvider()),
    ...(tls && { tls: {} }),
    // The check asks for INFO, which no user of the cache may.
    enableReadyCheck: false,
    // A new connection needs a new token: the caller opens it.
    retryStrategy: () => null,
  };
  const redis = new Redis(options);
  await redis.connect();
  return redis;
}

/** SHA-256 as the signer wants it: plain, or keyed. */
class Sha256 {
  private readonly hash: { update(data: Uint8Array): unknown; digest(): Uint8Array };

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.hash = secret === undefined ? createHash("sha256") : createHmac("sha256", bytesOf(secret));
  }

  update(data: string | ArrayBuffer | ArrayBufferView): void {
    this.hash.update(bytesOf(data));
  }

  digest(): Promise<Uint8Array> {
    return Promise.resolve(new Uint8Array(this.hash.digest()));
  }

  reset(): void {
    throw new Error("a hash of the signer is used once");
  }
}

function bytesOf(data: string | ArrayBuffer | ArrayBufferView): Uint8Array {
  if (typeof data === "string") return Buffer.from(data, "utf8");
  return ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data);
}
