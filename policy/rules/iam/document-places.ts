// Every place of the AWS provider's resources where a policy document can stand, and the resources that are a statement
// themselves. Service control policies and session policies are not here: they only take away.
import type { Resource } from "../rule";
import { at, each, isMissing, type Properties, UNKNOWN, type Value } from "../value";
import { type Document, documentOf, type Kind, statementOf } from "./document";

interface Place {
  readonly path: string;
  readonly kind: Kind;
}

const policy = (kind: Kind): readonly Place[] => [{ path: "policy", kind }];
const accessPolicies: readonly Place[] = [{ path: "accessPolicies", kind: "resource" }];
const accessPolicy: readonly Place[] = [{ path: "accessPolicy", kind: "resource" }];
const policyDocument: readonly Place[] = [{ path: "policyDocument", kind: "resource" }];
const resourcePolicy: readonly Place[] = [{ path: "resourcePolicy", kind: "resource" }];

const PLACES: Readonly<Record<string, readonly Place[]>> = {
  "aws:iam/policy:Policy": policy("identity"),
  "aws:iam/rolePolicy:RolePolicy": policy("identity"),
  "aws:iam/userPolicy:UserPolicy": policy("identity"),
  "aws:iam/groupPolicy:GroupPolicy": policy("identity"),
  "aws:iam/role:Role": [
    { path: "assumeRolePolicy", kind: "trust" },
    { path: "inlinePolicies[*].policy", kind: "identity" },
  ],
  "aws:iot/policy:Policy": policy("identity"),
  "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy": [{ path: "inlinePolicy", kind: "identity" }],
  "aws:ec2/vpcEndpoint:VpcEndpoint": policy("endpoint"),
  "aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy": policy("endpoint"),

  "aws:acmpca/policy:Policy": policy("resource"),
  "aws:amp/resourcePolicy:ResourcePolicy": policyDocument,
  "aws:apigateway/domainName:DomainName": policy("resource"),
  "aws:apigateway/restApi:RestApi": policy("resource"),
  "aws:apigateway/restApiPolicy:RestApiPolicy": policy("resource"),
  "aws:backup/vaultPolicy:VaultPolicy": policy("resource"),
  "aws:bedrock/agentcoreResourcePolicy:AgentcoreResourcePolicy": policy("resource"),
  "aws:cloudsearch/domainServiceAccessPolicy:DomainServiceAccessPolicy": accessPolicy,
  "aws:cloudwatch/eventBusPolicy:EventBusPolicy": policy("resource"),
  "aws:cloudwatch/logDeliveryDestinationPolicy:LogDeliveryDestinationPolicy": [
    { path: "deliveryDestinationPolicy", kind: "resource" },
  ],
  "aws:cloudwatch/logDestinationPolicy:LogDestinationPolicy": accessPolicy,
  "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": policyDocument,
  "aws:codeartifact/domainPermissions:DomainPermissions": policyDocument,
  "aws:codeartifact/repositoryPermissionsPolicy:RepositoryPermissionsPolicy": policyDocument,
  "aws:codebuild/resourcePolicy:ResourcePolicy": policy("resource"),
  "aws:dsql/clusterPolicy:ClusterPolicy": policy("resource"),
  "aws:dynamodb/resourcePolicy:ResourcePolicy": policy("resource"),
  "aws:ecr/registryPolicy:RegistryPolicy": policy("resource"),
  "aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate": [{ path: "repositoryPolicy", kind: "resource" }],
  "aws:ecr/repositoryPolicy:RepositoryPolicy": policy("resource"),
  "aws:efs/fileSystemPolicy:FileSystemPolicy": policy("resource"),
  "aws:elasticsearch/domain:Domain": accessPolicies,
  "aws:elasticsearch/domainPolicy:DomainPolicy": accessPolicies,
  "aws:glacier/vault:Vault": accessPolicy,
  "aws:glacier/vaultLock:VaultLock": policy("resource"),
  "aws:glue/resourcePolicy:ResourcePolicy": policy("resource"),
  "aws:kinesis/resourcePolicy:ResourcePolicy": policy("resource"),
  "aws:kms/externalKey:ExternalKey": policy("resource"),
  "aws:kms/key:Key": policy("resource"),
  "aws:kms/keyPolicy:KeyPolicy": policy("resource"),
  "aws:kms/replicaExternalKey:ReplicaExternalKey": policy("resource"),
  "aws:kms/replicaKey:ReplicaKey": policy("resource"),
  "aws:lambda/resourcePolicy:ResourcePolicy": policy("resource"),
  "aws:mediastore/containerPolicy:ContainerPolicy": policy("resource"),
  "aws:msk/clusterPolicy:ClusterPolicy": policy("resource"),
  "aws:networkfirewall/resourcePolicy:ResourcePolicy": policy("resource"),
  "aws:oam/sinkPolicy:SinkPolicy": policy("resource"),
  "aws:opensearch/domain:Domain": accessPolicies,
  "aws:opensearch/domainPolicy:DomainPolicy": accessPolicies,
  "aws:opensearchingest/resourcePolicy:ResourcePolicy": policy("resource"),
  "aws:redshift/resourcePolicy:ResourcePolicy": policy("resource"),
  "aws:redshiftserverless/resourcePolicy:ResourcePolicy": policy("resource"),
  "aws:s3/accessPoint:AccessPoint": policy("resource"),
  "aws:s3/bucket:Bucket": policy("resource"),
  "aws:s3/bucketPolicy:BucketPolicy": policy("resource"),
  "aws:s3/bucketV2:BucketV2": policy("resource"),
  "aws:s3/vectorsVectorBucketPolicy:VectorsVectorBucketPolicy": policy("resource"),
  "aws:s3control/accessPointPolicy:AccessPointPolicy": policy("resource"),
  "aws:s3control/bucketPolicy:BucketPolicy": policy("resource"),
  "aws:s3control/multiRegionAccessPointPolicy:MultiRegionAccessPointPolicy": [
    { path: "details.policy", kind: "resource" },
  ],
  "aws:s3control/objectLambdaAccessPointPolicy:ObjectLambdaAccessPointPolicy": policy("resource"),
  "aws:s3tables/tableBucketPolicy:TableBucketPolicy": resourcePolicy,
  "aws:s3tables/tablePolicy:TablePolicy": resourcePolicy,
  "aws:sagemaker/modelPackageGroupPolicy:ModelPackageGroupPolicy": [{ path: "resourcePolicy", kind: "resource" }],
  "aws:schemas/registryPolicy:RegistryPolicy": policy("resource"),
  "aws:secretsmanager/secret:Secret": policy("resource"),
  "aws:secretsmanager/secretPolicy:SecretPolicy": policy("resource"),
  "aws:ses/identityPolicy:IdentityPolicy": policy("resource"),
  "aws:sesv2/emailIdentityPolicy:EmailIdentityPolicy": policy("resource"),
  "aws:sns/topic:Topic": policy("resource"),
  "aws:sns/topicPolicy:TopicPolicy": policy("resource"),
  "aws:sqs/queue:Queue": policy("resource"),
  "aws:sqs/queuePolicy:QueuePolicy": policy("resource"),
  "aws:vpclattice/authPolicy:AuthPolicy": policy("resource"),
  "aws:vpclattice/resourcePolicy:ResourcePolicy": policy("resource"),
  "aws:xray/resourcePolicy:ResourcePolicy": policyDocument,
};

