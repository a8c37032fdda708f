// A state machine of type STANDARD: an execution is kept for 90 days and each of its transitions happens once, which a saga needs.
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import {
  constantCase,
  type Grant,
  type Placement,
  placementProblems,
  type Signal,
  type Statement,
  tagged,
  throwIfAny,
  transformed,
} from "../../kit";
import { EncryptionKey, encryptedLogGroup, placed, policyDocument, serviceTrust, signalAlarms, suffixOf } from "../kit";
import type { WorkflowArgs, WorkflowOutputs } from "./args";
import { workflowSignals } from "./signals";
import { validateWorkflow } from "./validate";

const TYPE = "archipelago:workflow:Workflow";

/** The children. */
export interface WorkflowNodes {
  readonly key: EncryptionKey;
  readonly logGroup: aws.cloudwatch.LogGroup;
  readonly role: aws.iam.Role;
  readonly rolePolicy: aws.iam.RolePolicy;
  readonly stateMachine: aws.sfn.StateMachine;
  /** By the role of their signal. */
  readonly alarms: Readonly<Record<string, aws.cloudwatch.MetricAlarm>>;
}

/**
 * A Step Functions state machine with its own key, role, log group and alarms. About 0.025 USD for 1000 state transitions, 1 USD a
 * month for the key and 0.10 USD an alarm. A new definition updates it in place; executions that run keep the old one.
 *
 * @example
 * const definition = { StartAt: "Done", TimeoutSeconds: 60, States: { Done: { Type: "Succeed" } } };
 * new Workflow("order-processing", { placement, definition });
 */
export class Workflow extends pulumi.ComponentResource implements WorkflowOutputs {
  readonly workflowArn: pulumi.Output<string>;
  readonly workflowName: pulumi.Output<string>;
  readonly roleArn: pulumi.Output<string>;
  readonly logGroupName: pulumi.Output<string>;
  readonly keyArn: pulumi.Output<string>;
  /** Its metrics; the alarms are made from them. */
  readonly signals: readonly Signal[];
  /** The children. */
  readonly nodes: WorkflowNodes;

  constructor(
    private readonly name: string,
    private readonly args: WorkflowArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super(TYPE, name, {}, placed(`${TYPE} "${name}"`, args.placement, opts));
    throwIfAny(`${TYPE} "${name}"`, [...placementProblems(args.placement), ...validateWorkflow(name, args)]);
    const key = this.createKey();
    // Its rights name it, and it is created only when its role has them: its name must follow from what is there before.
    const machineName = pulumi.interpolate`${name}-${suffixOf(key)}`;
    const logGroup = this.createLogGroup(key, machineName);
    const rights = this.createRole(key, machineName);
    const stateMachine = this.createStateMachine(machineName, key, logGroup, rights);
    this.signals = workflowSignals(name, stateMachine.arn, args.slowAfter);
    this.nodes = { key, logGroup, ...rights, stateMachine, alarms: this.createAlarms() };
    this.workflowArn = stateMachine.arn;
    this.workflowName = stateMachine.name;
    this.roleArn = rights.role.arn;
    this.logGroupName = logGroup.name;
    this.keyArn = key.arn;
    const { workflowArn, workflowName, roleArn, logGroupName, keyArn } = this;
    this.registerOutputs({ workflowArn, workflowName, roleArn, logGroupName, keyArn });
  }

  /** The right to start executions, and its ARN as `<NAME>_WORKFLOW_ARN`. */
  grantStart(): Grant {
    return {
      statements: [{ Action: "states:StartExecution", Resource: this.workflowArn }],
      environment: { [`${constantCase(this.name)}_WORKFLOW_ARN`]: this.workflowArn },
    };
  }

  /** The right to answer its tasks. IAM can't hold it to a state machine: the task token decides, and only a command's receiver has it. */
  grantAnswer(): Grant {
    return { statements: [ANSWER] };
  }

  private createKey(): EncryptionKey {
    const { placement, tags, transform } = this.args;
    return new EncryptionKey(
      this.name,
      {
        placement,
        description: `Definition, executions and logs of ${this.name}`,
        logs: true,
        logDelivery: true,
        ...tagged(tags),
        ...(transform?.key && { transform: transform.key }),
      },
      { parent: this },
    );
  }

  private createLogGroup(key: EncryptionKey, machineName: pulumi.Output<string>): aws.cloudwatch.LogGroup {
    const { logRetentionInDays = 90, tags, transform } = this.args;
    return encryptedLogGroup({ parent: this, tags }, transform?.logGroup, this.name, {
      // One entry of CloudWatch's resource policy covers all groups of this prefix; others add an entry each, up to 5120 characters.
      // https://docs.aws.amazon.com/step-functions/latest/dg/bp-cwl.html
      name: pulumi.interpolate`/aws/vendedlogs/states/${machineName}`,
      kmsKeyId: key.arn,
      retentionInDays: logRetentionInDays,
    });
  }

