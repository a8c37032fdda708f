// Who may do what in a cache: the same rules on ElastiCache and on Valkey in a cluster. Pure.
import { lowerCaseProblems } from "./names";
import { type Problem, unless } from "./problems";

/** What the keys of a service begin with. */
export function cacheKeyPrefix(service: string): string {
  return `${service}:`;
}

/**
 * What a service may do: read and write its own keys, use its own channels, sign in, and run transactions and scripts
 * (which are held to the same keys). Not: what looks at or changes the whole server, and what lists the keys of others,
 * for which Redis checks no key pattern. Rules apply from left to right.
 */
export function cacheAccess(service: string): string {
  const prefix = cacheKeyPrefix(service);
  const commands = "-@all +@read +@write +@connection +@transaction +@pubsub -@dangerous -@admin -@scripting";
  return `on ~${prefix}* resetchannels &${prefix}* ${commands} +eval +evalsha -scan -randomkey -dbsize -pubsub`;
}

/** The user that every cache has. It is switched off. */
export const DEFAULT_CACHE_USER = "default";

/** Users and access of a cache, as its arguments have them. */
export interface CacheUsers {
  readonly users: readonly string[];
  /** By user: the service whose keys it uses. */
  readonly sharing?: Readonly<Record<string, string>>;
}

/**
 * Problems of the users of a cache and of what they share.
 *
 * @param most characters of a user's name
 * @param mostShared characters of the name of a service whose keys a user shares
 */
export function cacheUserProblems({ users, sharing = {} }: CacheUsers, most: number, mostShared = Infinity): Problem[] {
  return [
    ...users.flatMap((user, index) => userProblems(users, user, index, most)),
    ...Object.entries(sharing).flatMap(([user, whose]) => [
      ...unless(users.includes(user), {
        path: `sharing.${user}`,
        value: user,
        allowed: users.join(", "),
        remedy: "name it in users, or remove it",
      }),
      ...lowerCaseProblems(`sharing.${user}`, whose, "name the service whose keys it uses", mostShared),
    ]),
  ];
}

function userProblems(users: readonly string[], user: string, index: number, most: number): Problem[] {
  const path = `users[${index}]`;
  return [
    ...lowerCaseProblems(path, user, "give the service a shorter or plainer name", most),
    ...unless(user !== DEFAULT_CACHE_USER, {
      path,
      value: user,
      allowed: `a name other than "${DEFAULT_CACHE_USER}", which every cache has and switches off`,
      remedy: "give the service another name",
    }),
    ...unless(users.indexOf(user) === index, {
      path,
      value: user,
      allowed: "each service once",
      remedy: "remove the repetition",
    }),
  ];
}

/** The problem of a grant for a user that the cache does not have. */
export function unknownCacheUser(user: string, users: readonly string[]): Problem {
  const allowed = users.length === 0 ? "none: the cache has no users" : `one of ${users.join(", ")}`;
  return { path: "user", value: user, allowed, remedy: "name the service in the cache's users" };
}
