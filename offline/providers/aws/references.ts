// Which input names which resource. From this one table follow three things: what does not exist is refused, what is in use can't
// be deleted, and constraints find a resource's neighbours.
import type { Reference, Setting } from "../core/rules";
import { dnsSuffix } from "./shapes";

interface Arn {
  readonly service: string;
  readonly resource: string;
}

/** The parts of an ARN of this account and region (or of none, as IAM's and S3's are). */
function ownArn(value: string, { accountId, region }: Setting): Arn | undefined {
  const [arn, , service = "", where = "", account = "", ...rest] = value.split(":");
  if (arn !== "arn" || (where !== "" && where !== region) || (account !== "" && account !== accountId))
    return undefined;
  return { service, resource: rest.join(":") };
}

const byArn = (value: string, setting: Setting): string | undefined => ownArn(value, setting) && value;
const lastPart = (value: string): string => value.slice(value.lastIndexOf("/") + 1);
/** A plain identifier as it is, an ARN by its last part; aliases and what belongs to AWS are not looked up. */
const nameOrArn = (value: string, setting: Setting): string | undefined => {
  if (!value.startsWith("arn:")) return value;
  const own = ownArn(value, setting);
  return own && lastPart(own.resource);
};
const keyId = (value: string, setting: Setting): string | undefined =>
  /(^|:)alias\//.test(value) ? undefined : nameOrArn(value, setting);
const queueUrl = (value: string, setting: Setting): string | undefined => {
  const own = ownArn(value, setting);
  if (own?.service !== "sqs") return undefined;
  return `https://sqs.${setting.region}.${dnsSuffix(setting.partition)}/${setting.accountId}/${own.resource}`;
};
const logGroupName = (value: string, setting: Setting): string | undefined => {
  const own = ownArn(value, setting);
  return own?.service === "logs" ? own.resource.replace(/^log-group:/, "").replace(/:\*$/, "") : undefined;
};
const of = (service: string) => (value: string, setting: Setting) =>
  ownArn(value, setting)?.service === service ? value : undefined;
const ownGroup = (value: string): string | undefined => (value.startsWith("default.") ? undefined : value);
const deadLetters = (value: string, setting: Setting): string | undefined => {
  const target = /"deadLetterTargetArn"\s*:\s*"([^"]+)"/.exec(value)?.[1];
  return target === undefined ? undefined : queueUrl(target, setting);
};

const vpc: Reference = { type: "aws:ec2/vpc:Vpc", keeps: true };
const subnet: Reference = { type: "aws:ec2/subnet:Subnet", keeps: true };
const group: Reference = { type: "aws:ec2/securityGroup:SecurityGroup", keeps: true };
const table: Reference = { type: "aws:ec2/routeTable:RouteTable" };
const address: Reference = { type: "aws:ec2/eip:Eip", keeps: true };
const balancer: Reference = { type: "aws:lb/loadBalancer:LoadBalancer", id: of("elasticloadbalancing") };
const targets: Reference = { type: "aws:lb/targetGroup:TargetGroup", id: byArn, keeps: true };
const listener: Reference = { type: "aws:lb/listener:Listener", id: byArn };
const certificate: Reference = { type: "aws:acm/certificate:Certificate", id: byArn, keeps: true };
const role: Reference = { type: "aws:iam/role:Role", id: nameOrArn };
const key: Reference = { type: "aws:kms/key:Key", id: keyId };
const topic: Reference = { type: "aws:sns/topic:Topic", id: of("sns") };
const queue: Reference = { type: "aws:sqs/queue:Queue" };
const queueArn: Reference = { type: "aws:sqs/queue:Queue", id: queueUrl };
const deadLetterQueue: Reference = { type: "aws:sqs/queue:Queue", id: deadLetters };
const bucket: Reference = { type: "aws:s3/bucket:Bucket" };
const cluster: Reference = { type: "aws:ecs/cluster:Cluster", id: byArn, keeps: true };
const family: Reference = {
  type: "aws:ecs/taskDefinition:TaskDefinition",
  id: (value, setting) => nameOrArn(value, setting)?.replace(/:\d+$/, ""),
};
const secret: Reference = { type: "aws:secretsmanager/secret:Secret", id: byArn };
const zone: Reference = { type: "aws:route53/zone:Zone", keeps: true, outside: true };
const logGroup: Reference = { type: "aws:cloudwatch/logGroup:LogGroup", id: logGroupName };

