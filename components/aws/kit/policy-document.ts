// IAM policy documents and the statements that several components have.
import * as pulumi from "@pulumi/pulumi";
import { type OneOrMore, type Placement, servicePrincipal, type Statement, viaService } from "../../kit";

/** The JSON text of a policy document (version 2012-10-17). */
export function policyDocument(statements: readonly Statement[]): pulumi.Output<string> {
  return pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: statements.map((statement) => ({ Effect: "Allow", ...statement })),
  });
}

/**
 * The trust policy of a role that one AWS service assumes, held to this account so that the service can't be made a
 * confused deputy by another one.
 */
export function serviceTrust(service: string, placement: Placement): pulumi.Output<string> {
  return policyDocument([
    {
      Action: "sts:AssumeRole",
      Principal: { Service: servicePrincipal(service, placement) },
      Condition: { StringEquals: { "aws:SourceAccount": placement.accountId } },
    },
  ]);
}

/** Refuses every request that does not come over TLS: a statement for the resource policies of stores and queues. */
export function denyInsecureTransport(actions: string | readonly string[], resources: OneOrMore<string>): Statement {
  return {
    Sid: "DenyInsecureTransport",
    Effect: "Deny",
    Principal: "*",
    Action: actions,
    Resource: resources,
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
}

/** The right to use a key, through one AWS service only (`sqs`), so that it is no right to use the key by itself. */
export function useKeyThrough(
  service: string,
  placement: Placement,
  keys: OneOrMore<string>,
  actions: string | readonly string[],
): Statement {
  return {
    Action: actions,
    Resource: keys,
    Condition: { StringEquals: { "kms:ViaService": viaService(service, placement) } },
  };
}

/**
 * Every action that SNS takes in a topic's policy; it refuses `sns:*` there as out of scope.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-language-api-permissions-reference.html
 */
export const TOPIC_ACTIONS: readonly string[] = [
  "sns:AddPermission",
  "sns:DeleteTopic",
  "sns:GetDataProtectionPolicy",
  "sns:GetTopicAttributes",
  "sns:ListSubscriptionsByTopic",
  "sns:ListTagsForResource",
  "sns:Publish",
  "sns:PutDataProtectionPolicy",
  "sns:RemovePermission",
  "sns:SetTopicAttributes",
  "sns:Subscribe",
];

/**
 * Closes a resource to every other account, whatever is allowed elsewhere. AWS services have no account of their own,
 * so the statements that name them decide.
 */
export function denyOtherAccounts(
  { accountId }: Placement,
  actions: string | readonly string[],
  resource: pulumi.Input<string>,
): Statement {
  return {
    Sid: "DenyOtherAccounts",
    Effect: "Deny",
    Principal: "*",
    Action: actions,
    Resource: resource,
    Condition: {
      StringNotEquals: { "aws:PrincipalAccount": accountId },
      Bool: { "aws:PrincipalIsAWSService": "false" },
    },
  };
}
