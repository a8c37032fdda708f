// Tasks, functions, instances and clusters.
import type { Network } from "./network";
import { ACCOUNT, type Made, type Planter } from "./planter";

/** The ARN of a role of its own for a service of AWS. */
function role(p: Planter, service: string): unknown {
  const Condition = { StringEquals: { "aws:SourceAccount": ACCOUNT } };
  const statement = { Effect: "Allow", Principal: { Service: `${service}.amazonaws.com` }, Action: "sts:AssumeRole" };
  const trust = service === "ec2" ? statement : { ...statement, Condition };
  return p.right("aws:iam/role:Role", {
    assumeRolePolicy: JSON.stringify({ Version: "2012-10-17", Statement: [trust] }),
  }).arn;
}

/** A trust that several services have, as one role for everything has it. */
const SHARED = JSON.stringify({
  Version: "2012-10-17",
  Statement: ["ecs-tasks", "lambda", "states", "pipes", "codebuild"].map((service) => ({
    Effect: "Allow",
    Principal: { Service: `${service}.amazonaws.com` },
    Action: "sts:AssumeRole",
    Condition: { StringEquals: { "aws:SourceAccount": ACCOUNT } },
  })),
});

export function compute(p: Planter, net: Network): void {
  const shared = p.right("aws:iam/role:Role", { assumeRolePolicy: SHARED }).arn;
  containers(p, net, shared);
  functions(p, net, shared);
  instances(p);
  kubernetes(p, net);
}

/** A container that every rule accepts. */
export const CONTAINER = {
  name: "app",
  image: "123456789012.dkr.ecr.eu-central-1.amazonaws.com/app:1.4.2",
  essential: true,
  user: "10001",
  readonlyRootFilesystem: true,
  memory: 512,
  portMappings: [{ containerPort: 8080 }],
  healthCheck: { command: ["CMD-SHELL", "wget -q -O - http://localhost:8080/health || exit 1"] },
  logConfiguration: {
    logDriver: "awslogs",
    options: { "awslogs-group": "/app", "awslogs-region": "eu-central-1", "awslogs-stream-prefix": "app" },
  },
};

const TASK = {
  family: "app",
  networkMode: "awsvpc",
  requiresCompatibilities: ["FARGATE"],
  cpu: "256",
  memory: "512",
  containerDefinitions: JSON.stringify([CONTAINER]),
};

function containers(p: Planter, net: Network, shared: unknown): void {
  const cluster = p.right("aws:ecs/cluster:Cluster", {
    configuration: { executeCommandConfiguration: { kmsKeyId: net.key, logging: "NONE" } },
  });
  const entered = p.wrong("aws:ecs/cluster:Cluster", {
    configuration: { executeCommandConfiguration: { logging: "DEFAULT" } },
  });
  const task = "aws:ecs/taskDefinition:TaskDefinition";
  const volume = (efsVolumeConfiguration: object) => [{ name: "files", efsVolumeConfiguration }];
  const right = p.right(task, {
    ...TASK,
    taskRoleArn: role(p, "ecs-tasks"),
    executionRoleArn: role(p, "ecs-tasks"),
    volumes: volume({ fileSystemId: "fs-0aaaaaaaaaaaaaaaa", transitEncryption: "ENABLED" }),
  });
  p.wrong(task, {
    ...TASK,
    taskRoleArn: shared,
    executionRoleArn: shared,
    volumes: volume({ fileSystemId: "fs-0aaaaaaaaaaaaaaaa", transitEncryption: "DISABLED" }),
  });
  workloads(p);
  const service = (subnets: readonly unknown[], assignPublicIp: boolean, on: Made) => ({
    cluster: on.arn,
    taskDefinition: right.arn,
    launchType: "FARGATE",
    desiredCount: 1,
    networkConfiguration: { subnets, securityGroups: [net.group.id], assignPublicIp },
  });
  const inside = net.isolated.map(({ id }) => id);
  p.right("aws:ecs/service:Service", service(inside, false, cluster));
  p.wrong(
    "aws:ecs/service:Service",
    service(
      net.publicSubnets.map(({ id }) => id),
      true,
      entered,
    ),
  );
  const set = { service: "app", cluster: "app", taskDefinition: "app:1", launchType: "FARGATE" };
  const place = (subnets: readonly unknown[], assignPublicIp: boolean) => ({ subnets, securityGroups: [net.group.id], assignPublicIp }); // prettier-ignore
  p.right("aws:ecs/taskSet:TaskSet", { ...set, networkConfiguration: place(inside, false) });
  p.wrong("aws:ecs/taskSet:TaskSet", {
    ...set,
    networkConfiguration: place(
      net.publicSubnets.map(({ id }) => id),
      true,
    ),
  });
  schedules(p, inside);
}

