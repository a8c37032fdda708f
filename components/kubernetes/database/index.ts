export type { BackupSettings, DatabaseArgs, DatabaseOutputs, DatabaseTransforms } from "./args";
export { Database } from "./database";
