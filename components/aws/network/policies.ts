// Policy statements of VPC endpoints and flow logs. Pure: statements in, statements out.
import type * as pulumi from "@pulumi/pulumi";
import { type Placement, servicePrincipal, type Statement } from "../../kit";

/** An interface endpoint serves the account's own principals. */
export function interfaceEndpointStatements({ accountId }: Placement): Statement[] {
  return [
    {
      Sid: "OwnPrincipals",
      Principal: "*",
      Action: "*",
      Resource: "*",
      Condition: { StringEquals: { "aws:PrincipalAccount": accountId } },
    },
  ];
}

/** A gateway endpoint serves the account's own principals, on its own tables or buckets: nothing is carried elsewhere. */
export function gatewayEndpointStatements(service: "s3" | "dynamodb", placement: Placement): Statement[] {
  const { partition, region, accountId } = placement;
  const own: Statement = {
    Sid: "OwnResources",
    Principal: "*",
    Action: `${service}:*`,
    Resource: "*",
    Condition: { StringEquals: { "aws:PrincipalAccount": accountId, "aws:ResourceAccount": accountId } },
  };
  if (service === "dynamodb") return [own];
  // ECR keeps image layers in a bucket of its own and hands out signed addresses: without this no task starts.
  // https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html#ecr-setting-up-s3-gateway
  const layers: Statement = {
    Sid: "ImageLayers",
    Principal: "*",
    Action: "s3:GetObject",
    Resource: `arn:${partition}:s3:::prod-${region}-starport-layer-bucket/*`,
  };
  return [own, layers];
}

/** Lets the flow logs of this account, and those only, assume their role. */
export function flowLogTrust(placement: Placement): Statement[] {
  const { partition, region, accountId } = placement;
  return [
    {
      Action: "sts:AssumeRole",
      Principal: { Service: servicePrincipal("vpc-flow-logs", placement) },
      Condition: {
        StringEquals: { "aws:SourceAccount": accountId },
        ArnLike: { "aws:SourceArn": `arn:${partition}:ec2:${region}:${accountId}:vpc-flow-log/*` },
      },
    },
  ];
}

/** Lets flow logs write to their own log group, named with its streams (`<arn>:*`). */
export function flowLogStatements(streamsArn: pulumi.Input<string>): Statement[] {
  return [
    { Action: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"], Resource: streamsArn },
    // This action supports no resource-level permissions.
    { Action: "logs:DescribeLogGroups", Resource: "*" },
  ];
}