/** A task definition of which each rule on containers finds something. */
function workloads(p: Planter): void {
  const task = "aws:ecs/taskDefinition:TaskDefinition";
  const wrong = {
    name: "app",
    image: "nginx",
    essential: true,
    memory: 512,
    privileged: true,
    environment: [{ name: "DB_PASSWORD", value: "hunter2" }],
    linuxParameters: { capabilities: { add: ["SYS_ADMIN"] } },
  };
  const host = { family: "host", networkMode: "host", requiresCompatibilities: ["EC2"] };
  p.wrong(task, {
    ...host,
    containerDefinitions: JSON.stringify([wrong]),
    volumes: [{ name: "engine", hostPath: "/var/run/docker.sock" }],
  });
  const hub = (value: string) => ({
    serviceName: "hub-2",
    sourceConfiguration: {
      imageRepository: {
        imageIdentifier: "public.ecr.aws/a/b:1.0.0",
        imageRepositoryType: "ECR_PUBLIC",
        imageConfiguration: { runtimeEnvironmentVariables: { SERVICE_TOKEN: value } },
      },
    },
  });
  p.right("aws:apprunner/service:Service", { ...hub("arn:aws:secretsmanager:eu-central-1:123456789012:secret:a"), serviceName: "hub-1" }); // prettier-ignore
  p.wrong("aws:apprunner/service:Service", hub("s3cr3t-value"));
}

function schedules(p: Planter, subnets: readonly unknown[]): void {
  const arn = "arn:aws:ecs:eu-central-1:123456789012:task-definition/app:1";
  const rule = p.right("aws:cloudwatch/eventRule:EventRule", { scheduleExpression: "rate(1 day)" }).name;
  const target = (assignPublicIp: boolean) => ({
    rule,
    arn: "arn:aws:ecs:eu-central-1:123456789012:cluster/app",
    roleArn: role(p, "events"),
    ecsTarget: { taskDefinitionArn: arn, launchType: "FARGATE", networkConfiguration: { subnets, assignPublicIp } },
  });
  p.right("aws:cloudwatch/eventTarget:EventTarget", target(false));
  p.wrong("aws:cloudwatch/eventTarget:EventTarget", target(true));
  const schedule = (assignPublicIp: boolean) => ({
    flexibleTimeWindow: { mode: "OFF" },
    scheduleExpression: "rate(1 day)",
    target: {
      arn: "arn:aws:ecs:eu-central-1:123456789012:cluster/app",
      roleArn: role(p, "scheduler"),
      ecsParameters: {
        taskDefinitionArn: arn,
        launchType: "FARGATE",
        networkConfiguration: { subnets, assignPublicIp },
      },
    },
  });
  p.right("aws:scheduler/schedule:Schedule", schedule(false));
  p.wrong("aws:scheduler/schedule:Schedule", schedule(true));
}

