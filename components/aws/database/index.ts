export type {
  DatabaseArgs,
  DatabaseNetwork,
  DatabaseTransform,
  PostgresDatabaseArgs,
  ServerlessDatabaseArgs,
} from "./args";
export { PostgresDatabase } from "./postgres-database";
export { ServerlessDatabase } from "./serverless-database";
