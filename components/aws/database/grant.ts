// The edge between a service and its database. Pure.
import * as pulumi from "@pulumi/pulumi";
import type { Grant, Placement } from "../../kit";
import { useKeyThrough } from "../kit";
import type { DatabaseOutputs } from "./args";
import { PORT } from "./parameters";

/** The database user that services sign in as (see the README). */
export const SERVICE_USER = "app";

/** The database user that only reads rows. */
export const READER_USER = "app_reader";

/** A database without its grants. */
export type GrantedDatabase = Omit<DatabaseOutputs, "grantConnect" | "grantMigrate" | "grantRead">;

/**
 * The right to connect as {@link SERVICE_USER} with a token instead of a password.
 *
 * @param replicaId identifier of the replica that takes reads; undefined: none, or the cluster's own
 * @param readers whether the workload is given the address for reads
 */
export function connectGrant(
  name: string,
  placement: Placement,
  database: GrantedDatabase,
  readers: { readonly isGiven: boolean; readonly replicaId?: pulumi.Input<string> } = { isGiven: false },
): Grant {
  const ids = [database.resourceId, ...(readers.replicaId === undefined ? [] : [readers.replicaId])];
  const [only = "", ...more] = ids.map((id) => userArn(placement, id, SERVICE_USER));
  return {
    statements: [{ Action: "rds-db:connect", Resource: more.length === 0 ? only : [only, ...more] }],
    environment: {
      ...addressOf(database),
      DB_USERNAME: SERVICE_USER,
      ...(readers.isGiven && { DB_READER_HOST: database.readerEndpoint }),
    },
    reaches: [{ to: name, securityGroupId: database.securityGroupId, port: PORT }],
  };
}

/** The right to connect as {@link READER_USER}, to the server with this identifier. */
export function readGrant(
  name: string,
  placement: Placement,
  database: GrantedDatabase,
  readerId: pulumi.Input<string>,
  prefix = "DB_",
): Grant {
  return {
    statements: [{ Action: "rds-db:connect", Resource: userArn(placement, readerId, READER_USER) }],
    environment: {
      [`${prefix}HOST`]: database.readerEndpoint,
      [`${prefix}PORT`]: String(PORT),
      [`${prefix}NAME`]: database.databaseName,
      [`${prefix}USERNAME`]: READER_USER,
    },
    reaches: [{ to: name, securityGroupId: database.securityGroupId, port: PORT }],
  };
}

function userArn({ partition, region, accountId }: Placement, id: pulumi.Input<string>, user: string) {
  return pulumi.interpolate`arn:${partition}:rds-db:${region}:${accountId}:dbuser:${id}/${user}`;
}

/**
 * The right to read the master user's secret, for a migration; the key answers through Secrets Manager only. No service may have
 * it: the master user can do everything, and its password works without IAM.
 */
export function migrateGrant(name: string, placement: Placement, database: GrantedDatabase): Grant {
  return {
    statements: [
      { Action: "secretsmanager:GetSecretValue", Resource: database.secretArn },
      useKeyThrough("secretsmanager", placement, database.keyArn, "kms:Decrypt"),
    ],
    environment: { ...addressOf(database), DB_SECRET_ARN: database.secretArn },
    reaches: [{ to: name, securityGroupId: database.securityGroupId, port: PORT }],
  };
}

function addressOf({ endpoint, databaseName }: GrantedDatabase) {
  return { DB_HOST: endpoint, DB_PORT: String(PORT), DB_NAME: databaseName };
}
