// What identities, keys, secrets, queues, topics and events name.
import type { Reference } from "../../core/rules";
import { deadLetterQueue, firm, key, lambda, policy, queue, type References, role, secret, topic } from "./kinds";

const user: Reference = { type: "aws:iam/user:User", keeps: true };
const userGroup: Reference = { type: "aws:iam/group:Group", keeps: true };
const alarm = { "alarmActions[]": topic, "okActions[]": topic, "insufficientDataActions[]": topic };
const bus: Reference = {
  type: "aws:cloudwatch/eventBus:EventBus",
  id: (value) => (value === "default" || value.startsWith("arn:") ? undefined : value),
};

const identity: Readonly<Record<string, References>> = {
  "aws:iam/instanceProfile:InstanceProfile": { role: firm(role) },
  "aws:iam/rolePolicy:RolePolicy": { role: firm(role) },
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": { role: firm(role), policyArn: policy },
  "aws:iam/policyAttachment:PolicyAttachment": {
    policyArn: policy,
    "roles[]": firm(role),
    "users[]": user,
    "groups[]": userGroup,
  },
  "aws:iam/userPolicy:UserPolicy": { user },
  "aws:iam/userPolicyAttachment:UserPolicyAttachment": { user, policyArn: policy },
  "aws:iam/userGroupMembership:UserGroupMembership": { user, "groups[]": userGroup },
  "aws:iam/userLoginProfile:UserLoginProfile": { user },
  "aws:iam/accessKey:AccessKey": { user },
  "aws:iam/groupPolicy:GroupPolicy": { group: userGroup },
  "aws:iam/groupPolicyAttachment:GroupPolicyAttachment": { group: userGroup, policyArn: policy },
  "aws:iam/groupMembership:GroupMembership": { group: userGroup, "users[]": user },
  "aws:kms/alias:Alias": { targetKeyId: key },
  "aws:kms/grant:Grant": { keyId: key },
  "aws:kms/keyPolicy:KeyPolicy": { keyId: key },
  "aws:secretsmanager/secret:Secret": { kmsKeyId: key },
  "aws:secretsmanager/secretVersion:SecretVersion": { secretId: secret },
  "aws:secretsmanager/secretPolicy:SecretPolicy": { secretArn: secret },
  "aws:secretsmanager/secretRotation:SecretRotation": { secretId: secret, rotationLambdaArn: lambda },
  "aws:cloudwatch/logGroup:LogGroup": { kmsKeyId: key },
  "aws:cloudwatch/metricAlarm:MetricAlarm": alarm,
  "aws:cloudwatch/compositeAlarm:CompositeAlarm": alarm,
};

const messaging: Readonly<Record<string, References>> = {
  "aws:sqs/queue:Queue": { kmsMasterKeyId: key, redrivePolicy: deadLetterQueue },
  "aws:sqs/queuePolicy:QueuePolicy": { queueUrl: queue },
  "aws:sqs/redrivePolicy:RedrivePolicy": { queueUrl: queue, redrivePolicy: deadLetterQueue },
  "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy": { queueUrl: queue },
  "aws:sns/topic:Topic": { kmsMasterKeyId: key },
  "aws:sns/topicPolicy:TopicPolicy": { arn: topic },
  "aws:sns/topicSubscription:TopicSubscription": { topic, redrivePolicy: deadLetterQueue },
  "aws:cloudwatch/eventRule:EventRule": { eventBusName: bus },
  "aws:cloudwatch/eventTarget:EventTarget": {
    rule: { type: "aws:cloudwatch/eventRule:EventRule", keeps: true },
    eventBusName: bus,
  },
};

export const identityReferences: Readonly<Record<string, References>> = { ...identity, ...messaging };
