// Children that several components have in the same form.
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import type { EncryptionKey } from "./encryption-key";
import { type Placement, tagged, type Tags, type Transform, transformed } from "../../kit";
import { denyInsecureTransport, denyOtherAccounts, policyDocument } from "./policy-document";

/** The component that owns a child. */
export interface Parent {
  readonly parent: pulumi.Resource;
  /** Tags of the component, where it has any. */
  readonly tags?: Tags | undefined;
}

/** A log group that is encrypted with a component's key. */
export function encryptedLogGroup(
  { parent, tags, ignoreChanges }: Parent & Pick<pulumi.CustomResourceOptions, "ignoreChanges">,
  transform: Transform<aws.cloudwatch.LogGroupArgs> | undefined,
  name: string,
  args: aws.cloudwatch.LogGroupArgs & { readonly kmsKeyId: pulumi.Input<string>; readonly retentionInDays: number },
): aws.cloudwatch.LogGroup {
  return new aws.cloudwatch.LogGroup(
    ...transformed<aws.cloudwatch.LogGroupArgs>(
      transform,
      name,
      { ...args, ...tagged(tags) },
      {
        parent,
        ...(ignoreChanges && { ignoreChanges }),
      },
    ),
  );
}

/** What the parts of a dead-letter queue may be changed by. */
export interface DeadLetterTransforms {
  readonly deadLetterQueue?: Transform<aws.sqs.QueueArgs>;
  readonly deadLetterPolicy?: Transform<aws.sqs.QueuePolicyArgs>;
}

/** An encrypted queue of this account in which failed calls and starts wait for two weeks. */
export function deadLetters(
  { parent, tags }: Parent,
  transform: DeadLetterTransforms | undefined,
  name: string,
  { placement, keyArn }: { readonly placement: Placement; readonly keyArn: pulumi.Input<string> },
): { readonly deadLetterQueue: aws.sqs.Queue; readonly deadLetterPolicy: aws.sqs.QueuePolicy } {
  const deadLetterQueue = new aws.sqs.Queue(
    ...transformed<aws.sqs.QueueArgs>(
      transform?.deadLetterQueue,
      name,
      { kmsMasterKeyId: keyArn, messageRetentionSeconds: 1_209_600, ...tagged(tags) },
      { parent },
    ),
  );
  const { arn, url } = deadLetterQueue;
  const policy = policyDocument([denyOtherAccounts(placement, "sqs:*", arn), denyInsecureTransport("sqs:*", arn)]);
  const deadLetterPolicy = new aws.sqs.QueuePolicy(
    ...transformed<aws.sqs.QueuePolicyArgs>(transform?.deadLetterPolicy, name, { queueUrl: url, policy }, { parent }),
  );
  return { deadLetterQueue, deadLetterPolicy };
}

/**
 * A role of the account that workloads assume to sign in to a store. It has no rights: a workload may assume it by a policy of its own, and the
 * store knows the role.
 */
export function accessRole(
  { parent, tags }: Parent,
  transform: Transform<aws.iam.RoleArgs> | undefined,
  name: string,
  { placement, description }: { readonly placement: Placement; readonly description: string },
): aws.iam.Role {
  const account = `arn:${placement.partition}:iam::${placement.accountId}:root`;
  const assumeRolePolicy = policyDocument([{ Action: "sts:AssumeRole", Principal: { AWS: account } }]);
  return new aws.iam.Role(
    ...transformed<aws.iam.RoleArgs>(transform, name, { description, assumeRolePolicy, ...tagged(tags) }, { parent }),
  );
}

/** ARN of the secret that RDS or DocumentDB makes for the master user. */
export function managedSecretArn(
  server: "RDS" | "DocumentDB",
  secrets: pulumi.Output<readonly { readonly secretArn: string }[]>,
): pulumi.Output<string> {
  return secrets.apply(([secret]) => {
    if (!secret) throw new Error(`${server} reports no secret for the master user: leave manageMasterUserPassword on`);
    return secret.secretArn;
  });
}

/** A security group without a rule: each client that connects adds its own rules. */
export function closedSecurityGroup(
  { parent, tags }: Parent,
  transform: Transform<aws.ec2.SecurityGroupArgs> | undefined,
  name: string,
  args: { readonly vpcId: pulumi.Input<string>; readonly description: string },
): aws.ec2.SecurityGroup {
  return new aws.ec2.SecurityGroup(
    ...transformed<aws.ec2.SecurityGroupArgs>(
      transform,
      name,
      // Groups that still name this one in a rule would otherwise keep it from going.
      { ...args, revokeRulesOnDelete: true, ...tagged(tags) },
      // A new description would replace the group, and nothing reads it: a component that is renamed keeps it.
      { parent, ignoreChanges: ["description"] },
    ),
  );
}

/** Arguments of an alarm that names the state for missing data: never `breaching`, since a resource has no data in its first minutes. */
export type AlarmArgs = aws.cloudwatch.MetricAlarmArgs & {
  readonly treatMissingData: "notBreaching" | "ignore" | "missing";
};

/** An alarm that sends a message to a topic when it goes off and when it recovers; without a topic it sends none. */
export function notifyingAlarm(
  { parent, tags }: Parent,
  transform: Transform<aws.cloudwatch.MetricAlarmArgs> | undefined,
  name: string,
  topicArn: pulumi.Input<string> | undefined,
  args: AlarmArgs,
): aws.cloudwatch.MetricAlarm {
  const actions = topicArn !== undefined && { alarmActions: [topicArn], okActions: [topicArn] };
  return new aws.cloudwatch.MetricAlarm(
    ...transformed<aws.cloudwatch.MetricAlarmArgs>(
      transform,
      name,
      { ...args, ...actions, ...tagged(tags) },
      { parent },
    ),
  );
}

/** Eight digits of a key's identifier: they keep apart what two stacks of one account would give the same name. */
export function suffixOf(key: EncryptionKey): pulumi.Output<string> {
  return key.nodes.key.keyId.apply((id) => id.replace(/[^0-9a-f]/g, "").slice(-8));
}

/**
 * The final snapshot's name: its digits are new for each life of the store, because RDS refuses a name that an earlier snapshot has.
 *
 * @param life everything whose change replaces the store
 */
export function finalSnapshotName(
  parent: pulumi.Resource,
  transform: Transform<random.RandomIdArgs> | undefined,
  name: string,
  life: Readonly<Record<string, pulumi.Input<string>>>,
): pulumi.Output<string> {
  const digits = new random.RandomId(
    ...transformed<random.RandomIdArgs>(
      transform,
      `${name}-final-snapshot`,
      { byteLength: 4, keepers: { ...life } },
      { parent },
    ),
  );
  return pulumi.interpolate`${name}-final-${digits.hex}`;
}
