// Policy documents in every place where one can stand: a right one and wrong ones in each.
import type { People } from "./identities";
import type { Network } from "./network";
import { ACCOUNT, type Args, FOREIGN, type Planter } from "./planter";

const QUEUE = `arn:aws:sqs:eu-central-1:${ACCOUNT}:orders`;
const ORIGIN = { StringEquals: { "aws:PrincipalAccount": ACCOUNT } };

const text = (...Statement: readonly object[]): string => JSON.stringify({ Version: "2012-10-17", Statement });
const allow = (Action: unknown, Resource: unknown = QUEUE, more: object = {}) => ({ Effect: "Allow", Action, Resource, ...more }); // prettier-ignore
const admit = (Principal: unknown, Action: unknown = "sqs:SendMessage", more: object = {}) => ({ Effect: "Allow", Principal, Action, Resource: "*", ...more }); // prettier-ignore

const RIGHT_IDENTITY = text(allow(["sqs:SendMessage", "sqs:ReceiveMessage"]));
const WRONG_IDENTITY = text(
  allow("*", "*"),
  allow(["s3:Put*", "dynamodb:*Item"], ["arn:aws:s3:::images/*", `arn:aws:dynamodb:eu-central-1:${ACCOUNT}:table/a`]),
  { Effect: "Allow", NotAction: "iam:*", Resource: QUEUE },
  { Effect: "Allow", Action: "sqs:SendMessage", NotResource: QUEUE },
  allow("sqs:SendMessage", "arn:aws:sqs:eu-central-1:*:orders"),
);

const RIGHT_TRUST = text({
  Effect: "Allow",
  Principal: { Service: "ecs-tasks.amazonaws.com" },
  Action: "sts:AssumeRole",
  Condition: { StringEquals: { "aws:SourceAccount": ACCOUNT } },
});
const OIDC = `arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com`;
const WRONG_TRUST = [
  text(
    { Effect: "Allow", Principal: "*", Action: "sts:AssumeRole" },
    { Effect: "Allow", Principal: { Service: "sns.amazonaws.com" }, Action: "sts:*" },
    { Effect: "Allow", Principal: { Federated: OIDC }, Action: "sts:AssumeRoleWithWebIdentity" },
    { Effect: "Allow", Principal: { AWS: `arn:aws:iam::${FOREIGN}:root` }, Action: "sts:AssumeRole" },
  ),
  text({ Effect: "Allow", Principal: { AWS: ACCOUNT }, NotAction: "sts:TagSession" }),
  text({ Effect: "Allow", NotPrincipal: { AWS: ACCOUNT }, Action: "sts:AssumeRole" }),
];

const RIGHT_RESOURCE = text(admit({ AWS: `arn:aws:iam::${ACCOUNT}:role/worker` }));
const WRONG_RESOURCE = text(
  admit("*"),
  admit({ Service: "sns.amazonaws.com" }),
  admit({ AWS: `arn:aws:iam::${FOREIGN}:root` }),
  admit({ AWS: `arn:aws:iam::${ACCOUNT}:role/worker` }, ["sqs:*", "s3:Put*", "dynamodb:*Item"]),
  { Effect: "Allow", NotPrincipal: { AWS: ACCOUNT }, Action: "sqs:SendMessage", Resource: "*" },
  { Effect: "Allow", Principal: { AWS: ACCOUNT }, NotAction: "sqs:SendMessage", Resource: "*" },
  { Effect: "Allow", Principal: { AWS: ACCOUNT }, Action: "sqs:SendMessage", NotResource: QUEUE },
);

const RIGHT_ENDPOINT = text(admit("*", "*", { Condition: ORIGIN }));
const WRONG_ENDPOINT = text({ Effect: "Allow", Principal: "*", Action: "*", Resource: "*" });

/** A document that IAM takes and that never matches: in one of 2008 a variable is text. */
const unmatched = (more: object = {}): string =>
  JSON.stringify({
    Version: "2008-10-17",
    Statement: [
      {
        Effect: "Allow",
        Action: "sqs:SendMessage",
        Resource: "*",
        Condition: { StringEquals: { "aws:PrincipalTag/owner": "${aws:username}", ...ORIGIN.StringEquals } },
        ...more,
      },
    ],
  });

