// IAM statements for a table, by its use. Pure.
import type * as pulumi from "@pulumi/pulumi";
import { type Grant, type Placement, type Statement, throwIfAny, variableProblems } from "../../kit";
import { useKeyThrough } from "../kit";

/** What a grant is made of. */
export interface GrantSource {
  readonly subject: string;
  readonly placement: Placement;
  readonly tableName: pulumi.Output<string>;
  readonly tableArn: pulumi.Output<string>;
  readonly keyArn: pulumi.Output<string>;
  /** Names of the table's indexes. */
  readonly indexes: readonly string[];
}

/** Items of indexes are read only: DynamoDB writes them itself. */
const READ = ["dynamodb:BatchGetItem", "dynamodb:ConditionCheckItem", "dynamodb:GetItem"];
const QUERY = ["dynamodb:Query", "dynamodb:Scan"];
const WRITE = [
  "dynamodb:BatchWriteItem",
  "dynamodb:ConditionCheckItem",
  "dynamodb:DeleteItem",
  "dynamodb:PutItem",
  "dynamodb:UpdateItem",
];
/**
 * Not BatchWriteItem, which deletes too. IAM has no condition that asks for a condition expression, so an item with the same key is
 * replaced unless the writer asks for `attribute_not_exists`.
 */
const APPEND = ["dynamodb:ConditionCheckItem", "dynamodb:PutItem"];

/** Use of a table's items by a service. */
export type Use = "reads" | "writes" | "reads-and-writes" | "appends" | "reads-and-appends";

/** The rights of a use; the variable holds the table's name. */
export function tableGrant(source: GrantSource, use: Use, variable: string): Grant {
  throwIfAny(source.subject, variableProblems("environmentVariable", variable));
  const { placement, tableName, keyArn } = source;
  return {
    statements: [
      ...itemStatements(source, use),
      // A caller that reads or writes has DynamoDB decrypt the table's own key, and nothing else.
      // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html
      useKeyThrough("dynamodb", placement, keyArn, ["kms:Decrypt", "kms:DescribeKey"]),
    ],
    environment: { [variable]: tableName },
  };
}

function itemStatements({ tableArn, indexes }: GrantSource, use: Use): Statement[] {
  const reads = use.startsWith("reads");
  const actions = {
    reads: READ,
    writes: WRITE,
    "reads-and-writes": [...new Set([...READ, ...WRITE])].sort(),
    appends: APPEND,
    "reads-and-appends": [...new Set([...READ, ...APPEND])].sort(),
  }[use];
  const indexArns = indexes.map((index) => tableArn.apply((arn) => `${arn}/index/${index}`));
  return [
    { Action: ["dynamodb:DescribeTable", ...actions], Resource: tableArn },
    ...(reads ? [{ Action: QUERY, Resource: [tableArn, ...indexArns] }] : []),
  ];
}

/** The right to read the records of a table's stream. */
export function changesGrant({ placement, keyArn }: GrantSource, streamArn: pulumi.Output<string>): Grant {
  return {
    statements: [
      {
        Action: ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:ListStreams"],
        Resource: streamArn,
      },
      useKeyThrough("dynamodb", placement, keyArn, ["kms:Decrypt", "kms:DescribeKey"]),
    ],
  };
}
