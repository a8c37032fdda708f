// A function of its own role, key, log group and dead-letter queue, so that what goes wrong in one is neither lost nor another's.
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import {
  type Grant,
  mebibytes,
  placementProblems,
  seconds,
  type Signal,
  type Statement,
  tagged,
  throwIfAny,
  transformed,
} from "../../kit";
import {
  deadLetters,
  EncryptionKey,
  encryptedLogGroup,
  inlineDocument,
  serviceTrust,
  placed,
  signalAlarms,
} from "../kit";
import type { LambdaFunctionArgs, LambdaFunctionOutputs } from "./args";
import { archiveOf, variablesOf } from "./code";
import { createSources, isStream, type SourceNodes } from "./sources";
import { createVpcParts, interfaceStatements, vpcArgs, type VpcNodes } from "./vpc";
import { createSchedule, type ScheduleNodes } from "./schedule";
import { functionSignals } from "./signals";
import { validateFunction } from "./validate";

const TYPE = "archipelago:function:LambdaFunction";

/** The children. */
export interface LambdaFunctionNodes extends ScheduleNodes, VpcNodes {
  readonly key: EncryptionKey;
  readonly logGroup: aws.cloudwatch.LogGroup;
  readonly deadLetterQueue: aws.sqs.Queue;
  readonly deadLetterPolicy: aws.sqs.QueuePolicy;
  readonly role: aws.iam.Role;
  readonly rolePolicy: aws.iam.RolePolicy;
  readonly function: aws.lambda.Function;
  readonly invokeConfig: aws.lambda.FunctionEventInvokeConfig;
  readonly sources: SourceNodes;
  /** By the role of their signal. */
  readonly alarms: Readonly<Record<string, aws.cloudwatch.MetricAlarm>>;
}

/**
 * A Lambda function, outside the VPC unless a grant leads into it. Calls cost about 0.20 USD a million and 0.0000133 USD a GiB-second; the key 1 USD a month. New
 * code and settings update it in place; another `architecture` with code that does not fit fails at the first call.
 *
 * @example
 * new LambdaFunction("monitor", { placement, description: "Looks for errors", code: { entry: "functions/monitor.ts" }, every: "5m" });
 */
export class LambdaFunction extends pulumi.ComponentResource implements LambdaFunctionOutputs {
  readonly functionArn: pulumi.Output<string>;
  readonly functionName: pulumi.Output<string>;
  readonly roleArn: pulumi.Output<string>;
  readonly logGroupName: pulumi.Output<string>;
  readonly deadLetterQueueUrl: pulumi.Output<string>;
  readonly securityGroupId: pulumi.Output<string> | undefined;
  /** Its metrics and those of its dead-letter queue; the alarms are made from them. */
  readonly signals: readonly Signal[];
  /** The children. */
  readonly nodes: LambdaFunctionNodes;

  constructor(
    private readonly name: string,
    private readonly args: LambdaFunctionArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super(TYPE, name, {}, placed(`${TYPE} "${name}"`, args.placement, opts));
    throwIfAny(`${TYPE} "${name}"`, [...placementProblems(args.placement), ...validateFunction(args)]);
    const scope = { name, args, parent: this };
    const key = this.createKey();
    const logGroup = encryptedLogGroup({ parent: this, tags: args.tags }, args.transform?.logGroup, name, {
      kmsKeyId: key.arn,
      retentionInDays: args.logRetentionInDays ?? 90,
    });
    const dead = deadLetters({ parent: this, tags: args.tags }, args.transform, `${name}-dead-letter`, {
      placement: args.placement,
      keyArn: key.arn,
    });
    const vpc = createVpcParts(scope);
    const rights = this.createRole(key, logGroup, dead.deadLetterQueue, vpc);
    const made = this.createFunction(key, logGroup, dead.deadLetterQueue, rights, vpc);
    const sources = createSources(scope, made.function, dead.deadLetterQueue);
    this.signals = functionSignals({
      name,
      functionName: made.function.name,
      deadLetterQueueName: dead.deadLetterQueue.name,
      ...(Object.values(args.sources ?? {}).some(isStream) && {
        maxIteratorAge: seconds(args.maxIteratorAge ?? "15m") ?? 900,
      }),
    });
    const alarms = this.createAlarms();
    const schedule = createSchedule(scope, made.function);
    this.nodes = { key, logGroup, ...dead, ...rights, ...vpc, ...made, sources, ...schedule, alarms };
    this.functionArn = made.function.arn;
    this.functionName = made.function.name;
    this.roleArn = rights.role.arn;
    this.logGroupName = logGroup.name;
    this.deadLetterQueueUrl = dead.deadLetterQueue.url;
    this.securityGroupId = vpc.securityGroup?.id;
    this.registerOutputs(this.outputs());
  }

  private outputs(): pulumi.Inputs {
    const { functionArn, functionName, roleArn, logGroupName, deadLetterQueueUrl, securityGroupId } = this;
    return { functionArn, functionName, roleArn, logGroupName, deadLetterQueueUrl, securityGroupId };
  }

