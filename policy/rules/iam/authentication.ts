// Authentication rules: APIs, stores, user pools, the password policy of the account.
import { all, given, lacks, noneOf, off, on, oneOf, saysNot } from "../conditions";
import { inTypes, propertyRule } from "../property-rule";
import { refers } from "../relations";
import type { Rule, Stack, StackResource, StackRule } from "../rule";
import { at, isList, isMissing, isObject, type Located, parsed, textOf, UNKNOWN, type Value } from "../value";

const DOMAINS = ["aws:opensearch/domain:Domain", "aws:elasticsearch/domain:Domain"];
const requireMethodAuthorization: StackRule = {
  id: "require-api-method-authorization",
  title: "Methods of REST APIs ask who calls",
  description:
    "A method of a REST API, as a resource or as an operation of the API's OpenAPI body, has an authorizer, IAM authorization or an API key. An operation is public only with an empty list as its security. OPTIONS answers browsers before they sign in; an API with a policy, or inside a network, is held there.",
  severity: "high",
  controls: ["FSBP APIGateway.8", "NIST-800-53 AC-3", "PCI-DSS-4.0 7.3.1"],
  remediation: "set authorization to AWS_IAM, CUSTOM or COGNITO_USER_POOLS; in a body, set security of each operation",
  appliesTo: ["aws:apigateway/method:Method", "aws:apigateway/restApi:RestApi"],
  checkStack(stack, report) {
    const apis = stack.ofType("aws:apigateway/restApi:RestApi");
    for (const method of stack.ofType("aws:apigateway/method:Method")) {
      const { props } = method;
      const found = at(props, "authorization");
      if (found !== "NONE" || at(props, "apiKeyRequired") === true || textOf(at(props, "httpMethod")) === "OPTIONS")
        continue;
      const held = apis.some((api) => refers(stack, method, "restApi", api) !== "no" && isHeld(stack, api));
      if (!held) report(method, { path: "authorization", found, required: "an authorization, or an API key" });
    }
    for (const api of apis) {
      const document = parsed(at(api.props, "body"));
      if (!isMissing(at(document, "x-amazon-apigateway-policy")) || isHeld(stack, api)) continue;
      for (const { path, value } of openOperations(document))
        report(api, { path: `body.paths.${path}.security`, found: value, required: "a scheme, or [] for everybody" });
    }
  },
};

/** Whether the whole API has a policy, or is reached inside a network only. */
function isHeld(stack: Stack, api: StackResource): boolean {
  const policies = stack.ofType("aws:apigateway/restApiPolicy:RestApiPolicy");
  return (
    !isMissing(at(api.given, "policy")) ||
    textOf(at(api.props, "endpointConfiguration.types")) === "PRIVATE" ||
    policies.some((policy) => refers(stack, policy, "restApiId", api) !== "no")
  );
}

/** Methods of an OpenAPI document, as its path items call them; OPTIONS is left out. */
const OPERATIONS = ["get", "put", "post", "delete", "head", "patch", "x-amazon-apigateway-any-method"];

/**
 * Operations of an OpenAPI document that do not say who may call. API Gateway reads the security of the operation alone: that of the
 * document does not reach operations (https://github.com/alma-cdk/openapix/pull/17). An empty list is OpenAPI's own word for a public operation.
 */
function openOperations(document: Value): readonly Located[] {
  const paths = at(document, "paths");
  if (!isObject(paths)) return [];
  return Object.entries(paths).flatMap(([path, item]) =>
    OPERATIONS.flatMap((name) => {
      // Not by a path: names of paths hold dots and brackets.
      const operation = isObject(item) ? item[name] : undefined;
      if (!isObject(operation) || !isMissing(at(operation, "x-amazon-apigateway-auth.type"))) return [];
      const { security } = operation;
      const isOpen = isList(security)
        ? security.some((one) => isObject(one) && Object.keys(one).length === 0)
        : security === undefined || security === null;
      return isOpen ? [{ path: `${path}.${name}`, value: security }] : [];
    }),
  );
}

const disallowSharedTaskRole: StackRule = {
  id: "disallow-shared-task-role",
  title: "Tasks do not run with the role that starts them",
  description:
    "The role by which ECS starts a task may read secrets and images; the containers have another one, for what they do.",
  severity: "medium",
  controls: ["NIST-800-53 AC-6"],
  remediation: "set taskRoleArn to a role of its own",
  appliesTo: ["aws:ecs/taskDefinition:TaskDefinition"],
  checkStack(stack, report) {
    for (const task of stack.ofType("aws:ecs/taskDefinition:TaskDefinition")) {
      const role = at(task.given, "taskRoleArn");
      const starter = at(task.given, "executionRoleArn");
      if (isMissing(role) || isMissing(starter)) continue;
      const suppliers = (name: string): string => [...(task.propertyDependencies[name] ?? [])].sort().join();
      const same =
        role === UNKNOWN && starter === UNKNOWN
          ? suppliers("taskRoleArn") !== "" &&
            suppliers("taskRoleArn") === suppliers("executionRoleArn") &&
            !suppliers("taskRoleArn").includes(",")
          : role !== UNKNOWN && role === starter;
      if (same) report(task, { path: "taskRoleArn", found: role, required: "another role than executionRoleArn" });
    }
  },
};

