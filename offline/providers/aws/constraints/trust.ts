// Which service assumes the role that an input names.
import type { Failure } from "../../core/check";
import type { Constraint } from "../../core/rules";
import { isObject, text, type Value, type Values } from "../../core/values";
import { valuesAt, type World } from "../../core/world";
import { listed } from "./policy-language";
import { failure, textOf } from "./support";

const ROLE = "aws:iam/role:Role";

/** By type and input's path. A role that several services may assume here needs one of them. */
export const ASSUMED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "aws:ec2/flowLog:FlowLog": { iamRoleArn: "vpc-flow-logs" },
  "aws:rds/instance:Instance": { monitoringRoleArn: "monitoring.rds" },
  "aws:rds/cluster:Cluster": { monitoringRoleArn: "monitoring.rds" },
  "aws:rds/clusterInstance:ClusterInstance": { monitoringRoleArn: "monitoring.rds" },
  "aws:rds/proxy:Proxy": { roleArn: "rds" },
  "aws:sfn/stateMachine:StateMachine": { roleArn: "states" },
  "aws:lambda/function:Function": { role: "lambda" },
  "aws:ecs/taskDefinition:TaskDefinition": { taskRoleArn: "ecs-tasks", executionRoleArn: "ecs-tasks" },
  "aws:ecs/service:Service": { iamRole: "ecs" },
  "aws:apigateway/account:Account": { cloudwatchRoleArn: "apigateway" },
  "aws:apigateway/authorizer:Authorizer": { authorizerCredentials: "apigateway" },
  "aws:apigateway/integration:Integration": { credentials: "apigateway" },
  "aws:apigatewayv2/integration:Integration": { credentialsArn: "apigateway" },
  "aws:cloudwatch/eventTarget:EventTarget": { roleArn: "events" },
  "aws:cloudwatch/eventRule:EventRule": { roleArn: "events" },
  "aws:cloudwatch/metricStream:MetricStream": { roleArn: "streams.metrics.cloudwatch" },
  "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter": { roleArn: "logs" },
  "aws:cloudtrail/trail:Trail": { cloudWatchLogsRoleArn: "cloudtrail" },
  "aws:scheduler/schedule:Schedule": { "target.roleArn": "scheduler" },
  "aws:pipes/pipe:Pipe": { roleArn: "pipes" },
  "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": {
    "extendedS3Configuration.roleArn": "firehose",
    "kinesisSourceConfiguration.roleArn": "firehose",
    "redshiftConfiguration.roleArn": "firehose",
    "opensearchConfiguration.roleArn": "firehose",
    "elasticsearchConfiguration.roleArn": "firehose",
    "httpEndpointConfiguration.roleArn": "firehose",
    "httpEndpointConfiguration.s3Configuration.roleArn": "firehose",
  },
  "aws:eks/cluster:Cluster": { roleArn: "eks" },
  "aws:eks/nodeGroup:NodeGroup": { nodeRoleArn: "ec2" },
  "aws:eks/fargateProfile:FargateProfile": { podExecutionRoleArn: "eks-fargate-pods" },
  "aws:eks/podIdentityAssociation:PodIdentityAssociation": { roleArn: "pods.eks" },
  "aws:appautoscaling/target:Target": { roleArn: "application-autoscaling" },
  "aws:autoscaling/lifecycleHook:LifecycleHook": { roleArn: "autoscaling" },
  "aws:codebuild/project:Project": { serviceRole: "codebuild" },
  "aws:codepipeline/pipeline:Pipeline": { roleArn: "codepipeline" },
  "aws:codedeploy/deploymentGroup:DeploymentGroup": { serviceRoleArn: "codedeploy" },
  "aws:backup/selection:Selection": { iamRoleArn: "backup" },
  "aws:dlm/lifecyclePolicy:LifecyclePolicy": { executionRoleArn: "dlm" },
  "aws:cfg/recorder:Recorder": { roleArn: "config" },
  "aws:glue/job:Job": { roleArn: "glue" },
  "aws:glue/crawler:Crawler": { role: "glue" },
  "aws:batch/computeEnvironment:ComputeEnvironment": { serviceRole: "batch" },
  "aws:appsync/dataSource:DataSource": { serviceRoleArn: "appsync" },
  "aws:appsync/graphQLApi:GraphQLApi": { "logConfig.cloudwatchLogsRoleArn": "appsync" },
  "aws:apprunner/service:Service": {
    "sourceConfiguration.authenticationConfiguration.accessRoleArn": "build.apprunner",
    "instanceConfiguration.instanceRoleArn": "tasks.apprunner",
  },
  "aws:s3/bucketReplicationConfig:BucketReplicationConfig": { role: "s3" },
  "aws:transfer/server:Server": { loggingRole: "transfer" },
  "aws:transfer/user:User": { role: "transfer" },
  "aws:synthetics/canary:Canary": { executionRoleArn: "lambda" },
  "aws:iot/topicRule:TopicRule": { "sqs[].roleArn": "iot", "sns[].roleArn": "iot", "kineses[].roleArn": "iot" },
  "aws:redshift/cluster:Cluster": { "iamRoles[]": "redshift" },
  "aws:sagemaker/model:Model": { executionRoleArn: "sagemaker" },
  "aws:emr/cluster:Cluster": { serviceRole: "elasticmapreduce" },
  "aws:ssm/maintenanceWindowTask:MaintenanceWindowTask": { serviceRoleArn: "ssm" },
  "aws:sns/topic:Topic": Object.fromEntries(
    ["application", "firehose", "http", "lambda", "sqs"].flatMap((by) =>
      ["Success", "Failure"].map((outcome) => [`${by}${outcome}FeedbackRoleArn`, "sns"]),
    ),
  ),
  "aws:sns/topicSubscription:TopicSubscription": { subscriptionRoleArn: "sns" },
};