  /** The right to call it, and its name as `<NAME>_FUNCTION`. */
  grantInvoke(): Grant {
    return {
      statements: [{ Action: "lambda:InvokeFunction", Resource: this.functionArn }],
      environment: { [`${this.name.replaceAll("-", "_").toUpperCase()}_FUNCTION`]: this.functionName },
    };
  }

  private createKey(): EncryptionKey {
    const { placement, tags, transform } = this.args;
    return new EncryptionKey(
      this.name,
      {
        placement,
        description: `Variables, logs and failed calls of ${this.name}`,
        logs: true,
        ...tagged(tags),
        ...(transform?.key && { transform: transform.key }),
      },
      { parent: this },
    );
  }

  private createRole(
    key: EncryptionKey,
    logGroup: aws.cloudwatch.LogGroup,
    deadLetterQueue: aws.sqs.Queue,
    { securityGroup }: VpcNodes,
  ) {
    const { placement, grants = {}, sources = {}, network, tags, transform } = this.args;
    const granted = [...Object.values(grants), ...Object.values(sources).map(({ grant }) => grant)];
    const role = new aws.iam.Role(
      ...transformed<aws.iam.RoleArgs>(
        transform?.role,
        this.name,
        { description: `Function ${this.name}`, assumeRolePolicy: serviceTrust("lambda", placement), ...tagged(tags) },
        { parent: this },
      ),
    );
    const own: Statement[] = [
      {
        Sid: "WriteLogs",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: pulumi.interpolate`${logGroup.arn}:*`,
      },
      // Traces belong to no resource (https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsx-ray.html).
      { Sid: "WriteTraces", Action: ["xray:PutTelemetryRecords", "xray:PutTraceSegments"], Resource: "*" },
      { Sid: "KeepFailedCalls", Action: "sqs:SendMessage", Resource: deadLetterQueue.arn },
      { Sid: "UseKey", Action: ["kms:Decrypt", "kms:GenerateDataKey"], Resource: key.arn },
      ...(network && securityGroup ? interfaceStatements(placement, network, securityGroup) : []),
    ];
    const rolePolicy = new aws.iam.RolePolicy(
      ...transformed<aws.iam.RolePolicyArgs>(
        transform?.rolePolicy,
        this.name,
        {
          role: role.name,
          policy: inlineDocument([...own, ...granted.flatMap(({ statements = [] }) => statements)]),
        },
        { parent: this },
      ),
    );
    return { role, rolePolicy };
  }

  private createFunction(
    key: EncryptionKey,
    logGroup: aws.cloudwatch.LogGroup,
    deadLetterQueue: aws.sqs.Queue,
    { role, rolePolicy }: { role: aws.iam.Role; rolePolicy: aws.iam.RolePolicy },
    vpc: VpcNodes,
  ) {
    const { args, name } = this;
    const { runtime = "nodejs22.x", grants = {}, architecture = "ARM64", transform } = args;
    const variables = variablesOf(args);
    const made = new aws.lambda.Function(
      ...transformed<aws.lambda.FunctionArgs>(
        transform?.function,
        name,
        {
          description: args.description,
          role: role.arn,
          packageType: "Zip",
          code: archiveOf(args.code),
          runtime,
          handler: args.handler ?? (runtime === "provided.al2023" ? "bootstrap" : "index.handler"),
          architectures: [architecture === "ARM64" ? "arm64" : "x86_64"],
          memorySize: mebibytes(args.memory ?? "256 MiB") ?? 256,
          timeout: seconds(args.timeout ?? "30s") ?? 30,
          reservedConcurrentExecutions: args.reservedConcurrency ?? 10,
          ...(Object.keys(variables).length > 0 && { environment: { variables }, kmsKeyArn: key.arn }),
          deadLetterConfig: { targetArn: deadLetterQueue.arn },
          tracingConfig: { mode: "Active" },
          ...vpcArgs(args.network, vpc),
          loggingConfig: { logFormat: "JSON", logGroup: logGroup.name },
          ...tagged(args.tags),
        },
        // Without its rights the first call would fail, and Lambda refuses a dead-letter queue to which the role can't send.
        {
          parent: this,
          dependsOn: [
            rolePolicy,
            ...Object.values(vpc.rules),
            ...Object.values(grants).flatMap(({ startsAfter = [] }) => startsAfter),
          ],
        },
      ),
    );
    const invokeConfig = new aws.lambda.FunctionEventInvokeConfig(
      ...transformed<aws.lambda.FunctionEventInvokeConfigArgs>(
        transform?.invokeConfig,
        name,
        {
          functionName: made.name,
          maximumEventAgeInSeconds: seconds(args.maxEventAge ?? "1h") ?? 3600,
          maximumRetryAttempts: 2,
        },
        { parent: this },
      ),
    );
    return { function: made, invokeConfig };
  }

  private createAlarms() {
    const { alarmTopicArn: topicArn, tags, transform } = this.args;
    const nameOf = ({ role }: Signal): string => `${this.name}-${role}`;
    return signalAlarms({ parent: this, tags, transform: transform?.alarm, topicArn, nameOf }, this.signals);
  }
}
