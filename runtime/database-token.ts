// The password of a database that is signed in to by IAM: a token, which is made in the process and counts for fifteen minutes.

/** What makes tokens: `Signer` of `@aws-sdk/rds-signer`. */
export interface TokenSigner {
  getAuthToken(): Promise<string>;
}

/** RDS takes a token for fifteen minutes (https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.html). */
const VALID = 15 * 60_000;
/** A connection that takes a while to be made must still find the token valid. */
const RENEWED_BEFORE = 5 * 60_000;

/**
 * A password function for `pg`: each new connection gets a token that is valid for five minutes at least. Connections that begin together
 * share one token; a token that could not be made is asked for again by the next connection. Open connections need no new one.
 *
 * @example
 * const { DB_HOST, DB_PORT, DB_NAME, DB_USERNAME } = process.env;
 * const signer = new Signer({ hostname: DB_HOST, port: Number(DB_PORT), username: DB_USERNAME });
 * const pool = new Pool({ host: DB_HOST, user: DB_USERNAME, database: DB_NAME, ssl: true, password: databaseToken(signer) });
 *
 * @param now milliseconds since 1970; default `Date.now`
 */
export function databaseToken(signer: TokenSigner, now: () => number = Date.now): () => Promise<string> {
  let token: Promise<string> | undefined;
  let until = 0;
  return () => {
    if (token !== undefined && now() < until) return token;
    const made = signer.getAuthToken();
    [token, until] = [made, now() + VALID - RENEWED_BEFORE];
    made.catch(() => {
      if (token === made) token = undefined;
    });
    return made;
  };
}
