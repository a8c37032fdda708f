export type { DocumentDatabaseArgs, DocumentDatabaseOutputs } from "./args";
export { DocumentDatabase } from "./document-database";
