export type { ObjectStoreArgs } from "./args";
export { ObjectStore } from "./object-store";
