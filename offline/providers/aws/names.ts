// Names of types that have no rule of their own: the property that is unique, what it is unique within, and who may share one.
import type { ResourceSchema } from "../schema/sdk";
import { text, type Values } from "../core/values";

/** The unique property, where it is not called name. */
const NAMED: Readonly<Record<string, string>> = {
  "aws:apigateway/domainName:DomainName": "domainName",
  "aws:apigatewayv2/domainName:DomainName": "domainName",
  "aws:codecommit/repository:Repository": "repositoryName",
  "aws:cognito/userPoolDomain:UserPoolDomain": "domain",
  "aws:docdb/cluster:Cluster": "clusterIdentifier",
  "aws:docdb/clusterInstance:ClusterInstance": "identifier",
  "aws:ec2/keyPair:KeyPair": "keyName",
  "aws:elasticache/cluster:Cluster": "clusterId",
  "aws:elasticsearch/domain:Domain": "domainName",
  "aws:mq/broker:Broker": "brokerName",
  "aws:msk/cluster:Cluster": "clusterName",
  "aws:neptune/cluster:Cluster": "clusterIdentifier",
  "aws:neptune/clusterInstance:ClusterInstance": "identifier",
  "aws:opensearch/domain:Domain": "domainName",
  "aws:redshift/cluster:Cluster": "clusterIdentifier",
};

/** Modules and types that are others by a second name. */
const SECOND_NAMES: Readonly<Record<string, string>> = {
  "aws:alb/": "aws:lb/",
  "aws:s3/bucketV2:BucketV2": "aws:s3/bucket:Bucket",
};

/** The type that a second name means. */
export function sameAs(type: string): string | undefined {
  const [second, first] = Object.entries(SECOND_NAMES).find(([each]) => type.startsWith(each)) ?? [];
  return second === undefined || first === undefined ? undefined : first + type.slice(second.length);
}

/** Types whose name is a description: several may have the same. */
const SHARED =
  /^aws:(amplify|appsync|cognito|connect|datasync|directconnect|directoryservice|gamelift|globalaccelerator|imagebuilder|media\w*|networkmanager|pinpoint|route53|servicediscovery|ssmcontacts|storagegateway|transfer|workspaces)\/|^aws:apigateway\/(apiKey|authorizer|requestValidator|usagePlan|vpcLink):|^aws:(backup\/plan|cloudwatch\/logMetricFilter|ec2\/managedPrefixList|emr\/cluster|ssm\/(association|maintenanceWindow|patchBaseline)):/;

/** What a name may be unique within, wherever an input is called so. */
const SCOPES: readonly string[] = [
  ...["restApi", "apiId", "cluster", "clusterName", "logGroupName", "functionName", "eventBusName", "databaseName"],
  ...[
    "catalogId",
    "namespaceId",
    "vpcId",
    "fileSystemId",
    "autoscalingGroupName",
    "groupName",
    "role",
    "user",
    "group",
  ],
  ...[
    "scope",
    "resourceId",
    "scalableDimension",
    "bucket",
    "instanceId",
    "applicationId",
    "policyStoreId",
    "workgroup",
  ],
  ...["registryName", "backupVaultName", "repository", "domain", "serverId", "loadBalancerArn", "loadBalancer"],
];

export const sharesNames = (token: string): boolean => SHARED.test(token);

/** The known values within which a name of these inputs is unique. */
export function scopes(inputs: Values): readonly string[] {
  return SCOPES.flatMap((property) => text(inputs[property]) ?? []);
}

/** The property that must be unique; undefined where the type has none, or lets several have the same. */
export function uniqueName({ token, inputs, outputs }: ResourceSchema): string | undefined {
  const own = NAMED[token];
  if (own !== undefined) return own;
  const named = inputs.get("name")?.shape.kind === "string" && outputs.has("name");
  return named && !SHARED.test(token) ? "name" : undefined;
}

/** Every property that may narrow where a name is unique. */
export const SCOPE_PROPERTIES = SCOPES;
