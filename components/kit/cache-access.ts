// Who may do what in a cache: the same rules on ElastiCache and on Valkey in a cluster. Pure.

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
