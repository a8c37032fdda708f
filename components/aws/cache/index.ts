export type { CacheArgs } from "./args";
export { Cache } from "./cache";
