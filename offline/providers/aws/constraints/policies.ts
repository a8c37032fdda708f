// Every input that holds a policy of IAM's language. What only looks alike (lifecycle rules, data protection, service control of
// other services' own languages) is not listed.
import type { Constraint } from "../../core/rules";
import type { Value } from "../../core/values";
import { UNKNOWN } from "../../core/values";
import { valuesAt } from "../../core/world";
import { malformed, type PolicyKind } from "./policy-language";
import { failure } from "./support";

/** Policies of resources, at `policy` unless another path is given. */
const RESOURCES: Readonly<Record<string, string>> = {
  "aws:acmpca/policy:Policy": "policy",
  "aws:amp/resourcePolicy:ResourcePolicy": "policyDocument",
  "aws:apigateway/domainName:DomainName": "policy",
  "aws:apigateway/restApi:RestApi": "policy",
  "aws:apigateway/restApiPolicy:RestApiPolicy": "policy",
  "aws:backup/vaultPolicy:VaultPolicy": "policy",
  "aws:bedrock/agentcoreResourcePolicy:AgentcoreResourcePolicy": "policy",
  "aws:cloudsearch/domainServiceAccessPolicy:DomainServiceAccessPolicy": "accessPolicy",
  "aws:cloudwatch/eventBusPolicy:EventBusPolicy": "policy",
  "aws:cloudwatch/logDeliveryDestinationPolicy:LogDeliveryDestinationPolicy": "deliveryDestinationPolicy",
  "aws:cloudwatch/logDestinationPolicy:LogDestinationPolicy": "accessPolicy",
  "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": "policyDocument",
  "aws:codeartifact/domainPermissions:DomainPermissions": "policyDocument",
  "aws:codeartifact/repositoryPermissionsPolicy:RepositoryPermissionsPolicy": "policyDocument",
  "aws:codebuild/resourcePolicy:ResourcePolicy": "policy",
  "aws:dsql/clusterPolicy:ClusterPolicy": "policy",
  "aws:dynamodb/resourcePolicy:ResourcePolicy": "policy",
  "aws:ec2/vpcEndpoint:VpcEndpoint": "policy",
  "aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy": "policy",
  "aws:ecr/registryPolicy:RegistryPolicy": "policy",
  "aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate": "repositoryPolicy",
  "aws:ecr/repositoryPolicy:RepositoryPolicy": "policy",
  "aws:ecrpublic/repositoryPolicy:RepositoryPolicy": "policy",
  "aws:efs/fileSystemPolicy:FileSystemPolicy": "policy",
  "aws:elasticsearch/domain:Domain": "accessPolicies",
  "aws:elasticsearch/domainPolicy:DomainPolicy": "accessPolicies",
  "aws:glacier/vault:Vault": "accessPolicy",
  "aws:glacier/vaultLock:VaultLock": "policy",
  "aws:glue/resourcePolicy:ResourcePolicy": "policy",
  "aws:kinesis/resourcePolicy:ResourcePolicy": "policy",
  "aws:kms/externalKey:ExternalKey": "policy",
  "aws:kms/key:Key": "policy",
  "aws:kms/keyPolicy:KeyPolicy": "policy",
  "aws:kms/replicaExternalKey:ReplicaExternalKey": "policy",
  "aws:kms/replicaKey:ReplicaKey": "policy",
  "aws:lambda/resourcePolicy:ResourcePolicy": "policy",
  "aws:mediastore/containerPolicy:ContainerPolicy": "policy",
  "aws:msk/clusterPolicy:ClusterPolicy": "policy",
  "aws:networkfirewall/resourcePolicy:ResourcePolicy": "policy",
  "aws:oam/sinkPolicy:SinkPolicy": "policy",
  "aws:opensearch/domain:Domain": "accessPolicies",
  "aws:opensearch/domainPolicy:DomainPolicy": "accessPolicies",
  "aws:opensearchingest/resourcePolicy:ResourcePolicy": "policy",
  "aws:redshift/resourcePolicy:ResourcePolicy": "policy",
  "aws:redshiftserverless/resourcePolicy:ResourcePolicy": "policy",
  "aws:s3/accessPoint:AccessPoint": "policy",
  "aws:s3/bucketPolicy:BucketPolicy": "policy",
  "aws:s3/bucket:Bucket": "policy",
  "aws:s3control/accessPointPolicy:AccessPointPolicy": "policy",
  "aws:s3control/bucketPolicy:BucketPolicy": "policy",
  "aws:s3tables/tableBucketPolicy:TableBucketPolicy": "resourcePolicy",
  "aws:s3tables/tablePolicy:TablePolicy": "resourcePolicy",
  "aws:sagemaker/modelPackageGroupPolicy:ModelPackageGroupPolicy": "resourcePolicy",
  "aws:schemas/registryPolicy:RegistryPolicy": "policy",
  "aws:secretsmanager/secret:Secret": "policy",
  "aws:secretsmanager/secretPolicy:SecretPolicy": "policy",
  "aws:ses/identityPolicy:IdentityPolicy": "policy",
  "aws:sesv2/emailIdentityPolicy:EmailIdentityPolicy": "policy",
  "aws:sns/topic:Topic": "policy",
  "aws:sns/topicPolicy:TopicPolicy": "policy",
  "aws:sqs/queue:Queue": "policy",
  "aws:sqs/queuePolicy:QueuePolicy": "policy",
  "aws:vpclattice/authPolicy:AuthPolicy": "policy",
  "aws:vpclattice/resourcePolicy:ResourcePolicy": "policy",
  "aws:xray/resourcePolicy:ResourcePolicy": "policyDocument",
};

