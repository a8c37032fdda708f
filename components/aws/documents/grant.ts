// The edge between a service and its document database. Pure.
import type { Grant } from "../../kit";
import type { DocumentDatabaseOutputs } from "./args";

export const PORT = 27_017;

/** The outputs that a grant is made from. */
type Granted = Pick<
  DocumentDatabaseOutputs,
  "endpoint" | "databaseName" | "securityGroupId" | "accessRoleArn" | "secretArn"
>;

export function connectGrant(name: string, database: Granted): Grant {
  return {
    statements: [{ Action: "sts:AssumeRole", Resource: database.accessRoleArn }],
    environment: environmentOf(database),
    reaches: reachesOf(name, database),
  };
}

/** The secret has the key `aws/secretsmanager`, which needs no grant: the provider's resource takes no other. */
export function prepareGrant(name: string, database: Granted): Grant {
  return {
    statements: [{ Action: "secretsmanager:GetSecretValue", Resource: database.secretArn }],
    environment: { ...environmentOf(database), DOCUMENTS_SECRET_ARN: database.secretArn },
    reaches: reachesOf(name, database),
  };
}

function environmentOf({ endpoint, databaseName, accessRoleArn }: Granted) {
  return {
    DOCUMENTS_HOST: endpoint,
    DOCUMENTS_PORT: String(PORT),
    DOCUMENTS_NAME: databaseName,
    DOCUMENTS_ROLE_ARN: accessRoleArn,
  };
}

function reachesOf(to: string, { securityGroupId }: Granted): NonNullable<Grant["reaches"]> {
  return [{ to, securityGroupId, port: PORT }];
}
