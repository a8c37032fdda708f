// Work at set times. What starts it is a role of its own, so that nothing else of the cluster can be started with it.
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import {
  type Placement,
  placementProblems,
  seconds,
  servicePrincipal,
  type Signal,
  type Statement,
  tagged,
  throwIfAny,
  transformed,
} from "../../kit";
import { deadLetters, EncryptionKey, placed, policyDocument, serviceTrust, signalAlarms } from "../kit";
import type { JobArgs, JobOutputs, TaskTarget } from "./args";
import { createFailureEvents, type FailureNodes } from "./failures";
import { jobSignals } from "./signals";
import { validateJob } from "./validate";

const TYPE = "archipelago:job:Job";

/** The children. */
export interface JobNodes extends FailureNodes {
  readonly key: EncryptionKey;
  readonly deadLetterQueue: aws.sqs.Queue;
  readonly deadLetterPolicy: aws.sqs.QueuePolicy;
  readonly role: aws.iam.Role;
  readonly rolePolicy: aws.iam.RolePolicy;
  readonly group: aws.scheduler.ScheduleGroup;
  readonly schedule: aws.scheduler.Schedule;
  /** By the role of their signal. */
  readonly alarms: Readonly<Record<string, aws.cloudwatch.MetricAlarm>>;
}

/**
 * A schedule of EventBridge Scheduler that starts a task on Fargate or calls a function. Starts cost about 1 USD a million, the key 1 USD a
 * month. Everything changes in place. A run that takes longer than the time between two starts runs beside the next one.
 *
 * @example
 * new Job("nightly-report", { placement, description: "Writes the report", schedule: "cron(0 3 * * ? *)", target: { task, cluster, network } });
 */
export class Job extends pulumi.ComponentResource implements JobOutputs {
  readonly scheduleArn: pulumi.Output<string>;
  readonly roleArn: pulumi.Output<string>;
  readonly deadLetterQueueUrl: pulumi.Output<string>;
  readonly signals: readonly Signal[];
  /** The children. */
  readonly nodes: JobNodes;

  constructor(
    private readonly name: string,
    private readonly args: JobArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super(TYPE, name, {}, placed(`${TYPE} "${name}"`, args.placement, opts));
    throwIfAny(`${TYPE} "${name}"`, [...placementProblems(args.placement), ...validateJob(name, args)]);
    const key = this.createKey();
    const dead = deadLetters({ parent: this, tags: args.tags }, args.transform, `${name}-dead-letter`, {
      placement: args.placement,
      keyArn: key.arn,
    });
    const rights = this.createRole(key, dead.deadLetterQueue);
    const times = this.createSchedule(key, dead.deadLetterQueue, rights);
    const failures = createFailureEvents(this, name, args);
    this.signals = jobSignals({ name, groupName: times.group.name, deadLetterQueueName: dead.deadLetterQueue.name });
    const { alarmTopicArn: topicArn, tags, transform } = args;
    const nameOf = ({ role }: Signal): string => `${name}-${role}`;
    const alarms = signalAlarms({ parent: this, tags, transform: transform?.alarm, topicArn, nameOf }, this.signals);
    this.nodes = { key, ...dead, ...rights, ...times, ...failures, alarms };
    this.scheduleArn = times.schedule.arn;
    this.roleArn = rights.role.arn;
    this.deadLetterQueueUrl = dead.deadLetterQueue.url;
    const { scheduleArn, roleArn, deadLetterQueueUrl } = this;
    this.registerOutputs({ scheduleArn, roleArn, deadLetterQueueUrl });
  }

  private createKey(): EncryptionKey {
    const { placement, tags, transform } = this.args;
    return new EncryptionKey(
      this.name,
      {
        placement,
        description: `Schedule and failed starts of ${this.name}`,
        ...tagged(tags),
        ...(transform?.key && { transform: transform.key }),
      },
      { parent: this },
    );
  }