/** Where a resource's policy stands, with the properties that its type cannot do without. */
const RESOURCE_POLICIES: Readonly<Record<string, readonly [property: string, args: Args]>> = {
  "aws:acmpca/policy:Policy": ["policy", { resourceArn: "arn:aws:acm-pca:eu-central-1:123456789012:certificate-authority/a" }], // prettier-ignore
  "aws:amp/resourcePolicy:ResourcePolicy": ["policyDocument", { workspaceId: "ws-a" }],
  "aws:apigateway/domainName:DomainName": ["policy", { domainName: "p.example.com", securityPolicy: "TLS_1_2", endpointConfiguration: { types: "PRIVATE" } }], // prettier-ignore
  "aws:apigateway/restApi:RestApi": ["policy", {}],
  "aws:apigateway/restApiPolicy:RestApiPolicy": ["policy", {}],
  "aws:backup/vaultPolicy:VaultPolicy": ["policy", {}],
  "aws:bedrock/agentcoreResourcePolicy:AgentcoreResourcePolicy": ["policy", { resourceArn: "arn:aws:bedrock-agentcore:eu-central-1:123456789012:runtime/a" }], // prettier-ignore
  "aws:cloudsearch/domainServiceAccessPolicy:DomainServiceAccessPolicy": ["accessPolicy", { domainName: "a" }],
  "aws:cloudwatch/eventBusPolicy:EventBusPolicy": ["policy", {}],
  "aws:cloudwatch/logDeliveryDestinationPolicy:LogDeliveryDestinationPolicy": ["deliveryDestinationPolicy", { deliveryDestinationName: "a" }], // prettier-ignore
  "aws:cloudwatch/logDestinationPolicy:LogDestinationPolicy": ["accessPolicy", { destinationName: "a" }],
  "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": ["policyDocument", { policyName: "a" }],
  "aws:codeartifact/domainPermissions:DomainPermissions": ["policyDocument", { domain: "a" }],
  "aws:codeartifact/repositoryPermissionsPolicy:RepositoryPermissionsPolicy": ["policyDocument", { domain: "a", repository: "a" }], // prettier-ignore
  "aws:codebuild/resourcePolicy:ResourcePolicy": ["policy", { resourceArn: "arn:aws:codebuild:eu-central-1:123456789012:report-group/a" }], // prettier-ignore
  "aws:dsql/clusterPolicy:ClusterPolicy": ["policy", { identifier: "a" }],
  "aws:dynamodb/resourcePolicy:ResourcePolicy": ["policy", {}], // prettier-ignore
  "aws:ecr/registryPolicy:RegistryPolicy": ["policy", {}],
  "aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate": ["repositoryPolicy", { appliedFors: ["PULL_THROUGH_CACHE"], prefix: "a" }], // prettier-ignore
  "aws:ecr/repositoryPolicy:RepositoryPolicy": ["policy", {}],
  "aws:efs/fileSystemPolicy:FileSystemPolicy": ["policy", { fileSystemId: "fs-0aaaaaaaaaaaaaaaa" }],
  "aws:elasticsearch/domain:Domain": ["accessPolicies", {}],
  "aws:elasticsearch/domainPolicy:DomainPolicy": ["accessPolicies", { domainName: "a" }],
  "aws:glacier/vault:Vault": ["accessPolicy", {}],
  "aws:glacier/vaultLock:VaultLock": ["policy", { completeLock: false, vaultName: "a" }],
  "aws:glue/resourcePolicy:ResourcePolicy": ["policy", {}],
  "aws:kinesis/resourcePolicy:ResourcePolicy": ["policy", {}], // prettier-ignore
  "aws:kms/externalKey:ExternalKey": ["policy", {}],
  "aws:kms/key:Key": ["policy", { enableKeyRotation: true, bypassPolicyLockoutSafetyCheck: true }],
  "aws:kms/keyPolicy:KeyPolicy": ["policy", {}],
  "aws:kms/replicaExternalKey:ReplicaExternalKey": ["policy", { primaryKeyArn: "arn:aws:kms:us-east-1:123456789012:key/mrk-11111234567890124444555555555555" }], // prettier-ignore
  "aws:kms/replicaKey:ReplicaKey": ["policy", { primaryKeyArn: "arn:aws:kms:us-east-1:123456789012:key/mrk-11111234567890124444555555555555" }], // prettier-ignore
  "aws:lambda/resourcePolicy:ResourcePolicy": ["policy", { resourceArn: "arn:aws:lambda:eu-central-1:123456789012:function:a" }], // prettier-ignore
  "aws:mediastore/containerPolicy:ContainerPolicy": ["policy", { containerName: "a" }],
  "aws:msk/clusterPolicy:ClusterPolicy": [
    "policy",
    { clusterArn: "arn:aws:kafka:eu-central-1:123456789012:cluster/a/b" },
  ],
  "aws:networkfirewall/resourcePolicy:ResourcePolicy": ["policy", { resourceArn: "arn:aws:network-firewall:eu-central-1:123456789012:firewall-policy/a" }], // prettier-ignore
  "aws:oam/sinkPolicy:SinkPolicy": ["policy", { sinkIdentifier: "arn:aws:oam:eu-central-1:123456789012:sink/a" }],
  "aws:opensearch/domain:Domain": ["accessPolicies", {}],
  "aws:opensearch/domainPolicy:DomainPolicy": ["accessPolicies", { domainName: "a" }],
  "aws:opensearchingest/resourcePolicy:ResourcePolicy": ["policy", { resourceArn: "arn:aws:osis:eu-central-1:123456789012:pipeline/a" }], // prettier-ignore
  "aws:redshift/resourcePolicy:ResourcePolicy": ["policy", { resourceArn: "arn:aws:redshift:eu-central-1:123456789012:namespace:a" }], // prettier-ignore
  "aws:redshiftserverless/resourcePolicy:ResourcePolicy": ["policy", { resourceArn: "arn:aws:redshift-serverless:eu-central-1:123456789012:snapshot/a" }], // prettier-ignore
  "aws:s3/accessPoint:AccessPoint": ["policy", {}],
  "aws:s3/bucket:Bucket": ["policy", {}],
  "aws:s3/bucketPolicy:BucketPolicy": ["policy", {}],
  "aws:s3/bucketV2:BucketV2": ["policy", {}],
  "aws:s3/vectorsVectorBucketPolicy:VectorsVectorBucketPolicy": ["policy", { vectorBucketArn: "arn:aws:s3vectors:eu-central-1:123456789012:bucket/a" }], // prettier-ignore
  "aws:s3control/accessPointPolicy:AccessPointPolicy": ["policy", { accessPointArn: "arn:aws:s3:eu-central-1:123456789012:accesspoint/a" }], // prettier-ignore
  "aws:s3control/bucketPolicy:BucketPolicy": ["policy", { bucket: "arn:aws:s3-outposts:eu-central-1:123456789012:outpost/op-0aaaaaaaaaaaaaaaa/bucket/a" }], // prettier-ignore
  "aws:s3control/multiRegionAccessPointPolicy:MultiRegionAccessPointPolicy": ["details.policy", { details: { name: "a" } }], // prettier-ignore
  "aws:s3control/objectLambdaAccessPointPolicy:ObjectLambdaAccessPointPolicy": ["policy", { name: "a" }],
  "aws:s3tables/tableBucketPolicy:TableBucketPolicy": ["resourcePolicy", { tableBucketArn: "arn:aws:s3tables:eu-central-1:123456789012:bucket/tables" }], // prettier-ignore
  "aws:s3tables/tablePolicy:TablePolicy": ["resourcePolicy", { namespace: "orders", tableBucketArn: "arn:aws:s3tables:eu-central-1:123456789012:bucket/tables" }], // prettier-ignore
  "aws:sagemaker/modelPackageGroupPolicy:ModelPackageGroupPolicy": ["resourcePolicy", { modelPackageGroupName: "a" }],
  "aws:schemas/registryPolicy:RegistryPolicy": ["policy", { registryName: "a" }],
  "aws:secretsmanager/secret:Secret": ["policy", {}],
  "aws:secretsmanager/secretPolicy:SecretPolicy": ["policy", {}], // prettier-ignore
  "aws:ses/identityPolicy:IdentityPolicy": ["policy", { identity: "example.com" }],
  "aws:sesv2/emailIdentityPolicy:EmailIdentityPolicy": ["policy", { emailIdentity: "example.com", policyName: "a" }],
  "aws:sns/topic:Topic": ["policy", {}],
  "aws:sns/topicPolicy:TopicPolicy": ["policy", {}],
  "aws:sqs/queue:Queue": ["policy", {}],
  "aws:sqs/queuePolicy:QueuePolicy": ["policy", {}], // prettier-ignore
  "aws:vpclattice/authPolicy:AuthPolicy": ["policy", { resourceIdentifier: "svc-0aaaaaaaaaaaaaaaa" }],
  "aws:vpclattice/resourcePolicy:ResourcePolicy": ["policy", { resourceArn: "arn:aws:vpc-lattice:eu-central-1:123456789012:service/svc-0aaaaaaaaaaaaaaaa" }], // prettier-ignore
  "aws:xray/resourcePolicy:ResourcePolicy": ["policyDocument", { policyName: "a" }],
};

