// The service's own log group, so that reading one service's logs is no right to read another's.
import * as aws from "@pulumi/aws";
import { EncryptionKey, transformed } from "../base";
import { type Context, tagsOf } from "./context";

/** The log group, and its key when it has one of its own. */
export interface Logs {
  readonly logGroup: aws.cloudwatch.LogGroup;
  readonly logKey: EncryptionKey | undefined;
}

/** Creates the encrypted log group. */
export function createLogs(context: Context): Logs {
  const { name, args, settings, child } = context;
  const logKey = args.logKeyArn === undefined ? createKey(context) : undefined;
  const kmsKeyId = args.logKeyArn ?? logKey?.arn;
  const logGroup = new aws.cloudwatch.LogGroup(
    ...transformed<aws.cloudwatch.LogGroupArgs>(
      args.transform?.logGroup,
      `${name}-logs`,
      {
        retentionInDays: settings.logRetentionInDays,
        ...(kmsKeyId !== undefined && { kmsKeyId }),
        ...tagsOf(context),
      },
      child,
    ),
  );
  return { logGroup, logKey };
}

function createKey({ name, args, child }: Context): EncryptionKey {
  return new EncryptionKey(
    `${name}-logs`,
    {
      placement: args.placement,
      description: `Logs of ${name}`,
      logs: true,
      ...(args.tags && { tags: args.tags }),
      ...(args.transform?.logKey && { transform: args.transform.logKey }),
    },
    child,
  );
}