function functions(p: Planter, net: Network, shared: unknown): void {
  const code = { runtime: "nodejs22.x", handler: "index.handler", s3Bucket: "code", s3Key: "code.zip" };
  const variables = { environment: { variables: { MODE: "fast" } } };
  const within = (subnets: readonly unknown[]) => ({ vpcConfig: { subnetIds: subnets, securityGroupIds: [net.group.id] } }); // prettier-ignore
  p.right("aws:lambda/function:Function", {
    ...code,
    ...variables,
    ...within(net.isolated.map(({ id }) => id)),
    role: role(p, "lambda"),
    kmsKeyArn: net.key,
  });
  p.wrong("aws:lambda/function:Function", {
    ...code,
    environment: { variables: { API_KEY: "s3cr3t-value" } },
    ...within(net.publicSubnets.map(({ id }) => id)),
    role: shared,
  });
  const url = "aws:lambda/functionUrl:FunctionUrl";
  p.right(url, { functionName: "fast", authorizationType: "AWS_IAM" });
  p.wrong(url, { functionName: "open", authorizationType: "NONE" });
  const machine = { definition: JSON.stringify({ StartAt: "A", States: { A: { Type: "Succeed" } } }) };
  p.right("aws:sfn/stateMachine:StateMachine", { ...machine, roleArn: role(p, "states") });
  p.wrong("aws:sfn/stateMachine:StateMachine", { ...machine, roleArn: shared });
  const [source, target] = [p.wrong("aws:sqs/queue:Queue", {}).arn, p.wrong("aws:sqs/queue:Queue", {}).arn];
  const pipe = { source, target };
  p.right("aws:pipes/pipe:Pipe", { ...pipe, roleArn: role(p, "pipes") });
  p.wrong("aws:pipes/pipe:Pipe", { ...pipe, roleArn: shared });
  const build = {
    artifacts: { type: "NO_ARTIFACTS" },
    environment: { type: "LINUX_CONTAINER", computeType: "BUILD_GENERAL1_SMALL", image: "aws/codebuild/standard:7.0" },
    source: { type: "NO_SOURCE", buildspec: "version: 0.2" },
  };
  p.right("aws:codebuild/project:Project", { ...build, serviceRole: role(p, "codebuild") });
  p.wrong("aws:codebuild/project:Project", {
    ...build,
    environment: { ...build.environment, environmentVariables: [{ name: "DB_PASSWORD", value: "hunter2" }] },
    serviceRole: shared,
  });
}

function instances(p: Planter): void {
  const launched = { ami: "ami-0aaaaaaaaaaaaaaaa", instanceType: "t3.small" };
  const safe = {
    metadataOptions: { httpTokens: "required", httpEndpoint: "enabled" },
    rootBlockDevice: { encrypted: true },
  };
  for (const type of ["aws:ec2/instance:Instance", "aws:ec2/spotInstanceRequest:SpotInstanceRequest"]) {
    p.right(type, { ...launched, ...safe, associatePublicIpAddress: false });
    p.wrong(type, { ...launched, associatePublicIpAddress: true });
  }
  const configuration = { imageId: launched.ami, instanceType: launched.instanceType };
  p.right("aws:ec2/launchConfiguration:LaunchConfiguration", { ...configuration, ...safe });
  p.wrong("aws:ec2/launchConfiguration:LaunchConfiguration", { ...configuration, associatePublicIpAddress: true });
  const disk = (encrypted: string) => [{ deviceName: "/dev/xvda", ebs: { volumeSize: 8, encrypted } }];
  p.right("aws:ec2/launchTemplate:LaunchTemplate", { metadataOptions: safe.metadataOptions, blockDeviceMappings: disk("true") }); // prettier-ignore
  p.wrong("aws:ec2/launchTemplate:LaunchTemplate", { blockDeviceMappings: disk("false"), networkInterfaces: [{ associatePublicIpAddress: "true" }] }); // prettier-ignore
}

function kubernetes(p: Planter, net: Network): void {
  const subnetIds = net.isolated.map(({ id }) => id);
  const cluster = (vpcConfig: object) => ({ roleArn: role(p, "eks"), vpcConfig: { subnetIds, ...vpcConfig } });
  const clusterName = p.right(
    "aws:eks/cluster:Cluster",
    cluster({ endpointPublicAccess: false, endpointPrivateAccess: true }),
  ).name;
  p.wrong("aws:eks/cluster:Cluster", cluster({}));
  const nodes = (subnets: readonly unknown[]) => ({ clusterName, nodeRoleArn: role(p, "ec2"), scalingConfig: { desiredSize: 1, minSize: 1, maxSize: 2 }, subnetIds: subnets }); // prettier-ignore
  p.right("aws:eks/nodeGroup:NodeGroup", nodes(subnetIds));
  p.wrong("aws:eks/nodeGroup:NodeGroup", nodes(net.publicSubnets.map(({ id }) => id)));
  const profile = (subnets: readonly unknown[]) => ({ clusterName, podExecutionRoleArn: role(p, "eks-fargate-pods"), selectors: [{ namespace: "a" }], subnetIds: subnets }); // prettier-ignore
  p.right("aws:eks/fargateProfile:FargateProfile", profile(subnetIds));
  p.wrong("aws:eks/fargateProfile:FargateProfile", profile(net.publicSubnets.map(({ id }) => id)));
}