const alarm = { "alarmActions[]": topic, "okActions[]": topic, "insufficientDataActions[]": topic };
// A group takes its own rules with it, but not those of others that name it.
const securityGroupRule = { securityGroupId: { ...group, keeps: false }, referencedSecurityGroupId: group };
const companions = [
  ...["Policy", "PublicAccessBlock", "Versioning", "LifecycleConfiguration", "OwnershipControls", "Notification"],
  ...["CorsConfiguration", "Logging", "ServerSideEncryptionConfiguration"],
];

type References = Readonly<Record<string, Reference>>;

const network: Readonly<Record<string, References>> = {
  "aws:ec2/subnet:Subnet": { vpcId: vpc },
  "aws:ec2/routeTable:RouteTable": { vpcId: vpc },
  "aws:ec2/internetGateway:InternetGateway": { vpcId: vpc },
  "aws:ec2/networkAcl:NetworkAcl": { vpcId: vpc, "subnetIds[]": { ...subnet, keeps: false } },
  "aws:ec2/securityGroup:SecurityGroup": { vpcId: vpc },
  "aws:ec2/vpcEndpoint:VpcEndpoint": {
    vpcId: vpc,
    "subnetIds[]": subnet,
    "securityGroupIds[]": group,
    "routeTableIds[]": table,
  },
  "aws:ec2/flowLog:FlowLog": { vpcId: { ...vpc, keeps: false }, iamRoleArn: role, logDestination: logGroup },
  "aws:ec2/natGateway:NatGateway": { subnetId: subnet, allocationId: address },
  "aws:ec2/route:Route": {
    routeTableId: table,
    gatewayId: {
      type: "aws:ec2/internetGateway:InternetGateway",
      id: (value) => (value.startsWith("igw-") ? value : undefined),
    },
    natGatewayId: { type: "aws:ec2/natGateway:NatGateway" },
  },
  "aws:ec2/routeTableAssociation:RouteTableAssociation": {
    subnetId: { ...subnet, keeps: false },
    routeTableId: { ...table, keeps: true },
  },
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": securityGroupRule,
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": securityGroupRule,
  "aws:ec2/securityGroupRule:SecurityGroupRule": {
    securityGroupId: { ...group, keeps: false },
    sourceSecurityGroupId: group,
  },
  "aws:lb/loadBalancer:LoadBalancer": { "subnets[]": subnet, "securityGroups[]": group, "accessLogs.bucket": bucket },
  "aws:lb/targetGroup:TargetGroup": { vpcId: vpc },
  "aws:lb/listener:Listener": {
    loadBalancerArn: balancer,
    certificateArn: certificate,
    "defaultActions[].targetGroupArn": targets,
  },
  "aws:lb/listenerRule:ListenerRule": { listenerArn: listener, "actions[].targetGroupArn": targets },
  "aws:lb/listenerCertificate:ListenerCertificate": { listenerArn: listener, certificateArn: certificate },
  "aws:lb/targetGroupAttachment:TargetGroupAttachment": { targetGroupArn: targets },
  "aws:apigatewayv2/vpcLink:VpcLink": { "subnetIds[]": subnet, "securityGroupIds[]": group },
  "aws:apigateway/vpcLink:VpcLink": { targetArn: { ...balancer, keeps: true } },
  "aws:route53/record:Record": { zoneId: zone },
  "aws:wafv2/webAclAssociation:WebAclAssociation": { resourceArn: balancer },
  "aws:servicediscovery/privateDnsNamespace:PrivateDnsNamespace": { vpc },
};

