// ECS, Cloud Map, ECR, Lambda, Application Auto Scaling.
import type { Birth, TypeRule } from "../core/rules";
import { deploymentOutcome } from "./deployments";
import { BASE36, dnsSuffix, physicalName, UPPER } from "./shapes";

/** A cluster may be named by its ARN or its name. */
function clusterName(birth: Birth): string {
  const cluster = birth.text("cluster");
  return cluster === "" ? "default" : cluster.slice(cluster.lastIndexOf("/") + 1);
}

const taskArn = (birth: Birth): string => birth.arn("ecs", `task-definition/${birth.text("family")}`);
/** A family counts its revisions. */
const revision = ({ superseded }: Birth): number =>
  typeof superseded?.revision === "number" ? superseded.revision + 1 : 1;
const lambdaArn = (birth: Birth): string => birth.arn("lambda", `function:${physicalName(birth)}`);
const invokeArn = (birth: Birth): string =>
  `arn:${birth.partition}:apigateway:${birth.region}:lambda:path/2015-03-31/functions/${lambdaArn(birth)}/invocations`;
const namespaceId = (birth: Birth): string => `ns-${birth.token(16, BASE36)}`;
const namespaceArn = (birth: Birth): string => birth.arn("servicediscovery", `namespace/${birth.id}`);