/** Policies that are resources of their own: whose they are, and the property and output by which they name it. */
const HOLDERS: Readonly<
  Record<string, readonly [holder: string, args: Args, property: string, output: "id" | "arn" | "name"]>
> = {
  "aws:sns/topicPolicy:TopicPolicy": ["aws:sns/topic:Topic", {}, "arn", "arn"],
  "aws:sqs/queuePolicy:QueuePolicy": ["aws:sqs/queue:Queue", {}, "queueUrl", "id"],
  "aws:s3/bucketPolicy:BucketPolicy": ["aws:s3/bucket:Bucket", {}, "bucket", "id"],
  "aws:s3/accessPoint:AccessPoint": ["aws:s3/bucket:Bucket", {}, "bucket", "id"],
  "aws:ecr/repositoryPolicy:RepositoryPolicy": ["aws:ecr/repository:Repository", {}, "repository", "name"],
  "aws:secretsmanager/secretPolicy:SecretPolicy": ["aws:secretsmanager/secret:Secret", {}, "secretArn", "arn"],
  "aws:apigateway/restApiPolicy:RestApiPolicy": ["aws:apigateway/restApi:RestApi", {}, "restApiId", "id"],
  "aws:kms/keyPolicy:KeyPolicy": ["aws:kms/key:Key", {}, "keyId", "id"],
  "aws:backup/vaultPolicy:VaultPolicy": ["aws:backup/vault:Vault", {}, "backupVaultName", "name"],
  "aws:dynamodb/resourcePolicy:ResourcePolicy": ["aws:dynamodb/table:Table", { attributes: [{ name: "id", type: "S" }], hashKey: "id", billingMode: "PAY_PER_REQUEST" }, "resourceArn", "arn"], // prettier-ignore
  "aws:kinesis/resourcePolicy:ResourcePolicy": ["aws:kinesis/stream:Stream", { shardCount: 1 }, "resourceArn", "arn"],
};

