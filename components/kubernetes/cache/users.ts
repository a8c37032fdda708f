// The file of users: https://valkey.io/topics/acl/. It holds digests of passwords. Pure.
import { createHash } from "node:crypto";
import { cacheAccess } from "../../kit";

/** Users of the cache itself. No service can have such a name: they begin with an underscore. */
export const INTERNAL_USERS = {
  /** Probes, and HAProxy when it looks for the primary. */
  _health: "resetkeys resetchannels -@all +ping +role",
  /** Replicas, at their primary. */
  _replica: "resetkeys resetchannels -@all +ping +psync +replconf",
  /** Sentinels: what https://valkey.io/topics/sentinel/ lists. */
  _sentinel:
    "resetkeys &* -@all +multi +exec +slaveof +ping +subscribe +publish +role +info +config|rewrite +client|setname +client|kill +script|kill",
  /** The node itself, when its certificate was renewed. */
  _reload: "resetkeys resetchannels -@all +ping +config|set",
} as const;
export type InternalUser = keyof typeof INTERNAL_USERS;

const digestOf = (password: string): string => `#${createHash("sha256").update(password).digest("hex")}`;

/**
 * The file of users.
 *
 * @param services passwords by the service's name
 * @param sharing users with the keys and channels of another name
 */
export function userFile(
  services: Readonly<Record<string, string>>,
  internal: Readonly<Record<InternalUser, string>>,
  sharing: Readonly<Record<string, string>> = {},
): string {
  const lines = [
    "user default off -@all",
    ...Object.entries(INTERNAL_USERS).map(
      ([user, access]) => `user ${user} on ${digestOf(internal[user as InternalUser])} ${access}`,
    ),
    ...Object.entries(services).map(
      ([service, password]) =>
        `user ${service} ${cacheAccess(sharing[service] ?? service).replace(/^on /, `on ${digestOf(password)} `)}`,
    ),
  ];
  return `${lines.join("\n")}\n`;
}
