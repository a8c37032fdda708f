// Rights to query the tables of one database. Pure.
import * as pulumi from "@pulumi/pulumi";
import type { Placement, Statement } from "../../kit";

/** What the rights are about. */
export interface QueriedStore {
  readonly workgroupArn: pulumi.Input<string>;
  readonly databaseName: pulumi.Input<string>;
  readonly bucketArn: pulumi.Input<string>;
}

/**
 * Queries in one workgroup, tables of one database, and what Athena asks of a bucket beside reading and writing objects. Athena calls Glue
 * and S3 with the rights of the caller. Of the database `default` it reads the description in every query
 * (https://docs.aws.amazon.com/athena/latest/ug/fine-grained-access-to-glue-resources.html).
 */
export function queryStatements(
  { partition, region, accountId }: Placement,
  { workgroupArn, databaseName, bucketArn }: QueriedStore,
): Statement[] {
  const glue = `arn:${partition}:glue:${region}:${accountId}`;
  return [
    {
      Action: [
        "athena:GetQueryExecution",
        "athena:GetQueryResults",
        "athena:GetWorkGroup",
        "athena:StartQueryExecution",
        "athena:StopQueryExecution",
      ],
      Resource: workgroupArn,
    },
    {
      Action: [
        "glue:CreateTable",
        "glue:DeleteTable",
        "glue:GetDatabase",
        "glue:GetTable",
        "glue:GetTables",
        "glue:UpdateTable",
      ],
      Resource: [
        `${glue}:catalog`,
        pulumi.interpolate`${glue}:database/${databaseName}`,
        pulumi.interpolate`${glue}:table/${databaseName}/*`,
      ],
    },
    { Action: "glue:GetDatabase", Resource: `${glue}:database/default` },
    { Action: ["s3:GetBucketLocation", "s3:ListBucketMultipartUploads"], Resource: bucketArn },
    { Action: "s3:ListMultipartUploadParts", Resource: pulumi.interpolate`${bucketArn}/*` },
  ];
}
