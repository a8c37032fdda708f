import { expect } from "chai";
import { sagaDefinition, validateWorkflow, Workflow, type WorkflowArgs } from "../../../../components/aws/workflow";
import { deploy } from "../../../../offline/providers/mocks";
import { standing } from "../../../support/standing";

const alarmTopicArn = "arn:aws:sns:eu-central-1:123456789012:alarms";
const args: WorkflowArgs = {
  placement: { partition: "aws", region: "eu-central-1", accountId: "123456789012" },
  definition: { StartAt: "Done", TimeoutSeconds: 60, States: { Done: { Type: "Succeed" } } },
};
const build = (more: Partial<WorkflowArgs> = {}) =>
  deploy(() => new Workflow("checkout", { ...args, ...more }), { existing: standing, region: "eu-central-1" });
const alarmsOf = ({ resources }: Awaited<ReturnType<typeof build>>) =>
  resources.filter(({ type }) => type === "aws:cloudwatch/metricAlarm:MetricAlarm");
interface Document {
  readonly Statement: readonly Readonly<Record<"Action" | "Resource" | "Condition" | "Principal", unknown>>[];
}

describe("Workflow", () => {
  it("is a standard state machine with its own key, logs without data, and traces", async () => {
    const deployment = await build();
    const { inputs } = deployment.one("aws:sfn/stateMachine:StateMachine");
    expect(inputs).to.deep.include({
      type: "STANDARD",
      definition: JSON.stringify(args.definition),
      roleArn: deployment.one("aws:iam/role:Role").outputs.arn,
      encryptionConfiguration: {
        type: "CUSTOMER_MANAGED_KMS_KEY",
        kmsKeyId: deployment.one("aws:kms/key:Key").outputs.arn,
        kmsDataKeyReusePeriodSeconds: 300,
      },
      loggingConfiguration: {
        level: "ALL",
        includeExecutionData: false,
        logDestination: `${String(deployment.one("aws:cloudwatch/logGroup:LogGroup").outputs.arn)}:*`,
      },
      tracingConfiguration: { enabled: true },
    });
    const { inputs: group } = deployment.one("aws:cloudwatch/logGroup:LogGroup");
    expect(group.name).to.equal(`/aws/vendedlogs/states/${String(inputs.name)}`);
  });

  it("may use its key for its own executions and logs, deliver logs and traces, and what its grants say", async () => {
    const statement = { Action: "sqs:SendMessage", Resource: "arn:aws:sqs:eu-central-1:123456789012:commands" };
    const deployment = await build({ grants: { queue: { statements: [statement] } } });
    const { Statement } = JSON.parse(String(deployment.one("aws:iam/rolePolicy:RolePolicy").inputs.policy)) as Document;
    const key = deployment.one("aws:kms/key:Key").outputs.arn;
    const machine = deployment.one("aws:sfn/stateMachine:StateMachine").outputs.arn;
    expect(Statement.map(({ Action, Resource, Condition }) => [Action, Resource, Condition])).to.deep.equal([
      [
        ["kms:Decrypt", "kms:GenerateDataKey"],
        key,
        { StringEquals: { "kms:EncryptionContext:aws:states:stateMachineArn": machine } },
      ],
      [
        "kms:GenerateDataKey",
        key,
        { StringEquals: { "kms:EncryptionContext:SourceArn": "arn:aws:logs:eu-central-1:123456789012:*" } },
      ],
      [
        [
          "logs:CreateLogDelivery",
          "logs:DeleteLogDelivery",
          "logs:DescribeLogGroups",
          "logs:DescribeResourcePolicies",
          "logs:GetLogDelivery",
          "logs:ListLogDeliveries",
          "logs:PutResourcePolicy",
          "logs:UpdateLogDelivery",
        ],
        "*",
        undefined,
      ],
      [
        ["xray:GetSamplingRules", "xray:GetSamplingTargets", "xray:PutTelemetryRecords", "xray:PutTraceSegments"],
        "*",
        undefined,
      ],
      [statement.Action, statement.Resource, undefined],
    ]);
  });

  it("lets CloudWatch Logs use the key, also for logs that Step Functions delivers", async () => {
    const deployment = await build();
    const { Statement } = JSON.parse(String(deployment.one("aws:kms/key:Key").inputs.policy)) as Document;
    expect(Statement.slice(1).map(({ Action, Principal }) => [Principal, Action])).to.deep.equal([
      [
        { Service: "logs.eu-central-1.amazonaws.com" },
        ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*"],
      ],
      [{ Service: "delivery.logs.amazonaws.com" }, "kms:Decrypt"],
    ]);
  });

  it("has alarms on executions that fail, time out, are stopped, are throttled, and with slowAfter on slow ones", async () => {
    const alarms = alarmsOf(await build({ alarmTopicArn, slowAfter: "10m" }));
    expect(alarms.map(({ inputs }) => [inputs.metricName, inputs.threshold, inputs.alarmActions])).to.deep.equal([
      ["ExecutionsFailed", 1, [alarmTopicArn]],
      ["ExecutionsTimedOut", 1, [alarmTopicArn]],
      ["ExecutionsAborted", 1, [alarmTopicArn]],
      ["ExecutionThrottled", 1, [alarmTopicArn]],
      ["ExecutionTime", 600_000, [alarmTopicArn]],
    ]);
    expect(alarmsOf(await build())).to.have.length(4);
  });

  it("grants the start of its executions, and answers, which IAM can't hold to a state machine", async () => {
    const deployment = await build();
    const { arn } = deployment.one("aws:sfn/stateMachine:StateMachine").outputs;
    const [start, answer] = [deployment.result.grantStart(), deployment.result.grantAnswer()];
    expect(Object.keys(start.environment ?? {})).to.deep.equal(["CHECKOUT_WORKFLOW_ARN"]);
    expect(start.statements?.map(({ Action }) => Action)).to.deep.equal(["states:StartExecution"]);
    const resources: unknown[] = [];
    deployment.result.workflowArn.apply((value) => resources.push(value));
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(resources).to.deep.equal([arn]);
    expect(answer).to.deep.equal({
      statements: [
        {
          Action: ["states:SendTaskFailure", "states:SendTaskHeartbeat", "states:SendTaskSuccess"],
          Resource: "*",
        },
      ],
    });
  });

  it("refuses bad arguments, all at once", () => {
    const problems = validateWorkflow("Check_Out", {
      ...args,
      definition: { StartAt: "Nowhere", States: { Done: { Type: "Succeed" } } },
      slowAfter: "0s",
      logRetentionInDays: 2,
      grants: { db: { reaches: [{ port: 5432, to: "db", securityGroupId: "sg-db" }] } },
    });
    expect(problems.map(({ path }) => path)).to.deep.equal([
      "name",
      "definition.StartAt",
      "definition.TimeoutSeconds",
      "slowAfter",
      "logRetentionInDays",
      "grants.db",
    ]);
  });
});