const identity: Readonly<Record<string, References>> = {
  "aws:iam/rolePolicy:RolePolicy": { role: { ...role, keeps: true } },
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": {
    role: { ...role, keeps: true },
    policyArn: {
      type: "aws:iam/policy:Policy",
      id: (value, at) => (value.includes(":aws:policy/") ? undefined : byArn(value, at)),
      keeps: true,
    },
  },
  "aws:kms/alias:Alias": { targetKeyId: key },
  "aws:secretsmanager/secret:Secret": { kmsKeyId: key },
  "aws:secretsmanager/secretVersion:SecretVersion": { secretId: secret },
  "aws:secretsmanager/secretPolicy:SecretPolicy": { secretArn: secret },
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
  "aws:sns/topicSubscription:TopicSubscription": { topic, endpoint: queueArn, redrivePolicy: deadLetterQueue },
};

const compute: Readonly<Record<string, References>> = {
  "aws:ecs/taskDefinition:TaskDefinition": { taskRoleArn: role, executionRoleArn: role },
  "aws:ecs/service:Service": {
    cluster,
    taskDefinition: family,
    "networkConfiguration.subnets[]": subnet,
    "networkConfiguration.securityGroups[]": group,
    "loadBalancers[].targetGroupArn": { ...targets, keeps: false },
  },
  "aws:lambda/function:Function": {
    role,
    kmsKeyArn: key,
    "vpcConfig.subnetIds[]": subnet,
    "vpcConfig.securityGroupIds[]": group,
  },
  "aws:ecr/lifecyclePolicy:LifecyclePolicy": { repository: { type: "aws:ecr/repository:Repository" } },
};

const stores: Readonly<Record<string, References>> = {
  "aws:rds/subnetGroup:SubnetGroup": { "subnetIds[]": subnet },
  "aws:rds/instance:Instance": {
    dbSubnetGroupName: { type: "aws:rds/subnetGroup:SubnetGroup", keeps: true },
    parameterGroupName: { type: "aws:rds/parameterGroup:ParameterGroup", id: ownGroup, keeps: true },
    kmsKeyId: key,
    monitoringRoleArn: role,
    "vpcSecurityGroupIds[]": group,
  },
  "aws:rds/cluster:Cluster": {
    dbSubnetGroupName: { type: "aws:rds/subnetGroup:SubnetGroup", keeps: true },
    dbClusterParameterGroupName: {
      type: "aws:rds/clusterParameterGroup:ClusterParameterGroup",
      id: ownGroup,
      keeps: true,
    },
    kmsKeyId: key,
    "vpcSecurityGroupIds[]": group,
  },
  "aws:rds/clusterInstance:ClusterInstance": {
    clusterIdentifier: { type: "aws:rds/cluster:Cluster", keeps: true },
    monitoringRoleArn: role,
  },
  "aws:elasticache/subnetGroup:SubnetGroup": { "subnetIds[]": subnet },
  "aws:elasticache/userGroup:UserGroup": { "userIds[]": { type: "aws:elasticache/user:User" } },
  "aws:elasticache/replicationGroup:ReplicationGroup": {
    subnetGroupName: { type: "aws:elasticache/subnetGroup:SubnetGroup", keeps: true },
    parameterGroupName: { type: "aws:elasticache/parameterGroup:ParameterGroup", id: ownGroup, keeps: true },
    kmsKeyId: key,
    "securityGroupIds[]": group,
    "userGroupIds[]": { type: "aws:elasticache/userGroup:UserGroup", keeps: true },
  },
  ...Object.fromEntries(companions.map((type) => [`aws:s3/bucket${type}:Bucket${type}`, { bucket }])),
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": {
    bucket,
    "rules[].applyServerSideEncryptionByDefault.kmsMasterKeyId": key,
  },
  "aws:s3/bucketObject:BucketObject": { bucket },
  "aws:s3/bucketObjectv2:BucketObjectv2": { bucket },
};

/** By type token, then by the input's path. */
export const references: Readonly<Record<string, References>> = {
  ...network,
  ...identity,
  ...messaging,
  ...compute,
  ...stores,
};
