// The service's own log group, so that reading one service's logs is no right to read another's.
import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { tagged } from "../../kit";
import { encryptedLogGroup, EncryptionKey } from "../kit";
import type { Context } from "./context";

/** The log group, and its key when it has one of its own. */
export interface Logs {
  readonly logGroup: aws.cloudwatch.LogGroup;
  readonly logKey: EncryptionKey | undefined;
}

/** Creates the encrypted log group. */
export function createLogs(context: Context): Logs {
  const { logKeyArn } = context.args;
  if (logKeyArn !== undefined) return { logGroup: createLogGroup(context, logKeyArn), logKey: undefined };
  const logKey = createKey(context);
  return { logGroup: createLogGroup(context, logKey.arn), logKey };
}

function createLogGroup({ name, args, settings, child }: Context, kmsKeyId: pulumi.Input<string>) {
  return encryptedLogGroup({ ...child, tags: args.tags }, args.transform?.logGroup, `${name}-logs`, {
    retentionInDays: settings.logRetentionInDays,
    kmsKeyId,
  });
}

function createKey({ name, args, child }: Context): EncryptionKey {
  return new EncryptionKey(
    `${name}-logs`,
    {
      placement: args.placement,
      description: `Logs of ${name}`,
      logs: true,
      ...tagged(args.tags),
      ...(args.transform?.logKey && { transform: args.transform.logKey }),
    },
    child,
  );
}
