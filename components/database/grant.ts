// The edge between a service and its database. Pure.
import * as pulumi from "@pulumi/pulumi";
import { type Grant, type Placement, useKeyThrough } from "../base";
import type { DatabaseOutputs } from "./args";
import { PORT } from "./parameters";

/** The database user that services are; the first migration creates it (see the README). */
export const SERVICE_USER = "app";

/**
 * Rights to connect as {@link SERVICE_USER} with a token instead of a password, and to read the master secret, which the
 * first migration needs; the key answers through Secrets Manager only.
 */
export function connectGrant(
  name: string,
  placement: Placement,
  database: Omit<DatabaseOutputs, "grantConnect">,
): Grant {
  const { partition, region, accountId } = placement;
  const user = pulumi.interpolate`arn:${partition}:rds-db:${region}:${accountId}:dbuser:${database.resourceId}/${SERVICE_USER}`;
  return {
    statements: [
      { Action: "rds-db:connect", Resource: user },
      { Action: ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"], Resource: database.secretArn },
      useKeyThrough("secretsmanager", placement, database.keyArn, "kms:Decrypt"),
    ],
    environment: {
      DB_HOST: database.endpoint,
      DB_PORT: String(PORT),
      DB_NAME: database.databaseName,
      DB_USERNAME: SERVICE_USER,
      DB_SECRET_ARN: database.secretArn,
    },
    connections: [{ name, securityGroupId: database.securityGroupId, port: PORT }],
  };
}

/** ARN of the secret that RDS made for the master user. */
export function managedSecretArn(
  secrets: pulumi.Output<readonly { readonly secretArn: string }[]>,
): pulumi.Output<string> {
  return secrets.apply(([secret]) => {
    if (!secret) throw new Error("RDS reports no secret for the master user: leave manageMasterUserPassword on");
    return secret.secretArn;
  });
}
