import type { Reference, Setting } from "../providers/core/rules";
import { dnsSuffix } from "./identifiers";

/** References of one type, by the input's path. */
export type References = Readonly<Record<string, Reference>>;

interface Arn {
  readonly service: string;
  readonly resource: string;
}

/** The parts of an ARN of this account and region (or of none, as IAM's and S3's are). */
export function ownArn(value: string, { accountId, region }: Setting): Arn | undefined {
  const [arn, , service = "", where = "", account = "", ...rest] = value.split(":");
  if (arn !== "arn" || (where !== "" && where !== region) || (account !== "" && account !== accountId))
    return undefined;
  return { service, resource: rest.join(":") };
}

export const byArn = (value: string, setting: Setting): string | undefined => ownArn(value, setting) && value;
const lastPart = (value: string): string => value.slice(value.lastIndexOf("/") + 1);

/** A plain identifier as it is, an ARN by its last part; aliases and what belongs to AWS are not looked up. */
export const nameOrArn = (value: string, setting: Setting): string | undefined => {
  if (!value.startsWith("arn:")) return value;
  const own = ownArn(value, setting);
  return own && lastPart(own.resource);
};

/** Service-linked roles belong to no stack. */
const roleName = (value: string, setting: Setting): string | undefined =>
  value.includes(":role/aws-service-role/") ? undefined : nameOrArn(value, setting);

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

/** `function:name` and `function:name:alias`; a plain name as it is. */
const functionName = (value: string, setting: Setting): string | undefined => {
  if (!value.startsWith("arn:")) return value.split(":")[0];
  const own = ownArn(value, setting);
  return own?.service === "lambda" ? /^function:([^:]+)/.exec(own.resource)?.[1] : undefined;
};

const clusterArn = (value: string, setting: Setting): string | undefined => {
  if (value.startsWith("arn:")) return byArn(value, setting);
  // Every account has a cluster of this name.
  if (value === "default") return undefined;
  return `arn:${setting.partition}:ecs:${setting.region}:${setting.accountId}:cluster/${value}`;
};

export const of = (service: string) => (value: string, setting: Setting) =>
  ownArn(value, setting)?.service === service ? value : undefined;

/** AWS's own groups are called default, or default.something. */
export const ownGroup = (value: string): string | undefined => (/^default(\.|$)/.test(value) ? undefined : value);

const deadLetters = (value: string, setting: Setting): string | undefined => {
  const target = /"deadLetterTargetArn"\s*:\s*"([^"]+)"/.exec(value)?.[1];
  return target === undefined ? undefined : queueUrl(target, setting);
};

const taskFamily = (value: string, setting: Setting): string | undefined =>
  nameOrArn(value, setting)?.replace(/:\d+$/, "");

export const vpc: Reference = { type: "aws:ec2/vpc:Vpc", keeps: true };
export const subnet: Reference = { type: "aws:ec2/subnet:Subnet", keeps: true };
export const group: Reference = { type: "aws:ec2/securityGroup:SecurityGroup", keeps: true };
export const table: Reference = { type: "aws:ec2/routeTable:RouteTable" };
export const address: Reference = { type: "aws:ec2/eip:Eip", keeps: true };
export const balancer: Reference = { type: "aws:lb/loadBalancer:LoadBalancer", id: of("elasticloadbalancing") };
export const targets: Reference = { type: "aws:lb/targetGroup:TargetGroup", id: byArn, keeps: true };
export const listener: Reference = { type: "aws:lb/listener:Listener", id: byArn };
export const certificate: Reference = { type: "aws:acm/certificate:Certificate", id: byArn, keeps: true };
export const role: Reference = { type: "aws:iam/role:Role", id: roleName };

export const policy: Reference = {
  type: "aws:iam/policy:Policy",
  id: (value, at) => (value.includes(":aws:policy/") ? undefined : byArn(value, at)),
  keeps: true,
};

export const key: Reference = { type: "aws:kms/key:Key", id: keyId };
export const topic: Reference = { type: "aws:sns/topic:Topic", id: of("sns") };
export const queue: Reference = { type: "aws:sqs/queue:Queue" };
export const queueArn: Reference = { type: "aws:sqs/queue:Queue", id: queueUrl };
export const deadLetterQueue: Reference = { type: "aws:sqs/queue:Queue", id: deadLetters };
export const bucket: Reference = { type: "aws:s3/bucket:Bucket" };
export const lambda: Reference = { type: "aws:lambda/function:Function", id: functionName };
export const cluster: Reference = { type: "aws:ecs/cluster:Cluster", id: clusterArn, keeps: true };
export const family: Reference = { type: "aws:ecs/taskDefinition:TaskDefinition", id: taskFamily };
export const secret: Reference = { type: "aws:secretsmanager/secret:Secret", id: byArn };
export const zone: Reference = { type: "aws:route53/zone:Zone", keeps: true, outside: true };
export const logGroup: Reference = { type: "aws:cloudwatch/logGroup:LogGroup", id: logGroupName };

/** A reference that does not keep what it names from being deleted. */
export const loose = (reference: Reference): Reference => ({ ...reference, keeps: false });

/** A reference that does. */
export const firm = (reference: Reference): Reference => ({ ...reference, keeps: true });

/** A group of subnets or parameters, which stays while something uses it. */
export const groupOf = (type: string): Reference => ({ type, id: ownGroup, keeps: true });
export const subnetGroup = (service: string): Reference => groupOf(`aws:${service}/subnetGroup:SubnetGroup`);
export const parameterGroup = (service: string): Reference => groupOf(`aws:${service}/parameterGroup:ParameterGroup`);

export const clusterParameterGroup = (service: string): Reference =>
  groupOf(`aws:${service}/clusterParameterGroup:ClusterParameterGroup`);

export const clusterOf = (service: string): Reference => ({ type: `aws:${service}/cluster:Cluster`, keeps: true });