/** Policies that an identity carries. */
const IDENTITIES: Readonly<Record<string, string>> = {
  "aws:eks/podIdentityAssociation:PodIdentityAssociation": "policy",
  "aws:iam/groupPolicy:GroupPolicy": "policy",
  "aws:iam/policy:Policy": "policy",
  "aws:iam/role:Role": "inlinePolicies[].policy",
  "aws:iam/rolePolicy:RolePolicy": "policy",
  "aws:iam/userPolicy:UserPolicy": "policy",
  "aws:iot/policy:Policy": "policy",
  "aws:rolesanywhere/profile:Profile": "sessionPolicy",
  "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy": "inlinePolicy",
  "aws:transfer/access:Access": "policy",
  "aws:transfer/user:User": "policy",
};

/** The types and paths that hold a policy. */
export const POLICY_PATHS: readonly (readonly [type: string, path: string, kind: PolicyKind])[] = [
  ...Object.entries(RESOURCES).map(([type, path]) => [type, path, "resource"] as const),
  ...Object.entries(IDENTITIES).map(([type, path]) => [type, path, "identity"] as const),
  ["aws:iam/role:Role", "assumeRolePolicy", "trust"],
];

/** A policy document at a path, read as IAM reads it. */
const policyAt = (path: string, kind: PolicyKind): Constraint =>
  function* ({ inputs }) {
    for (const { value, at } of valuesAt(inputs, path)) {
      // A part that the deployment will tell makes the rest unreadable.
      if (value.includes(UNKNOWN)) continue;
      const document = parsed(value);
      if (document === undefined) yield failure(at, "is not JSON: write the document with JSON.stringify");
      else yield* malformed(document, at, kind);
    }
  };

function parsed(text: string): Value | undefined {
  try {
    return JSON.parse(text) as Value;
  } catch {
    return undefined;
  }
}

export const policies: Readonly<Record<string, readonly Constraint[]>> = Object.fromEntries(
  [...new Set(POLICY_PATHS.map(([type]) => type))].map((type) => [
    type,
    POLICY_PATHS.filter(([each]) => each === type).map(([, path, kind]) => policyAt(path, kind)),
  ]),
);
