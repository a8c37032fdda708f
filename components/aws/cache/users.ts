// Who may do what in the cache. Pure.

/** Every cache has this user; it is switched off, so that nobody comes in without a name. */
export const DEFAULT_USER = "default";
/**
 * Users and their group are of engine redis whatever the cache is: a cache of engine valkey takes such groups too, so that the
 * change from Redis to Valkey touches no user; and a group of engine valkey refuses a `default` user without a password.
 * https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Clusters.RBAC.html
 */
export const USER_ENGINE = "redis";
/** ElastiCache demands the `default` user of every group; this one can neither sign in nor do anything. */
export const DEFAULT_USER_ACCESS = "off -@all";

/** What the keys of a service begin with. */
export function keyPrefix(service: string): string {
  return `${service}:`;
}

/**
 * What a service may do: read and write its own keys, use its own channels, sign in, and run transactions and scripts
 * (which are held to the same keys). Not: what looks at or changes the whole server, and what lists the keys of others,
 * for which Redis checks no key pattern. Rules apply from left to right.
 */
export function serviceAccess(service: string): string {
  const prefix = keyPrefix(service);
  const commands = "-@all +@read +@write +@connection +@transaction +@pubsub -@dangerous -@admin -@scripting";
  return `on ~${prefix}* resetchannels &${prefix}* ${commands} +eval +evalsha -scan -randomkey -dbsize -pubsub`;
}
