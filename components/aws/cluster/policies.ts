// Policy statements: delivery of access logs, and ECS Exec sessions. Pure: statements in, statements out.
import * as pulumi from "@pulumi/pulumi";
import { accessLogPrincipal, type Placement, type Statement } from "../../kit";
import { denyInsecureTransport } from "../kit";

/** The policy of the access logs' bucket: this account's load balancers write to it, over TLS. */
export function accessLogStatements(placement: Placement, bucketArn: pulumi.Input<string>): Statement[] {
  return [
    denyInsecureTransport("s3:*", [bucketArn, pulumi.interpolate`${bucketArn}/*`]),
    {
      Sid: "DeliverAccessLogs",
      Principal: accessLogPrincipal(placement),
      Action: "s3:PutObject",
      // The path holds it to this account. AWS's own policy has no condition, and load balancers are reported to name no
      // source: with aws:SourceArn or aws:SourceAccount they would be refused the bucket, and could not be created.
      // https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
      Resource: pulumi.interpolate`${bucketArn}/AWSLogs/${placement.accountId}/*`,
    },
  ];
}

/** What a task's role needs for a session: the channels, the key, and the audit log that its agent writes. */
export function execStatements(keyArn: pulumi.Input<string>, logGroupArn: pulumi.Input<string>): Statement[] {
  return [
    {
      // These actions support no resource-level permissions, because the channels have no ARN.
      Action: [
        "ssmmessages:CreateControlChannel",
        "ssmmessages:CreateDataChannel",
        "ssmmessages:OpenControlChannel",
        "ssmmessages:OpenDataChannel",
      ],
      Resource: "*",
    },
    { Action: "kms:Decrypt", Resource: keyArn },
    // The SSM agent lists all log groups before it writes to its own.
    { Action: "logs:DescribeLogGroups", Resource: "*" },
    {
      Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
      Resource: pulumi.interpolate`${logGroupArn}:*`,
    },
  ];
}
