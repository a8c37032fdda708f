// Logs of an API: one line of JSON a request, and execution logs without bodies. Both groups have the same key.
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { tagged, transformed } from "../../kit";
import { EncryptionKey, encryptedLogGroup, serviceTrust } from "../kit";
import type { ApiScope } from "./api-scope";

/** Log groups, and the role of the account with which API Gateway writes to them. */
export interface ApiLogNodes {
  readonly logKey: EncryptionKey;
  readonly accessLogGroup: aws.cloudwatch.LogGroup;
  readonly executionLogGroup: aws.cloudwatch.LogGroup;
  readonly accountRole?: aws.iam.Role;
  readonly accountRolePolicy?: aws.iam.RolePolicyAttachment;
  readonly account?: aws.apigateway.Account;
}

/** Fields of an access log line, as JSON: no header and no body of the request. */
export const ACCESS_LOG_FORMAT = JSON.stringify({
  requestId: "$context.requestId",
  traceId: "$context.xrayTraceId",
  requestTime: "$context.requestTime",
  ip: "$context.identity.sourceIp",
  caller: "$context.identity.caller",
  user: "$context.identity.user",
  apiKeyId: "$context.identity.apiKeyId",
  httpMethod: "$context.httpMethod",
  resourcePath: "$context.resourcePath",
  path: "$context.path",
  protocol: "$context.protocol",
  status: "$context.status",
  responseLength: "$context.responseLength",
  responseLatency: "$context.responseLatency",
  integrationStatus: "$context.integration.status",
  integrationLatency: "$context.integration.latency",
  wafResponse: "$context.wafResponseCode",
  error: "$context.error.message",
});

/** The same for HTTP APIs, which have other variables. */
export const HTTP_LOG_FORMAT = JSON.stringify({
  requestId: "$context.requestId",
  requestTime: "$context.requestTime",
  ip: "$context.identity.sourceIp",
  httpMethod: "$context.httpMethod",
  routeKey: "$context.routeKey",
  path: "$context.path",
  protocol: "$context.protocol",
  status: "$context.status",
  responseLength: "$context.responseLength",
  responseLatency: "$context.responseLatency",
  integrationStatus: "$context.integration.status",
  integrationLatency: "$context.integration.latency",
  authorizerError: "$context.authorizer.error",
  error: "$context.error.message",
});

/** Creates the log groups, and the account's role unless it exists. */
export function createApiLogs(
  { name, args, parent }: ApiScope,
  api: aws.apigateway.RestApi,
  stageName: string,
): ApiLogNodes {
  const { placement, logRetentionInDays = 90, tags, transform, accountLogRole = "create" } = args;
  const logKey = new EncryptionKey(
    `${name}-log`,
    {
      placement,
      description: `Logs of the API ${name}`,
      logs: true,
      ...tagged(tags),
      ...(transform?.logKey && { transform: transform.logKey }),
    },
    { parent },
  );
  const content = { kmsKeyId: logKey.arn, retentionInDays: logRetentionInDays };
  const accessLogGroup = encryptedLogGroup({ parent, tags }, transform?.logGroup, `${name}-access`, content);
  // API Gateway chooses the name, and would make the group without a key and without an end of its logs.
  const executionLogGroup = encryptedLogGroup({ parent, tags }, transform?.logGroup, `${name}-execution`, {
    ...content,
    name: pulumi.interpolate`API-Gateway-Execution-Logs_${api.id}/${stageName}`,
  });
  return {
    logKey,
    accessLogGroup,
    executionLogGroup,
    ...(accountLogRole === "create" && createAccount({ name, args, parent })),
  };
}

/**
 * An account has one such role in a region, and every API of the account writes with it. Both stay when the stack goes: the provider
 * would clear the setting, and the logs of all other APIs would end
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-apigateway-account.html).
 */
function createAccount({ name, args: { placement, tags, transform }, parent }: ApiScope) {
  const opts = { parent, retainOnDelete: true };
  const accountRole = new aws.iam.Role(
    ...transformed<aws.iam.RoleArgs>(
      transform?.accountRole,
      `${name}-account-logs`,
      {
        description: "API Gateway writes the logs of all APIs",
        assumeRolePolicy: serviceTrust("apigateway", placement),
        ...tagged(tags),
      },
      opts,
    ),
  );
  const accountRolePolicy = new aws.iam.RolePolicyAttachment(
    ...transformed<aws.iam.RolePolicyAttachmentArgs>(
      transform?.accountRolePolicy,
      `${name}-account-logs`,
      {
        role: accountRole.name,
        // API Gateway refuses a role that holds less than this.
        policyArn: `arn:${placement.partition}:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs`,
      },
      opts,
    ),
  );
  const account = new aws.apigateway.Account(
    ...transformed<aws.apigateway.AccountArgs>(
      transform?.account,
      `${name}-account`,
      { cloudwatchRoleArn: accountRole.arn },
      { ...opts, dependsOn: [accountRolePolicy] },
    ),
  );
  return { accountRole, accountRolePolicy, account };
}