describe("the definition of a saga", () => {
  const queueUrl = "https://sqs.eu-central-1.amazonaws.com/123456789012/commands";
  const step = { queueUrl, command: "do-it", timeout: "1m", retries: 1 } as const;
  const definitionOf = (steps: Parameters<typeof sagaDefinition>[0]["steps"]) =>
    sagaDefinition({ name: "s", description: "d", outcomeQueueUrl: queueUrl, steps }, "aws-cn") as {
      readonly TimeoutSeconds: number;
      readonly States: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
    };

  it("has no state that nothing leads to, which Step Functions would refuse", () => {
    for (const steps of [
      [
        { ...step, name: "a", compensation: "undo-a" },
        { ...step, name: "b" },
      ],
      [
        { ...step, name: "a" },
        { ...step, name: "b" },
      ],
      [
        { ...step, name: "a", optional: true },
        { ...step, name: "b", optional: true },
      ],
    ]) {
      const { States } = definitionOf(steps);
      const led = new Set(
        JSON.stringify(States)
          .match(/"(?:Next|Default)":"[^"]+"/g)
          ?.map((text) => text.split('"')[3]),
      );
      expect(Object.keys(States).filter((name) => name !== "Begin" && !led.has(name))).to.deep.equal([]);
    }
  });

  it("carries the partition, and ends later than all its tries together", () => {
    const { TimeoutSeconds, States } = definitionOf([{ ...step, name: "a", compensation: "undo-a" }]);
    expect(States.a).to.deep.include({
      Resource: "arn:aws-cn:states:::sqs:sendMessage.waitForTaskToken",
      TimeoutSeconds: 60,
    });
    // Two tries of a minute, eleven of the compensation, and the waits between them: 5 to 300 seconds.
    const waits = [5, 10, 20, 40, 80, 160, 300, 300, 300, 300].reduce((total, wait) => total + wait, 0);
    expect(TimeoutSeconds).to.be.greaterThan(2 * 60 + 60 + 11 * 60 + waits + waits);
  });
});