  private createRole(key: EncryptionKey, deadLetterQueue: aws.sqs.Queue) {
    const { placement, target, tags, transform } = this.args;
    const role = new aws.iam.Role(
      ...transformed<aws.iam.RoleArgs>(
        transform?.role,
        `${this.name}-schedule`,
        {
          description: `Starts ${this.name}`,
          assumeRolePolicy: serviceTrust("scheduler", placement),
          ...tagged(tags),
        },
        { parent: this },
      ),
    );
    const statements: Statement[] = [
      ...("task" in target ? taskStatements(placement, target) : [callStatement(target.functionArn)]),
      { Sid: "KeepFailedStarts", Action: "sqs:SendMessage", Resource: deadLetterQueue.arn },
      // https://docs.aws.amazon.com/scheduler/latest/UserGuide/encryption-rest.html: the role decrypts the schedule.
      { Sid: "UseKey", Action: ["kms:Decrypt", "kms:GenerateDataKey"], Resource: key.arn },
    ];
    const rolePolicy = new aws.iam.RolePolicy(
      ...transformed<aws.iam.RolePolicyArgs>(
        transform?.rolePolicy,
        `${this.name}-schedule`,
        { role: role.name, policy: policyDocument(statements) },
        { parent: this },
      ),
    );
    return { role, rolePolicy };
  }

  private createSchedule(
    key: EncryptionKey,
    deadLetterQueue: aws.sqs.Queue,
    { role, rolePolicy }: Pick<JobNodes, "role" | "rolePolicy">,
  ) {
    const { description, schedule: expression, timezone = "UTC", target, retries = 3, maxAge = "1h" } = this.args;
    const { tags, transform } = this.args;
    const group = new aws.scheduler.ScheduleGroup(
      ...transformed<aws.scheduler.ScheduleGroupArgs>(transform?.group, this.name, tagged(tags), { parent: this }),
    );
    const schedule = new aws.scheduler.Schedule(
      ...transformed<aws.scheduler.ScheduleArgs>(
        transform?.schedule,
        this.name,
        {
          description,
          groupName: group.name,
          scheduleExpression: expression,
          scheduleExpressionTimezone: timezone,
          flexibleTimeWindow: { mode: "OFF" },
          kmsKeyArn: key.arn,
          target: {
            ...("task" in target ? taskArgs(target) : { arn: target.functionArn }),
            roleArn: role.arn,
            retryPolicy: { maximumRetryAttempts: retries, maximumEventAgeInSeconds: seconds(maxAge) ?? 3600 },
            deadLetterConfig: { arn: deadLetterQueue.arn },
          },
        },
        { parent: this, dependsOn: [rolePolicy] },
      ),
    );
    return { group, schedule };
  }
}

function taskArgs({ task, cluster, network }: TaskTarget) {
  return {
    arn: cluster.clusterArn,
    ecsParameters: {
      taskDefinitionArn: task.taskDefinitionArn,
      taskCount: 1,
      launchType: "FARGATE",
      propagateTags: "TASK_DEFINITION",
      networkConfiguration: {
        subnets: network.privateSubnetIds,
        securityGroups: [task.securityGroupId],
        assignPublicIp: false,
      },
    },
  };
}

function callStatement(functionArn: pulumi.Input<string>): Statement {
  return { Sid: "CallFunction", Action: "lambda:InvokeFunction", Resource: functionArn };
}

/** The right to start one task definition, of any revision, in one cluster, with its own two roles. */
function taskStatements(placement: Placement, { task, cluster }: TaskTarget): Statement[] {
  const { partition, region, accountId } = placement;
  return [
    {
      Sid: "StartTask",
      Action: "ecs:RunTask",
      // A deployment makes a new revision before the schedule names it.
      Resource: pulumi.output(task.taskDefinitionArn).apply((arn) => `${familyArn(arn)}:*`),
      Condition: { ArnEquals: { "ecs:cluster": cluster.clusterArn } },
    },
    {
      Sid: "TagTask",
      Action: "ecs:TagResource",
      Resource: pulumi.interpolate`arn:${partition}:ecs:${region}:${accountId}:task/${cluster.clusterName}/*`,
      Condition: { StringEquals: { "ecs:CreateAction": "RunTask" } },
    },
    {
      Sid: "PassRoles",
      Action: "iam:PassRole",
      Resource: [task.taskRoleArn, task.executionRoleArn],
      Condition: { StringEquals: { "iam:PassedToService": servicePrincipal("ecs-tasks", placement) } },
    },
  ];
}

/** ARN of a task definition without its revision. */
function familyArn(taskDefinitionArn: string): string {
  return taskDefinitionArn.replace(/:\d+$/, "");
}
