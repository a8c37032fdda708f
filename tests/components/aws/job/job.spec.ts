import { resolve } from "node:path";
import { expect } from "chai";
import { LambdaFunction } from "../../../../components/aws/function";
import { scheduleProblems, timeZoneProblems } from "../../../../components/kit";
import { Job, type JobArgs } from "../../../../components/aws/job";
import { deploy, type Deployment, outputOf } from "../../../../offline/providers/mocks";
import { standing } from "../../../support/standing";
import { allows, placement } from "../database/support";

const arn = (service: string, rest: string) => `arn:aws:${service}:us-east-1:123456789012:${rest}`;
const target = {
  task: {
    taskDefinitionArn: arn("ecs", "task-definition/report:7"),
    taskRoleArn: "arn:aws:iam::123456789012:role/report-task",
    executionRoleArn: "arn:aws:iam::123456789012:role/report-execution",
    securityGroupId: "sg-1",
  },
  cluster: { clusterArn: arn("ecs", "cluster/shop"), clusterName: "shop" },
  network: { privateSubnetIds: ["subnet-1", "subnet-2"] },
};
const args: JobArgs = { placement, description: "Reports", schedule: "cron(0 3 * * ? *)", target };
const build = (more: Partial<JobArgs> = {}) =>
  deploy(() => new Job("report", { ...args, ...more }), { existing: standing });
const statementsOf = (deployment: Deployment<Job>) =>
  (JSON.parse(String(deployment.one("aws:iam/rolePolicy:RolePolicy").inputs.policy)) as { Statement: never[] })
    .Statement;

describe("Job", () => {
  it("starts one task at its times, retries the start, and keeps what failed", async () => {
    const deployment = await build({ timezone: "Europe/Berlin", retries: 5, maxAge: "2h" });
    const { inputs } = deployment.one("aws:scheduler/schedule:Schedule");
    expect(inputs).to.deep.include({
      scheduleExpression: "cron(0 3 * * ? *)",
      scheduleExpressionTimezone: "Europe/Berlin",
      flexibleTimeWindow: { mode: "OFF" },
      kmsKeyArn: deployment.one("aws:kms/key:Key").outputs.arn,
      target: {
        arn: target.cluster.clusterArn,
        roleArn: deployment.one("aws:iam/role:Role").outputs.arn,
        ecsParameters: {
          taskDefinitionArn: target.task.taskDefinitionArn,
          taskCount: 1,
          launchType: "FARGATE",
          propagateTags: "TASK_DEFINITION",
          networkConfiguration: { subnets: ["subnet-1", "subnet-2"], securityGroups: ["sg-1"], assignPublicIp: false },
        },
        retryPolicy: { maximumRetryAttempts: 5, maximumEventAgeInSeconds: 7200 },
        deadLetterConfig: { arn: deployment.one("aws:sqs/queue:Queue").outputs.arn },
      },
    });
  });

  it("has a role that starts this task in this cluster and nothing else", async () => {
    const statements = statementsOf(await build());
    const cluster = (name: string) => ({ "ecs:cluster": arn("ecs", `cluster/${name}`) });
    const run = (definition: string, where: string) =>
      allows(statements, "ecs:RunTask", arn("ecs", `task-definition/${definition}`), cluster(where));
    expect(await run("report:7", "shop")).to.equal(true);
    expect(await run("report:8", "shop")).to.equal(true);
    expect(await run("report-other:1", "shop")).to.equal(false);
    expect(await run("report:7", "other")).to.equal(false);
    const pass = (role: string, service: string) =>
      allows(statements, "iam:PassRole", `arn:aws:iam::123456789012:role/${role}`, { "iam:PassedToService": service });
    expect(await pass("report-task", "ecs-tasks.amazonaws.com")).to.equal(true);
    expect(await pass("report-task", "lambda.amazonaws.com")).to.equal(false);
    expect(await pass("admin", "ecs-tasks.amazonaws.com")).to.equal(false);
  });

  it("calls a function, and may call no other", async () => {
    const code = { entry: resolve(__dirname, "../../../golden/handler.ts") };
    const deployment = await deploy(() => {
      const called = new LambdaFunction("writer", { placement, description: "Writes", code });
      return { called, job: new Job("report", { ...args, target: { functionArn: called.functionArn } }) };
    });
    const functionArn = await outputOf(deployment.result.called.functionArn);
    const policy = deployment.resources.find(
      ({ name, type }) => name === "report-schedule" && type.endsWith(":RolePolicy"),
    );
    const { Statement } = JSON.parse(String(policy?.inputs.policy)) as { Statement: never[] };
    expect(await allows(Statement, "lambda:InvokeFunction", functionArn)).to.equal(true);
    expect(await allows(Statement, "lambda:InvokeFunction", `${functionArn}-other`)).to.equal(false);
    expect(deployment.one("aws:scheduler/schedule:Schedule").inputs.target).to.deep.include({ arn: functionArn });
  });

  it("sends a message about a task that failed, where somebody reads it", async () => {
    const RULE = "aws:cloudwatch/eventRule:EventRule";
    const deployment = await build({ alarmTopicArn: arn("sns", "alarms") });
    const { detail } = JSON.parse(String(deployment.one(RULE).inputs.eventPattern)) as { detail: object };
    expect(detail).to.deep.include({
      taskDefinitionArn: [{ prefix: arn("ecs", "task-definition/report:") }],
      lastStatus: ["STOPPED"],
    });
    const silent = await build();
    expect(silent.resources.filter(({ type }) => type === RULE)).to.deep.equal([]);
    expect(await outputOf(silent.result.deadLetterQueueUrl)).to.contain("report-dead-letter");
  });

  it("refuses bad arguments, all at once", async () => {
    const bad = { description: "", schedule: "daily", timezone: "Mars/Base", retries: 186, maxAge: "30s" } as const;
    const error: unknown = await build(bad).catch((thrown: unknown) => thrown);
    expect((error as { problems: { path: string }[] }).problems.map(({ path }) => path)).to.deep.equal([
      "description",
      "schedule",
      "timezone",
      "retries",
      "maxAge",
    ]);
  });
});

describe("schedules", () => {
  it("are taken as EventBridge Scheduler takes them", () => {
    const right = [
      "rate(1 minute)",
      "rate(5 minutes)",
      "cron(0 6 * * ? *)",
      "cron(0 8 ? * MON-FRI *)",
      "at(2030-01-01T00:00:00)",
    ];
    const wrong = [
      "rate(1 minutes)",
      "rate(5 minute)",
      "rate(0 days)",
      "cron(0 6 * * *)",
      "cron(0 6 * * * *)",
      "at(tomorrow)",
      "daily",
      "",
    ];
    expect(right.flatMap((one) => scheduleProblems("schedule", one))).to.deep.equal([]);
    expect(wrong.filter((one) => scheduleProblems("schedule", one).length === 0)).to.deep.equal([]);
    expect(
      ["UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires"].flatMap((one) => timeZoneProblems("t", one)),
    ).to.deep.equal([]);
    expect(
      ["Berlin", "+01:00", "europe/berlin"].filter((one) => timeZoneProblems("t", one).length === 0),
    ).to.deep.equal([]);
  });
});