/** Services that assume roles without an input here that names one. */
const OTHERS = [
  "edgelambda",
  "ecs",
  "ec2",
  "s3",
  "sns",
  "ssm",
  "delivery.logs",
  "elasticloadbalancing",
  "spotfleet",
  "dms",
  "transfer",
];

/** Whether a statement lets a service assume the role; what is not known whole counts as yes. */
function trusts(statement: Value, service: string): boolean {
  if (!isObject(statement) || statement.Effect !== "Allow") return false;
  const assumes = listed(statement.Action).some(
    (action) => typeof action === "string" && /^(\*|sts:(\*|Assume\*|AssumeRole\*?))$/i.test(action),
  );
  if (!assumes && statement.NotAction === undefined) return false;
  const { Principal: principal } = statement;
  if (principal === "*" || statement.NotPrincipal !== undefined) return true;
  return isObject(principal) && listed(principal.Service).some((given) => same(given, service));
}

/** `states.eu-central-1.amazonaws.com` and China's own suffix mean the same service. */
function same(given: Value, service: string): boolean {
  const short = typeof given === "string" ? given.replace(/\.amazonaws\.com(\.cn)?$/, "") : "";
  return given === "*" || short === service || short.replace(/\.[a-z]{2,4}(-[a-z]+)+-\d$/, "") === service;
}

/** Refuses a role whose trust does not let a service assume it. */
function* unassumable(world: World, arn: string, path: string, service: string): Iterable<Failure> {
  const role = world.get(ROLE, arn.slice(arn.lastIndexOf("/") + 1));
  const document = parsed(textOf(role, "assumeRolePolicy"));
  if (document === undefined || listed(document.Statement).some((statement) => trusts(statement, service))) return;
  yield failure(
    path,
    `${service}.amazonaws.com can't assume role ${role?.id ?? ""}: its trust policy must allow sts:AssumeRole to this service`,
  );
}

function parsed(trust: string | undefined): Values | undefined {
  try {
    const document = trust === undefined ? undefined : (JSON.parse(trust) as Value);
    return isObject(document) ? document : undefined;
  } catch {
    return undefined;
  }
}

const assumable = (paths: Readonly<Record<string, string>>): Constraint =>
  function* ({ inputs }, world) {
    for (const [path, service] of Object.entries(paths))
      for (const { at, value } of valuesAt(inputs, path)) yield* unassumable(world, value, at, service);
  };

const KNOWN: ReadonlySet<string> = new Set([
  ...Object.values(ASSUMED).flatMap((paths) => Object.values(paths)),
  ...OTHERS,
]);

/** A misspelt service. Not every service is known here, so only what is nearly one that is. */
const services: Constraint = function* (candidate) {
  const statements = listed(parsed(candidate.text("assumeRolePolicy"))?.Statement);
  for (const [index, statement] of statements.entries()) {
    const principal = isObject(statement) ? statement.Principal : undefined;
    for (const given of isObject(principal) ? listed(principal.Service) : []) {
      const [, name] = /^([a-z0-9.-]+)\.amazonaws\.com$/.exec(text(given) ?? "") ?? [];
      const near = name === undefined || KNOWN.has(name) ? undefined : nearly(name);
      if (near !== undefined)
        yield failure(
          `assumeRolePolicy.Statement[${index}].Principal.Service`,
          `"${text(given) ?? ""}" is no service (MalformedPolicyDocument); did you mean "${near}.amazonaws.com"?`,
        );
    }
  }
};

/** The known service with a letter more, less, another, or two in the wrong order. */
function nearly(name: string): string | undefined {
  const without = (text: string): readonly string[] =>
    Array.from(text, (_, at) => text.slice(0, at) + text.slice(at + 1));
  const mine = new Set([name, ...without(name)]);
  return [...KNOWN].find(
    (known) => known.length > 4 && (mine.has(known) || without(known).some((each) => mine.has(each))),
  );
}

export const trust: Readonly<Record<string, readonly Constraint[]>> = Object.fromEntries([
  ...Object.entries(ASSUMED).map(([type, paths]) => [type, [assumable(paths)]] as const),
  [ROLE, [services]],
]);
