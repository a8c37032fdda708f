// Children of a document database that need no other child.
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { tagged, transformed } from "../../kit";
import { policyDocument } from "../kit";
import type { DocumentDatabaseArgs } from "./args";

/** The component that the children belong to. */
interface Owner {
  readonly parent: pulumi.Resource;
  readonly name: string;
  readonly args: DocumentDatabaseArgs;
}

/** TLS 1.2 or later only. The audit log has sign-ins and changes of collections and users. Documents are the users' data: it has none. */
const PARAMETERS = [
  { name: "tls", value: "tls1.2+" },
  { name: "audit_logs", value: "enabled" },
];

/** Without a policy: to sign in, a role needs no right but its identity. A workload that assumes it has the right by a policy of its own. */
export function createAccessRole({ parent, name, args }: Owner): aws.iam.Role {
  const { placement, tags, transform } = args;
  const account = `arn:${placement.partition}:iam::${placement.accountId}:root`;
  return new aws.iam.Role(
    ...transformed<aws.iam.RoleArgs>(
      transform?.accessRole,
      `${name}-access`,
      {
        description: `Sign-in to the document database ${name}`,
        assumeRolePolicy: policyDocument([{ Action: "sts:AssumeRole", Principal: { AWS: account } }]),
        ...tagged(tags),
      },
      { parent },
    ),
  );
}

export function createParameterGroup({ parent, name, args }: Owner): aws.docdb.ClusterParameterGroup {
  const { tags, transform } = args;
  return new aws.docdb.ClusterParameterGroup(
    ...transformed<aws.docdb.ClusterParameterGroupArgs>(
      transform?.parameterGroup,
      `${name}-parameter-group`,
      {
        family: "docdb5.0",
        description: "DocumentDB 5.0: TLS only, sign-ins and schema changes logged",
        parameters: PARAMETERS.map((parameter) => ({ ...parameter })),
        ...tagged(tags),
      },
      { parent },
    ),
  );
}