/** A key's policy must leave its own account a way back; the service refuses another. */
const ROOT = { Effect: "Allow", Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` }, Action: "kms:*", Resource: "*" };

function withRoot(type: string, policy: string): string {
  if (!type.startsWith("aws:kms/")) return policy;
  const { Statement, ...rest } = JSON.parse(policy) as { readonly Statement: readonly object[] };
  return JSON.stringify({ ...rest, Statement: [...Statement, ROOT] });
}

/** Types whose right plants stand elsewhere: other rules ask more of them than a policy. */
const RIGHT_ELSEWHERE = /:(Bucket|BucketV2|Secret|Topic|Queue|Domain|DomainName)$/;

export function documents(p: Planter, net: Network, people: People): void {
  for (const [type, [property, args]] of Object.entries(RESOURCE_POLICIES)) {
    const [top = "", below] = property.split(".");
    const held = (number: number, policy: string): Args => {
      const own = Object.fromEntries(Object.entries(args).map(([name, value]) => [name, typeof value === "string" && /^(a|p\.example\.com)$/.test(value) ? value.replace(/^[ap]/, `$&-${number}`) : value])); // prettier-ignore
      const holder = HOLDERS[type];
      const target = holder && { [holder[2]]: p.wrong(holder[0], holder[1])[holder[3]] };
      return {
        ...own,
        ...target,
        [top]: below === undefined ? withRoot(type, policy) : { ...(args[top] as object), [below]: policy },
      };
    };
    if (!RIGHT_ELSEWHERE.test(type)) p.right(type, held(1, RIGHT_RESOURCE));
    p.wrong(type, held(2, WRONG_RESOURCE));
    p.wrong(type, held(3, unmatched({ Principal: { AWS: ACCOUNT } })));
  }
  statements(p);
  identities(p, people);
  for (const [type, args] of [
    ["aws:ec2/vpcEndpoint:VpcEndpoint", { vpcId: net.vpc.id, serviceName: "com.amazonaws.eu-central-1.s3" }],
    ["aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy", { vpcEndpointId: "vpce-0aaaaaaaaaaaaaaaa" }],
  ] as const) {
    p.right(type, { ...args, policy: RIGHT_ENDPOINT });
    p.wrong(type, { ...args, policy: WRONG_ENDPOINT });
    p.wrong(type, { ...args, policy: unmatched({ Principal: "*" }) });
  }
}

/** Resources that are one statement themselves. */
function statements(p: Planter): void {
  const lambda = { function: "fast" };
  const type = "aws:lambda/permission:Permission";
  p.right(type, { ...lambda, action: "lambda:InvokeFunction", principal: "sns.amazonaws.com", sourceAccount: ACCOUNT });
  for (const [action, principal] of [
    ["lambda:InvokeFunction", "*"],
    ["lambda:*", `arn:aws:iam::${ACCOUNT}:role/worker`],
    ["lambda:InvokeFunktion", "sns.amazonaws.com"],
    ["lambda:InvokeFunction", FOREIGN],
  ])
    p.wrong(type, { ...lambda, action, principal });
  const layer = { layerName: "shared", versionNumber: 1 };
  const layers = "aws:lambda/layerVersionPermission:LayerVersionPermission";
  p.right(layers, { ...layer, statementId: "a", action: "lambda:GetLayerVersion", principal: ACCOUNT });
  for (const [statementId, action, principal] of [
    ["b", "lambda:GetLayerVersion", "*"],
    ["c", "lambda:GetLayerVersion", FOREIGN],
  ])
    p.wrong(layers, { ...layer, statementId, action, principal });
  const events = "aws:cloudwatch/eventPermission:EventPermission";
  p.right(events, { statementId: "a", principal: "*", condition: { type: "StringEquals", key: "aws:PrincipalOrgID", value: "o-a1b2c3d4e5" } }); // prettier-ignore
  p.wrong(events, { statementId: "b", principal: "*" });
  p.wrong(events, { statementId: "c", principal: FOREIGN, action: "events:PutEvnts" });
}

const identityPolicies = ({
  role,
  user,
  group,
}: People): Readonly<Record<string, readonly [property: string, args: Args]>> => ({
  "aws:iam/policy:Policy": ["policy", {}],
  "aws:iam/rolePolicy:RolePolicy": ["policy", { role }],
  "aws:iam/userPolicy:UserPolicy": ["policy", { user }],
  "aws:iam/groupPolicy:GroupPolicy": ["policy", { group }],
  "aws:iot/policy:Policy": ["policy", {}],
  "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy": ["inlinePolicy", { instanceArn: "arn:aws:sso:::instance/ssoins-0aaaaaaaaaaaaaaa", permissionSetArn: "arn:aws:sso:::permissionSet/ssoins-0aaaaaaaaaaaaaaa/ps-0aaaaaaaaaaaaaaa" }], // prettier-ignore
});

function identities(p: Planter, people: People): void {
  for (const [type, [property, args]] of Object.entries(identityPolicies(people))) {
    if (type !== "aws:iam/userPolicy:UserPolicy") p.right(type, { ...args, [property]: RIGHT_IDENTITY });
    p.wrong(type, { ...args, [property]: WRONG_IDENTITY });
    p.wrong(type, { ...args, [property]: unmatched() });
  }
  const role = "aws:iam/role:Role";
  p.right(role, { assumeRolePolicy: RIGHT_TRUST, inlinePolicies: [{ name: "a", policy: RIGHT_IDENTITY }] });
  for (const assumeRolePolicy of WRONG_TRUST) p.wrong(role, { assumeRolePolicy });
  p.wrong(role, { assumeRolePolicy: RIGHT_TRUST, inlinePolicies: [{ name: "a", policy: WRONG_IDENTITY }] });
  p.wrong(role, { assumeRolePolicy: RIGHT_TRUST, inlinePolicies: [{ name: "a", policy: unmatched() }] });
}
