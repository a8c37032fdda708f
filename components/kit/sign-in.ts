// Addresses of a Cognito sign-in page and of the pages that it sends people back to. Pure.
import { createHash } from "node:crypto";

/**
 * https, http on localhost, or a scheme of an app, without a fragment
 * (https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPoolClient.html).
 */
const RETURN_URL =
  /^(?:https:\/\/[^\s#*]+|http:\/\/localhost(?::\d{1,5})?(?:\/[^\s#*]*)?|(?!https?:|javascript:|data:)[a-z][a-z0-9+.-]*:\/\/[^\s#*]+)$/;
const LONGEST_URL = 1024;
/** Words that Cognito takes in no prefix (https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-assign-domain-prefix.html). */
const RESERVED = /aws|amazon|cognito/g;

/** Whether Cognito takes a URL as one to send people back to. */
export function isReturnUrl(url: string): boolean {
  return url.length <= LONGEST_URL && RETURN_URL.test(url);
}

/** Whether Cognito takes a label as the prefix of a sign-in page's address. */
export function isDomainPrefix(prefix: string): boolean {
  return /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(prefix) && prefix.search(RESERVED) < 0;
}

/** A prefix of a stack: a region has each once over all accounts, so the digest of the place is part of it. */
export function defaultDomainPrefix(system: string, environment: string, place: string): string {
  const digest = createHash("sha256").update(`${place}/${system}/${environment}`).digest("hex").slice(0, 8);
  // One letter in place of a word: what is left can make no other reserved word.
  const words = `${system}-${environment}`.replace(RESERVED, "x").slice(0, 50).replace(/-+$/, "");
  return `${words}-${digest}`;
}
