// VPC flow logs, kept in an encrypted log group.
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { transformed } from "../../kit";
import { encryptedLogGroup, EncryptionKey, policyDocument } from "../kit";
import { flowLogStatements, flowLogTrust } from "./policies";
import type { Scope } from "./scope";

/** Flow logs and what they are written with. */
export interface FlowLogNodes {
  readonly flowLogKey: EncryptionKey;
  readonly flowLogGroup: aws.cloudwatch.LogGroup;
  readonly flowLogRole: aws.iam.Role;
  readonly flowLogRolePolicy: aws.iam.RolePolicy;
  readonly flowLog: aws.ec2.FlowLog;
}

/** Creates the flow logs of a VPC. */
export function createFlowLogs(scope: Scope, vpcId: pulumi.Output<string>): FlowLogNodes {
  const { name, tags, transform, parent } = scope;
  const { flowLogKey, flowLogGroup } = createLogGroup(scope);
  const { flowLogRole, flowLogRolePolicy } = createRole(scope, flowLogGroup.arn);
  const flowLog = new aws.ec2.FlowLog(
    ...transformed<aws.ec2.FlowLogArgs>(
      transform?.flowLog,
      `${name}-flow-logs`,
      {
        vpcId,
        trafficType: "ALL",
        logDestinationType: "cloud-watch-logs",
        logDestination: flowLogGroup.arn,
        iamRoleArn: flowLogRole.arn,
        ...tags,
      },
      // With a role that has no rights yet, the first packets are lost, and the flow log is in error for minutes.
      { parent, dependsOn: [flowLogRolePolicy] },
    ),
  );
  return { flowLogKey, flowLogGroup, flowLogRole, flowLogRolePolicy, flowLog };
}

function createLogGroup({ name, placement, resolved, tags, transform, parent }: Scope) {
  const flowLogKey = new EncryptionKey(
    `${name}-flow-logs`,
    {
      placement,
      description: `Flow logs of ${name}`,
      logs: true,
      ...tags,
      ...(transform?.flowLogKey && { transform: transform.flowLogKey }),
    },
    { parent },
  );
  const flowLogGroup = encryptedLogGroup({ parent, ...tags }, transform?.flowLogGroup, `${name}-flow-logs`, {
    kmsKeyId: flowLogKey.arn,
    retentionInDays: resolved.flowLogRetentionInDays,
  });
  return { flowLogKey, flowLogGroup };
}

function createRole({ name, placement, tags, transform, parent }: Scope, logGroupArn: pulumi.Output<string>) {
  const flowLogRole = new aws.iam.Role(
    ...transformed<aws.iam.RoleArgs>(
      transform?.flowLogRole,
      `${name}-flow-logs`,
      { assumeRolePolicy: policyDocument(flowLogTrust(placement)), ...tags },
      { parent },
    ),
  );
  const flowLogRolePolicy = new aws.iam.RolePolicy(
    ...transformed<aws.iam.RolePolicyArgs>(
      transform?.flowLogRolePolicy,
      `${name}-flow-logs`,
      { role: flowLogRole.name, policy: policyDocument(flowLogStatements(pulumi.interpolate`${logGroupArn}:*`)) },
      { parent },
    ),
  );
  return { flowLogRole, flowLogRolePolicy };
}
