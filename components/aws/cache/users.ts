// The users that ElastiCache wants beside the services. Pure.

/**
 * Users and their group are of engine redis whatever the cache is: a cache of engine valkey takes such groups too, so that the
 * change from Redis to Valkey touches no user; and a group of engine valkey refuses a `default` user without a password.
 * https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Clusters.RBAC.html
 */
export const USER_ENGINE = "redis";
/**
 * ElastiCache requires the `default` user in every user group. This one can neither sign in nor do anything, so a connection without a user
 * name is refused.
 */
export const DEFAULT_USER_ACCESS = "off -@all";