  private createRole(key: EncryptionKey, machineName: pulumi.Output<string>) {
    const { placement, grants = {}, tags, transform } = this.args;
    const role = new aws.iam.Role(
      ...transformed<aws.iam.RoleArgs>(
        transform?.role,
        this.name,
        { description: `Workflow ${this.name}`, assumeRolePolicy: serviceTrust("states", placement), ...tagged(tags) },
        { parent: this },
      ),
    );
    const granted = Object.values(grants).flatMap(({ statements = [] }) => statements);
    const rolePolicy = new aws.iam.RolePolicy(
      ...transformed<aws.iam.RolePolicyArgs>(
        transform?.rolePolicy,
        this.name,
        { role: role.name, policy: policyDocument([...ownStatements(placement, key.arn, machineName), ...granted]) },
        { parent: this },
      ),
    );
    return { role, rolePolicy };
  }

  private createStateMachine(
    machineName: pulumi.Output<string>,
    key: EncryptionKey,
    logGroup: aws.cloudwatch.LogGroup,
    { role, rolePolicy }: Pick<WorkflowNodes, "role" | "rolePolicy">,
  ): aws.sfn.StateMachine {
    const { definition, grants = {}, logExecutionData = false, tags, transform } = this.args;
    return new aws.sfn.StateMachine(
      ...transformed<aws.sfn.StateMachineArgs>(
        transform?.stateMachine,
        this.name,
        {
          name: machineName,
          type: "STANDARD",
          roleArn: role.arn,
          definition: pulumi.jsonStringify(definition),
          encryptionConfiguration: {
            ...{ type: "CUSTOMER_MANAGED_KMS_KEY", kmsKeyId: key.arn },
            kmsDataKeyReusePeriodSeconds: 300,
          },
          loggingConfiguration: {
            ...{ level: "ALL", includeExecutionData: logExecutionData },
            logDestination: pulumi.interpolate`${logGroup.arn}:*`,
          },
          tracingConfiguration: { enabled: true },
          ...tagged(tags),
        },
        // Step Functions tries the role's rights to logs and key when it creates the state machine.
        {
          parent: this,
          dependsOn: [rolePolicy, ...Object.values(grants).flatMap(({ startsAfter = [] }) => startsAfter)],
        },
      ),
    );
  }

  private createAlarms() {
    const { alarmTopicArn: topicArn, tags, transform } = this.args;
    const nameOf = ({ role }: Signal): string => `${this.name}-${role}`;
    return signalAlarms({ parent: this, tags, transform: transform?.alarm, topicArn, nameOf }, this.signals);
  }
}

/** These actions have no resources (https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsstepfunctions.html). */
const ANSWER: Statement = {
  Action: ["states:SendTaskFailure", "states:SendTaskHeartbeat", "states:SendTaskSuccess"],
  Resource: "*",
};

/** What every state machine needs: its key, its logs, its traces. */
function ownStatements(
  { partition, region, accountId }: Placement,
  keyArn: pulumi.Output<string>,
  machineName: pulumi.Output<string>,
): Statement[] {
  return [
    {
      Sid: "UseKeyForExecutions",
      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
      Resource: keyArn,
      // https://docs.aws.amazon.com/step-functions/latest/dg/encryption-at-rest.html
      Condition: {
        StringEquals: {
          "kms:EncryptionContext:aws:states:stateMachineArn": pulumi.interpolate`arn:${partition}:states:${region}:${accountId}:stateMachine:${machineName}`,
        },
      },
    },
    {
      Sid: "UseKeyForLogs",
      Action: "kms:GenerateDataKey",
      Resource: keyArn,
      Condition: {
        StringEquals: { "kms:EncryptionContext:SourceArn": `arn:${partition}:logs:${region}:${accountId}:*` },
      },
    },
    {
      // None of these has resources (https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html).
      Sid: "DeliverLogs",
      Action: [
        "logs:CreateLogDelivery",
        "logs:DeleteLogDelivery",
        "logs:DescribeLogGroups",
        "logs:DescribeResourcePolicies",
        "logs:GetLogDelivery",
        "logs:ListLogDeliveries",
        "logs:PutResourcePolicy",
        "logs:UpdateLogDelivery",
      ],
      Resource: "*",
    },
    {
      // Traces belong to no resource (https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsx-ray.html).
      Sid: "WriteTraces",
      Action: ["xray:GetSamplingRules", "xray:GetSamplingTargets", "xray:PutTelemetryRecords", "xray:PutTraceSegments"],
      Resource: "*",
    },
  ];
}
