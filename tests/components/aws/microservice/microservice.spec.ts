import { expect } from "chai";
import { type Deployment, outputOf } from "../../../../offline/providers/mocks";
import type { Microservice } from "../../../../components/aws/microservice";
import { build, containerOf, minimal, routing, supplied } from "./fixtures";

const SERVICE = "aws:ecs/service:Service";
const TASK = "aws:ecs/taskDefinition:TaskDefinition";
const GROUP = "aws:ec2/securityGroup:SecurityGroup";

describe("components/aws/microservice", () => {
  describe("the smallest service", () => {
    let smallest: Deployment<Microservice>;
    before(async () => {
      smallest = await build();
    });

    it("consists of exactly these resources", () => {
      expect(smallest.resources.map(({ type, name }) => `${type.split(":").at(-1) ?? ""} ${name}`)).to.have.members([
        "Microservice order",
        "EncryptionKey order-logs",
        "Key order-logs-key",
        "Alias order-logs-alias",
        "LogGroup order-logs",
        "Role order-task",
        "Role order-execution",
        "RolePolicy order-execution-policy",
        "SecurityGroup order-tasks",
        "TaskDefinition order-task",
        "Service order",
        "MetricAlarm order-too-few-tasks",
      ]);
    });

    it("runs a container that may do very little", () => {
      expect(containerOf(smallest)).to.deep.equal({
        name: "order",
        image: minimal.image,
        essential: true,
        memory: 448,
        user: "10001",
        readonlyRootFilesystem: true,
        stopTimeout: 30,
        linuxParameters: {
          initProcessEnabled: true,
          capabilities: { drop: ["ALL"] },
          tmpfs: [
            {
              containerPath: "/tmp",
              size: 64,
              mountOptions: ["rw", "nosuid", "nodev", "noexec", "mode=1777", "uid=10001"],
            },
          ],
        },
        portMappings: [{ name: "order", containerPort: 8080, hostPort: 8080, protocol: "tcp", appProtocol: "http" }],
        environment: [
          { name: "AWS_REGION", value: "eu-central-1" },
          { name: "SERVICE_NAME", value: "order" },
          { name: "SERVICE_PORT", value: "8080" },
        ],
        secrets: [],
        logConfiguration: {
          logDriver: "awslogs",
          options: {
            "awslogs-group": smallest.one("aws:cloudwatch/logGroup:LogGroup").outputs.name,
            "awslogs-region": "eu-central-1",
            "awslogs-stream-prefix": "order",
            mode: "non-blocking",
            "max-buffer-size": "25m",
          },
        },
      });
    });

    it("has the defaults of a task definition", () => {
      const { family, networkMode, requiresCompatibilities, cpu, memory, runtimePlatform } = smallest.one(TASK).inputs;
      expect({ family, networkMode, requiresCompatibilities, cpu, memory, runtimePlatform }).to.deep.equal({
        family: "shop-order",
        networkMode: "awsvpc",
        requiresCompatibilities: ["FARGATE"],
        cpu: "256",
        memory: "512",
        runtimePlatform: { operatingSystemFamily: "LINUX", cpuArchitecture: "X86_64" },
      });
    });

    it("keeps tasks running in private subnets, deployed with a way back, reachable by name", () => {
      expect(smallest.one(SERVICE).inputs).to.deep.equal({
        cluster: minimal.cluster.clusterArn,
        taskDefinition: smallest.one(TASK).outputs.arn,
        desiredCount: 2,
        capacityProviderStrategies: minimal.cluster.capacityProviderStrategy,
        forceNewDeployment: true,
        networkConfiguration: {
          subnets: ["subnet-1", "subnet-2"],
          securityGroups: [smallest.one(GROUP).outputs.id],
          assignPublicIp: false,
        },
        deploymentMinimumHealthyPercent: 100,
        deploymentMaximumPercent: 200,
        deploymentCircuitBreaker: { enable: true, rollback: true },
        waitForSteadyState: true,
        availabilityZoneRebalancing: "ENABLED",
        enableExecuteCommand: false,
        enableEcsManagedTags: true,
        propagateTags: "SERVICE",
        serviceConnectConfiguration: {
          enabled: true,
          namespace: minimal.cluster.namespaceArn,
          logConfiguration: {
            logDriver: "awslogs",
            options: {
              "awslogs-group": smallest.one("aws:cloudwatch/logGroup:LogGroup").outputs.name,
              "awslogs-region": "eu-central-1",
              "awslogs-stream-prefix": "service-connect",
              mode: "non-blocking",
              "max-buffer-size": "25m",
            },
          },
          services: [
            {
              portName: "order",
              discoveryName: "order",
              clientAlias: [{ dnsName: "order.microservices.local", port: 8080 }],
            },
          ],
        },
      });
    });

    it("keeps encrypted logs for 30 days", async () => {
      const { retentionInDays, kmsKeyId } = smallest.one("aws:cloudwatch/logGroup:LogGroup").inputs;
      expect(retentionInDays).to.equal(30);
      expect(kmsKeyId).to.equal(await outputOf(smallest.result.nodes.logKey?.arn));
    });

    it("offers what others need", async () => {
      const { serviceName, serviceArn, securityGroupId, taskRoleArn, taskRoleName } = smallest.result;
      const { executionRoleArn, taskDefinitionArn, logGroupName, url, targetGroupArnSuffix } = smallest.result;
      const task = smallest.one("aws:iam/role:Role", "order-task").outputs;
      expect(
        await outputOf({ serviceName, serviceArn, securityGroupId, taskRoleArn, taskRoleName, executionRoleArn }),
      ).to.deep.equal({
        serviceName: smallest.one(SERVICE).outputs.name,
        serviceArn: smallest.one(SERVICE).outputs.arn,
        securityGroupId: smallest.one(GROUP).outputs.id,
        taskRoleArn: task.arn,
        taskRoleName: task.name,
        executionRoleArn: smallest.one("aws:iam/role:Role", "order-execution").outputs.arn,
      });
      expect(await outputOf({ taskDefinitionArn, logGroupName, url })).to.deep.equal({
        taskDefinitionArn: smallest.one(TASK).outputs.arn,
        logGroupName: smallest.one("aws:cloudwatch/logGroup:LogGroup").outputs.name,
        url: "http://order.microservices.local:8080",
      });
      expect(targetGroupArnSuffix).to.equal(undefined);
    });
  });

  describe("options", () => {
    it("sizes, names and limits the task as told", async () => {
      const deployment = await build({
        cpu: "0.5 vCPU",
        memory: "2 GiB",
        architecture: "ARM64",
        port: 9000,
        stopTimeout: "2m",
        logRetentionInDays: 365,
        logKeyArn: supplied("arn:aws:kms:eu-central-1:123456789012:key/1"),
        writablePaths: ["/tmp", { path: "/native", size: "16 MiB", allowExecution: true }],
        containerHealthCheck: { command: ["CMD", "/check"] },
      });
      const { cpu, memory, runtimePlatform } = deployment.one(TASK).inputs;
      expect({ cpu, memory, runtimePlatform }).to.deep.equal({
        cpu: "512",
        memory: "2048",
        runtimePlatform: { operatingSystemFamily: "LINUX", cpuArchitecture: "ARM64" },
      });
      const { stopTimeout, healthCheck, linuxParameters, readonlyRootFilesystem } = containerOf(deployment);
      expect({ stopTimeout, healthCheck, linuxParameters, readonlyRootFilesystem }).to.deep.equal({
        stopTimeout: 120,
        healthCheck: { command: ["CMD", "/check"], interval: 30, timeout: 5, retries: 3, startPeriod: 30 },
        linuxParameters: {
          initProcessEnabled: true,
          capabilities: { drop: ["ALL"] },
          tmpfs: [
            {
              containerPath: "/tmp",
              size: 64,
              mountOptions: ["rw", "nosuid", "nodev", "noexec", "mode=1777", "uid=10001"],
            },
            {
              containerPath: "/native",
              size: 16,
              mountOptions: ["rw", "nosuid", "nodev", "exec", "mode=1777", "uid=10001"],
            },
          ],
        },
        readonlyRootFilesystem: true,
      });
      const { retentionInDays, kmsKeyId } = deployment.one("aws:cloudwatch/logGroup:LogGroup").inputs;
      expect([retentionInDays, kmsKeyId]).to.deep.equal([365, "arn:aws:kms:eu-central-1:123456789012:key/1"]);
      expect(deployment.ofType("aws:kms/key:Key")).to.deep.equal([]);
      expect(await outputOf(deployment.result.url)).to.equal("http://order.microservices.local:9000");
    });

    it("weakens the container only by arguments that say so", async () => {
      const container = containerOf(
        await build({ user: "0:0", allowRootUser: true, allowWritableRootFilesystem: true }),
      );
      expect([container.user, container.readonlyRootFilesystem]).to.deep.equal(["0:0", false]);
    });

    it("makes a worker a client that offers nothing", async () => {
      const deployment = await build({ port: "none" });
      const { portMappings, environment } = containerOf(deployment);
      expect(portMappings).to.deep.equal([]);
      expect(environment).to.deep.equal([
        { name: "AWS_REGION", value: "eu-central-1" },
        { name: "SERVICE_NAME", value: "order" },
      ]);
      const { serviceConnectConfiguration } = deployment.one(SERVICE).inputs;
      expect(Object.keys(serviceConnectConfiguration as object)).to.have.members([
        "enabled",
        "namespace",
        "logConfiguration",
      ]);
      expect(deployment.result.url).to.equal(undefined);
    });

    it("sets variables in the order of their names, its own and those of its edges", async () => {
      const deployment = await build({
        environment: { ZONE: "a", LOG_LEVEL: "info" },
        grants: { database: { environment: { DB_HOST: supplied("db.local") } } },
      });
      expect(containerOf(deployment).environment).to.deep.equal([
        { name: "AWS_REGION", value: "eu-central-1" },
        { name: "DB_HOST", value: "db.local" },
        { name: "LOG_LEVEL", value: "info" },
        { name: "SERVICE_NAME", value: "order" },
        { name: "SERVICE_PORT", value: "8080" },
        { name: "ZONE", value: "a" },
      ]);
    });

    it("puts tags on whatever takes tags", async () => {
      const { resources } = await build({
        tags: { Context: "Orders" },
        routing,
        scaling: { min: 1, max: 2, cpu: 50 },
        grants: { cache: { reaches: [{ to: "x", port: 6379, securityGroupId: "sg-cache" }] } },
      });
      const untagged = resources.filter(({ inputs }) => inputs.tags === undefined).map(({ type }) => type);
      expect(untagged).to.have.members([
        "archipelago:microservice:Microservice",
        "archipelago:base:EncryptionKey",
        "aws:kms/alias:Alias",
        "aws:iam/rolePolicy:RolePolicy",
        "aws:appautoscaling/policy:Policy",
      ]);
    });

    it("lets a user change the policies of a service with many rights", async () => {
      const seen: string[] = [];
      const note = (_args: unknown, _opts: unknown, name: string) => void seen.push(name);
      const statements = Array.from({ length: 120 }, (_, index) => ({
        Action: "s3:GetObject",
        Resource: `arn:aws:s3:::a-bucket-with-a-name-that-is-long-${index}/${"x".repeat(60)}/*`,
      }));
      const { resources } = await build({
        grants: Object.fromEntries(statements.map((statement, index) => [`b${index}`, { statements: [statement] }])),
        transform: { taskPolicy: note, taskPolicyAttachment: note },
      });
      const types = ["aws:iam/policy:Policy", "aws:iam/rolePolicyAttachment:RolePolicyAttachment"];
      const children = resources.filter(({ type }) => types.includes(type)).map(({ name }) => name);
      expect(children).to.have.length.above(3);
      expect(seen).to.have.members(children);
    });

    it("lets a user change every child", async () => {
      const seen: string[] = [];
      const note = (_args: unknown, _opts: unknown, name: string) => void seen.push(name);
      const { resources } = await build({
        routing,
        scaling: { min: 1, max: 2, cpu: 50, schedules: { night: { schedule: "rate(1 day)", min: 1, max: 1 } } },
        grants: { bucket: { statements: [{ Action: "s3:GetObject", Resource: "arn:aws:s3:::b/*" }] } },
        transform: {
          taskRole: note,
          taskRolePolicy: note,
          executionRole: note,
          executionRolePolicy: note,
          logKey: { key: note, alias: note },
          logGroup: note,
          securityGroup: note,
          ingressRule: note,
          egressRule: note,
          taskDefinition: note,
          targetGroup: note,
          listenerRule: note,
          service: note,
          scalableTarget: note,
          scalingPolicy: note,
          scheduledAction: note,
          alarm: note,
        },
      });
      const children = resources.filter(({ type }) => type.startsWith("aws:")).map(({ name }) => name);
      expect(seen).to.have.members(children);
    });
  });
});
