// Waits for what a new database needs a moment for: rights of a new role, and a server that begins to listen.

/** Names and codes of errors that may go away by themselves. */
const PASSING: ReadonlySet<string> = new Set([
  // A role's policy counts some seconds after it is attached
  // (https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html#troubleshoot_general_eventual-consistency).
  "AccessDeniedException",
  ...["ECONNREFUSED", "ECONNRESET", "ENOTFOUND", "EAI_AGAIN", "ETIMEDOUT"],
  // PostgreSQL starts, stops, or has no connection free (https://www.postgresql.org/docs/16/errcodes-appendix.html).
  ...["57P03", "57P01", "53300"],
  // The password was rotated after it was read.
  "28P01",
]);

/**
 * Tries again after one, two, four … seconds while the error may go away.
 *
 * @param attempts at most
 * @throws the error of the last attempt, or the first that stays
 */
export async function patiently<T>(
  action: () => Promise<T>,
  attempts = 6,
  wait: (seconds: number) => Promise<void> = sleep,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await action();
    } catch (error) {
      if (attempt >= attempts || !isPassing(error)) throw error;
      await wait(2 ** (attempt - 1));
    }
  }
}

function isPassing(error: unknown): boolean {
  const { code, name } = (error ?? {}) as { readonly code?: unknown; readonly name?: unknown };
  return [code, name].some((each) => typeof each === "string" && PASSING.has(each));
}

function sleep(seconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, seconds * 1000));
}