export const authenticationRules: readonly Rule[] = [
  requireMethodAuthorization,
  disallowSharedTaskRole,
  propertyRule({
    id: "require-api-route-authorization",
    title: "Routes of HTTP APIs ask who calls",
    description:
      "A route of an HTTP or WebSocket API has an authorization. Of a WebSocket API only $connect can have one.",
    severity: "high",
    controls: ["FSBP APIGateway.8", "NIST-800-53 AC-3", "PCI-DSS-4.0 7.3.1"],
    remediation: "set authorizationType to JWT, AWS_IAM or CUSTOM",
    property: { "aws:apigatewayv2/route:Route": "authorizationType" },
    where: all(
      (props) =>
        /^([A-Z]+ |\$connect$|\$default$)/.test(textOf(at(props, "routeKey"))) &&
        !textOf(at(props, "routeKey")).startsWith("OPTIONS "),
      saysNot("apiKeyRequired", true),
    ),
    must: oneOf("JWT", "AWS_IAM", "CUSTOM"),
  }),
  propertyRule({
    id: "disallow-graphql-api-key",
    title: "GraphQL APIs ask who calls",
    description: "A GraphQL API authenticates callers by more than an API key, which all of them share.",
    severity: "high",
    controls: ["FSBP AppSync.5", "NIST-800-53 AC-3"],
    remediation: "set authenticationType to AWS_IAM, AMAZON_COGNITO_USER_POOLS or OPENID_CONNECT",
    property: {
      "aws:appsync/graphQLApi:GraphQLApi": [
        "authenticationType",
        "additionalAuthenticationProviders[*].authenticationType",
      ],
    },
    must: noneOf("API_KEY"),
  }),
  propertyRule({
    id: "require-database-iam-authentication",
    title: "Databases take IAM credentials",
    description: "A database lets clients sign in by IAM, with tokens that end instead of passwords that stay.",
    severity: "low",
    controls: ["FSBP RDS.10", "FSBP RDS.12", "FSBP Neptune.7", "NIST-800-53 IA-2"],
    remediation: "set iamDatabaseAuthenticationEnabled to true",
    property: inTypes(
      "iamDatabaseAuthenticationEnabled",
      "aws:rds/instance:Instance",
      "aws:rds/cluster:Cluster",
      "aws:neptune/cluster:Cluster",
    ),
    where: all(
      (props, type) =>
        type === "aws:neptune/cluster:Cluster" || /^(aurora|mysql|mariadb|postgres)/.test(textOf(at(props, "engine"))),
      lacks("replicateSourceDb"),
    ),
    must: on,
  }),
  propertyRule({
    id: "require-cache-authentication",
    title: "Caches ask who connects",
    description: "A Redis or Valkey cache has a token or user groups.",
    severity: "high",
    controls: ["FSBP ElastiCache.6", "NIST-800-53 IA-2"],
    remediation: "set authToken or userGroupIds (serverless: userGroupId)",
    property: {
      "aws:elasticache/replicationGroup:ReplicationGroup":
        "authToken | authTokenWo | authTokenWoVersion | userGroupIds",
      "aws:elasticache/serverlessCache:ServerlessCache": "userGroupId",
    },
    where: all(saysNot("engine", "memcached"), lacks("globalReplicationGroupId")),
    must: given,
  }),
  propertyRule({
    id: "disallow-open-cache-acl",
    title: "MemoryDB asks who connects",
    description: "A MemoryDB cluster has an access list of its own: open-access lets everybody in without a password.",
    severity: "high",
    controls: ["NIST-800-53 IA-2"],
    remediation: "set aclName to an Acl with users of its own",
    property: { "aws:memorydb/cluster:Cluster": "aclName" },
    must: noneOf("open-access"),
  }),
  propertyRule({
    id: "disallow-unauthenticated-kafka",
    title: "Kafka asks who connects",
    description: "A Kafka cluster does not let clients in that do not authenticate.",
    severity: "high",
    controls: ["FSBP MSK.6", "NIST-800-53 IA-2"],
    remediation: "set clientAuthentication.unauthenticated to false and use IAM, SCRAM or TLS",
    property: { "aws:msk/cluster:Cluster": "clientAuthentication.unauthenticated" },
    must: off,
  }),
  propertyRule({
    id: "require-kafka-authentication",
    title: "Kafka has a way to authenticate",
    description: "A Kafka cluster authenticates clients by IAM, SCRAM or TLS.",
    severity: "medium",
    level: "advisory",
    controls: ["FSBP MSK.6", "NIST-800-53 IA-2"],
    remediation: "set clientAuthentication.sasl.iam to true",
    property: {
      "aws:msk/cluster:Cluster":
        "clientAuthentication.sasl.iam | clientAuthentication.sasl.scram | clientAuthentication.tls.certificateAuthorityArns",
    },
    must: { words: "a way to authenticate", accepts: (value) => value !== false && !isMissing(value) },
  }),
  propertyRule({
    id: "require-search-domain-access-control",
    title: "Search domains have fine-grained access control",
    description: "A search domain decides by user what may be read and written.",
    severity: "high",
    controls: ["FSBP Opensearch.7", "NIST-800-53 AC-3"],
    remediation: "set advancedSecurityOptions.enabled to true, with a master user",
    property: inTypes("advancedSecurityOptions.enabled", ...DOMAINS),
    must: on,
  }),
  propertyRule({
    id: "disallow-guest-identities",
    title: "Identity pools give nothing to guests",
    description: "An identity pool of Cognito gives no credentials to who has not signed in.",
    severity: "high",
    controls: ["FSBP Cognito.2", "NIST-800-53 AC-3"],
    remediation: "leave allowUnauthenticatedIdentities out, or set it to false",
    property: { "aws:cognito/identityPool:IdentityPool": "allowUnauthenticatedIdentities" },
    must: off,
  }),
  propertyRule({
    id: "require-user-pool-mfa",
    title: "User pools offer a second factor",
    description: "Users of a Cognito user pool sign in with a second factor, or may.",
    severity: "medium",
    controls: ["NIST-800-53 IA-2", "PCI-DSS-4.0 8.4.2"],
    remediation: "set mfaConfiguration to ON or OPTIONAL, with softwareTokenMfaConfiguration",
    property: { "aws:cognito/userPool:UserPool": "mfaConfiguration" },
    must: oneOf("ON", "OPTIONAL"),
  }),
  propertyRule({
    id: "require-instance-profile",
    title: "Instances have a role",
    description: "An instance has an instance profile, so that programs on it need no keys.",
    severity: "low",
    level: "advisory",
    controls: ["CIS-AWS-3.0 1.18", "NIST-800-53 IA-5"],
    remediation: "set iamInstanceProfile",
    property: { "aws:ec2/instance:Instance": "iamInstanceProfile" },
    where: lacks("launchTemplate"),
    must: given,
  }),
  propertyRule({
    id: "require-file-access-point-user",
    title: "Access points of file systems set the user",
    description: "An access point of EFS sets the user that its clients are.",
    severity: "medium",
    controls: ["FSBP EFS.4", "NIST-800-53 AC-6"],
    remediation: "set posixUser",
    property: { "aws:efs/accessPoint:AccessPoint": "posixUser.uid" },
    must: given,
  }),
  propertyRule({
    id: "require-file-access-point-root",
    title: "Access points of file systems set the folder",
    description: "An access point of EFS leads to a folder, not to the root.",
    severity: "medium",
    controls: ["FSBP EFS.3", "NIST-800-53 AC-6"],
    remediation: "set rootDirectory.path to a folder",
    property: { "aws:efs/accessPoint:AccessPoint": "rootDirectory.path" },
    must: { words: "a folder other than /", accepts: (value) => textOf(value).length > 1 },
  }),
  propertyRule({
    id: "require-kubernetes-access-entries",
    title: "EKS decides by access entries",
    description:
      "A cluster takes access entries, which are seen and audited in AWS, not the config map aws-auth alone.",
    severity: "low",
    level: "advisory",
    controls: ["NIST-800-53 AC-2"],
    remediation: "set accessConfig.authenticationMode to API",
    property: { "aws:eks/cluster:Cluster": "accessConfig.authenticationMode" },
    must: oneOf("API", "API_AND_CONFIG_MAP"),
  }),
  propertyRule({
    id: "require-mesh-authorization",
    title: "Services of VPC Lattice ask who calls",
    description: "A service and a network of VPC Lattice authorize by IAM.",
    severity: "medium",
    controls: ["NIST-800-53 AC-3"],
    remediation: "set authType to AWS_IAM, and add an AuthPolicy",
    property: inTypes("authType", "aws:vpclattice/service:Service", "aws:vpclattice/serviceNetwork:ServiceNetwork"),
    must: oneOf("AWS_IAM"),
  }),
];
