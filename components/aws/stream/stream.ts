// Records in the order in which they were written, for several consumers that each read at their own pace.
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import {
  type Grant,
  placementProblems,
  protectedWhen,
  type Signal,
  tagged,
  throwIfAny,
  transformed,
  variableProblems,
} from "../../kit";
import { EncryptionKey, placed, signalAlarms, useKeyThrough } from "../kit";
import type { StreamArgs, StreamOutputs } from "./args";
import { oldestAge, retentionHours, validateStream } from "./resolve";
import { streamSignals } from "./signals";

const TYPE = "archipelago:stream:Stream";

/**
 * A Kinesis data stream in on-demand mode, encrypted with its own key. It costs about 35 USD a month, 0.095 USD a GiB that is written, 0.047
 * USD a GiB that is read (eu-central-1), and 1 USD a month for the key. Everything changes in place.
 *
 * @example
 * const events = new Stream("tracking-events", { placement, retention: "14d" });
 */
export class Stream extends pulumi.ComponentResource implements StreamOutputs {
  readonly streamName: pulumi.Output<string>;
  readonly streamArn: pulumi.Output<string>;
  readonly keyArn: pulumi.Output<string>;
  readonly signals: readonly Signal[];
  /** The children. */
  readonly nodes: {
    readonly key: EncryptionKey;
    readonly stream: aws.kinesis.Stream;
    /** By the role of their signal. */
    readonly alarms: Readonly<Record<string, aws.cloudwatch.MetricAlarm>>;
  };

  constructor(
    private readonly name: string,
    private readonly args: StreamArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super(TYPE, name, {}, placed(`${TYPE} "${name}"`, args.placement, opts));
    throwIfAny(`${TYPE} "${name}"`, [...placementProblems(args.placement), ...validateStream(name, args)]);
    const key = this.createKey();
    this.keyArn = key.arn;
    const stream = this.createStream();
    this.streamName = stream.name;
    this.streamArn = stream.arn;
    this.signals = streamSignals({ name, streamName: stream.name, oldestAge: oldestAge(args) });
    const { alarmTopicArn: topicArn, tags, transform } = args;
    const nameOf = ({ role }: Signal): string => `${name}-${role}-alarm`;
    const owner = { parent: this, tags, transform: transform?.alarm, topicArn, nameOf };
    this.nodes = { key, stream, alarms: signalAlarms(owner, this.signals) };
    const { streamName, streamArn, keyArn } = this;
    this.registerOutputs({ streamName, streamArn, keyArn });
  }

  grantWrite(environmentVariable: string): Grant {
    throwIfAny(`${TYPE} "${this.name}"`, variableProblems("environmentVariable", environmentVariable));
    return {
      statements: [
        { Action: ["kinesis:PutRecord", "kinesis:PutRecords"], Resource: this.streamArn },
        useKeyThrough("kinesis", this.args.placement, this.keyArn, "kms:GenerateDataKey"),
      ],
      environment: { [environmentVariable]: this.streamName },
    };
  }

  grantConsume(): Grant {
    return {
      statements: [
        {
          // https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-create.html; SubscribeToShard is for enhanced fan-out only.
          Action: [
            "kinesis:DescribeStream",
            "kinesis:DescribeStreamSummary",
            "kinesis:GetRecords",
            "kinesis:GetShardIterator",
            "kinesis:ListShards",
          ],
          Resource: this.streamArn,
        },
        useKeyThrough("kinesis", this.args.placement, this.keyArn, "kms:Decrypt"),
      ],
    };
  }

  private createKey(): EncryptionKey {
    const { placement, protectData = true, tags, transform } = this.args;
    return new EncryptionKey(
      this.name,
      {
        placement,
        description: `Records of the stream ${this.name}`,
        retainOnDelete: protectData,
        ...tagged(tags),
        ...(transform?.key && { transform: transform.key }),
      },
      { parent: this },
    );
  }

  private createStream(): aws.kinesis.Stream {
    const { protectData = true, tags, transform } = this.args;
    return new aws.kinesis.Stream(
      ...transformed<aws.kinesis.StreamArgs>(
        transform?.stream,
        `${this.name}-stream`,
        {
          streamModeDetails: { streamMode: "ON_DEMAND" },
          retentionPeriod: retentionHours(this.args),
          encryptionType: "KMS",
          kmsKeyId: this.keyArn,
          ...tagged(tags),
        },
        { parent: this, ...protectedWhen(protectData) },
      ),
    );
  }
}
