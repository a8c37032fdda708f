export type { CacheArgs, CacheOutputs, CacheTransforms } from "./args";
export { Cache } from "./cache";