/** Resources that are one statement of their target's policy; each of its elements comes from a property. */
const STATEMENTS: Readonly<Record<string, (props: Properties) => Properties>> = {
  "aws:lambda/permission:Permission": (props) =>
    permission(props.action, props.principal, props.function, {
      "aws:SourceArn": props.sourceArn,
      "aws:SourceAccount": props.sourceAccount,
      "aws:PrincipalOrgID": props.principalOrgId,
    }),
  "aws:lambda/layerVersionPermission:LayerVersionPermission": (props) =>
    permission(props.action, props.principal, props.layerName, {
      "aws:PrincipalOrgID": props.organizationId,
    }),
  "aws:cloudwatch/eventPermission:EventPermission": (props) =>
    permission(props.action ?? "events:PutEvents", props.principal, "*", {
      ...(props.condition === UNKNOWN && { "aws:PrincipalOrgID": UNKNOWN }),
      ...(at(props, "condition.key") === "aws:PrincipalOrgID" && {
        "aws:PrincipalOrgID": at(props, "condition.value"),
      }),
    }),
};

const PROPERTIES: Readonly<Record<string, string>> = {
  Action: "action",
  Principal: "principal",
  Resource: "function",
  Condition: "sourceArn",
};

/** The types on which documents of some kinds stand. */
export function typesOf(...kinds: readonly Kind[]): readonly string[] {
  return Object.keys(PLACES).filter((type) => PLACES[type]?.some(({ kind }) => kinds.includes(kind)));
}

/** An element that a resource which is a statement itself leaves to its program. */
export type OpenElement = "account" | "service" | "action" | "pattern";

/**
 * The types that are a statement themselves and leave an element open. All name an account or everybody; a function's also
 * names services and patterns of actions, a layer's has one action only.
 */
export function statementTypes(open: OpenElement): readonly string[] {
  const [permission = "", , events = ""] = Object.keys(STATEMENTS);
  if (open === "account") return Object.keys(STATEMENTS);
  return open === "action" ? [permission, events] : [permission];
}

/** Every document of a resource of which something is known. */
export function documentsOf(resource: Resource): readonly Document[] {
  const asStatement = STATEMENTS[resource.type];
  if (asStatement) {
    const statement = statementOf(asStatement(resource.props), (element) => PROPERTIES[element] ?? element);
    return [{ kind: "resource", path: "", statements: [statement], complete: true, source: UNKNOWN }];
  }
  return (PLACES[resource.type] ?? []).flatMap(({ path, kind }) =>
    each(resource.props, path).flatMap((located) => documentOf(located.value, kind, located.path) ?? []),
  );
}

function permission(action: Value, principal: Value, resource: Value, held: Properties): Properties {
  const equal = Object.fromEntries(Object.entries(held).filter(([, value]) => !isMissing(value)));
  return {
    Effect: "Allow",
    Action: action,
    Principal: namedPrincipal(principal),
    Resource: resource,
    Condition: { ArnLike: equal },
  };
}

function namedPrincipal(principal: Value): Value {
  if (typeof principal !== "string" || principal === "*") return principal;
  return /\.amazonaws\.(com(\.cn)?|eu)$/.test(principal) || /^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(principal)
    ? { Service: principal }
    : { AWS: principal };
}