export const containers: Readonly<Record<string, TypeRule>> = {
  "aws:ecs/cluster:Cluster": {
    id: (birth) => birth.arn("ecs", `cluster/${physicalName(birth)}`),
    autoname: { property: "name", limit: 255 },
    computed: { arn: (birth) => birth.id, settings: [{ name: "containerInsights", value: "disabled" }] },
  },
  "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders": {
    id: (birth) => birth.text("clusterName"),
  },
  "aws:ecs/service:Service": {
    id: (birth) => birth.arn("ecs", `service/${clusterName(birth)}/${physicalName(birth)}`),
    autoname: { property: "name", limit: 255 },
    uniqueWithin: ["cluster"],
    computed: {
      arn: (birth) => birth.id,
      iamRole: "",
      launchType: (birth) => (birth.inputs.capacityProviderStrategies === undefined ? "EC2" : ""),
      cluster: (birth) => birth.arn("ecs", `cluster/${clusterName(birth)}`),
      platformVersion: (birth) => (birth.text("launchType") === "EC2" ? "" : "LATEST"),
      availabilityZoneRebalancing: "ENABLED",
      triggers: {},
    },
    defaults: {
      deploymentMaximumPercent: 200,
      deploymentMinimumHealthyPercent: 100,
      enableEcsManagedTags: false,
      enableExecuteCommand: false,
      forceDelete: false,
      forceNewDeployment: false,
      schedulingStrategy: "REPLICA",
      waitForSteadyState: false,
    },
    outcome: deploymentOutcome,
  },
  "aws:ecs/taskDefinition:TaskDefinition": {
    id: (birth) => birth.text("family"),
    autoname: false,
    unique: false,
    // A task definition can't be changed: every change registers a revision.
    computed: {
      arn: (birth) => `${taskArn(birth)}:${revision(birth)}`,
      arnWithoutRevision: taskArn,
      revision,
      networkMode: "bridge",
    },
    defaults: { skipDestroy: false, trackLatest: false, enableFaultInjection: false },
    // internal/service/ecs/task_definition.go: with skip_destroy, neither a replacement nor a deletion deregisters a revision.
    outlives: ({ inputs }) => inputs.skipDestroy === true,
  },
  "aws:servicediscovery/privateDnsNamespace:PrivateDnsNamespace": {
    id: namespaceId,
    autoname: { property: "name" },
    unique: false,
    computed: { arn: namespaceArn, hostedZone: (birth) => `Z${birth.token(20, UPPER, "zone")}` },
  },
  "aws:servicediscovery/httpNamespace:HttpNamespace": {
    id: namespaceId,
    autoname: { property: "name" },
    computed: { arn: namespaceArn, httpName: (birth) => physicalName(birth) },
  },
  "aws:servicediscovery/service:Service": {
    id: (birth) => `srv-${birth.token(16, BASE36)}`,
    autoname: { property: "name" },
    unique: false,
    computed: { arn: (birth) => birth.arn("servicediscovery", `service/${birth.id}`), type: "DNS_HTTP" },
  },
  "aws:ecr/repository:Repository": {
    autoname: { property: "name", limit: 256, lower: true },
    computed: {
      arn: (birth) => birth.arn("ecr", `repository/${physicalName(birth)}`),
      registryId: (birth) => birth.accountId,
      repositoryUrl: (birth) =>
        `${birth.accountId}.dkr.ecr.${birth.region}.${dnsSuffix(birth.partition)}/${physicalName(birth)}`,
    },
    defaults: { imageTagMutability: "MUTABLE", forceDelete: false },
  },
  "aws:ecr/lifecyclePolicy:LifecyclePolicy": {
    id: (birth) => birth.text("repository"),
    computed: { registryId: (birth) => birth.accountId },
  },
  "aws:lambda/function:Function": {
    autoname: { property: "name", limit: 64 },
    computed: {
      arn: lambdaArn,
      invokeArn,
      qualifiedArn: (birth) => `${lambdaArn(birth)}:$LATEST`,
      qualifiedInvokeArn: (birth) => invokeArn(birth).replace("/invocations", ":$LATEST/invocations"),
      responseStreamingInvokeArn: (birth) =>
        invokeArn(birth).replace("2015-03-31", "2021-11-15").replace("/invocations", "/response-streaming-invocations"),
      version: "$LATEST",
      lastModified: (birth) => birth.now,
      sourceCodeSize: 1024,
      architectures: ["x86_64"],
      ephemeralStorage: { size: 512 },
      loggingConfig: (birth) => ({ logFormat: "Text", logGroup: `/aws/lambda/${physicalName(birth)}` }),
      tracingConfig: { mode: "PassThrough" },
      signingJobArn: "",
      signingProfileVersionArn: "",
    },
    defaults: { memorySize: 128, packageType: "Zip", publish: false, reservedConcurrentExecutions: -1, timeout: 3 },
  },
  "aws:lambda/permission:Permission": {
    id: (birth) => birth.text("statementId") || `terraform-${birth.now.replace(/\D/g, "")}${birth.hex(12)}`,
    unique: "statementId",
    uniqueWithin: ["function", "qualifier"],
    recordedWithin: ["function"],
    computed: { statementId: (birth) => birth.id, statementIdPrefix: "" },
  },
  "aws:lambda/eventSourceMapping:EventSourceMapping": {
    id: (birth) =>
      `${birth.hex(8)}-${birth.hex(4, "a")}-4${birth.hex(3, "b")}-a${birth.hex(3, "c")}-${birth.hex(12, "d")}`,
    computed: {
      arn: (birth) => birth.arn("lambda", `event-source-mapping:${birth.id}`),
      uuid: (birth) => birth.id,
      state: "Enabled",
    },
  },
  "aws:appautoscaling/target:Target": {
    id: (birth) => birth.text("resourceId"),
    recordedWithin: ["scalableDimension"],
    computed: {
      arn: (birth) => birth.arn("application-autoscaling", `scalable-target/${birth.hex(34)}`),
      roleArn: (birth) =>
        `arn:${birth.partition}:iam::${birth.accountId}:role/aws-service-role/ecs.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_ECSService`,
    },
  },
  "aws:appautoscaling/policy:Policy": {
    autoname: { property: "name", limit: 255 },
    unique: false,
    computed: {
      arn: (birth) =>
        birth.arn(
          "autoscaling",
          `scalingPolicy:${birth.hex(32)}:resource/${birth.text("serviceNamespace")}/${birth.text("resourceId")}:policyName/${physicalName(birth)}`,
        ),
      alarmArns: [],
    },
    defaults: { policyType: "StepScaling" },
  },
};
