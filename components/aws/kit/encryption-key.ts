// One customer-managed key per concern, so that the right to read one store never opens another.
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import {
  type Placement,
  placementProblems,
  servicePrincipal,
  type Statement,
  throwIfAny,
  type Transform,
  transformed,
} from "../../kit";
import { placed } from "./placed";
import { policyDocument } from "./policy-document";

/** Arguments of {@link EncryptionKey}. */
export interface EncryptionKeyArgs {
  readonly placement: Placement;
  /** What the key protects; shown in the console. */
  readonly description: string;
  /**
   * AWS services that use the key on the account's behalf (`sns.amazonaws.com`), each held to its resources in this account
   * and region.
   * @default none: only roles with a grant of their own use the key
   */
  readonly services?: readonly string[];
  /**
   * Whether CloudWatch Logs of this account and region may encrypt log groups with the key.
   * @default false
   */
  readonly logs?: boolean;
  /**
   * Whether CloudWatch may decrypt logs that other services of AWS deliver to groups of this account and region (Step Functions).
   * @default false
   */
  readonly logDelivery?: boolean;
  /**
   * Whether EventBridge may publish to topics of this account and region that are encrypted with the key.
   * @default false
   */
  readonly events?: boolean;
  /**
   * Days between a deletion and the loss of everything the key protects, 7–30.
   * @default 30
   */
  readonly deletionWindowInDays?: number;
  /**
   * Whether the key stays when the stack goes: a final snapshot or a bucket that refused to go is lost without it.
   * @default false
   */
  readonly retainOnDelete?: boolean;
  /** @default no tags but the provider's */
  readonly tags?: Readonly<Record<string, string>>;
  /** @default the key and alias as described */
  readonly transform?: { readonly key?: Transform<aws.kms.KeyArgs>; readonly alias?: Transform<aws.kms.AliasArgs> };
}

/**
 * A symmetric KMS key, rotated every year, with an alias; about 1 USD a month. Changing any argument updates it in place.
 *
 * @example
 * const key = new EncryptionKey("orders", { placement, description: "Order data" });
 */
export class EncryptionKey extends pulumi.ComponentResource {
  /** ARN of the key. */
  readonly arn: pulumi.Output<string>;
  /** The children. */
  readonly nodes: { readonly key: aws.kms.Key; readonly alias: aws.kms.Alias };

  constructor(name: string, args: EncryptionKeyArgs, opts?: pulumi.ComponentResourceOptions) {
    super(
      "archipelago:base:EncryptionKey",
      name,
      {},
      placed(`archipelago:base:EncryptionKey "${name}"`, args.placement, opts),
    );
    throwIfAny(`archipelago:base:EncryptionKey "${name}"`, placementProblems(args.placement));
    const key = new aws.kms.Key(
      ...transformed<aws.kms.KeyArgs>(
        args.transform?.key,
        `${name}-key`,
        {
          description: args.description,
          enableKeyRotation: true,
          deletionWindowInDays: args.deletionWindowInDays ?? 30,
          policy: policyDocument(keyStatements(args)),
          ...(args.tags && { tags: { ...args.tags } }),
        },
        { parent: this, ...(args.retainOnDelete && { retainOnDelete: true }) },
      ),
    );
    const alias = new aws.kms.Alias(
      ...transformed<aws.kms.AliasArgs>(
        args.transform?.alias,
        `${name}-alias`,
        { namePrefix: `alias/${name}-`, targetKeyId: key.keyId },
        // Nothing reads the name: a component that is renamed keeps it.
        { parent: this, ignoreChanges: ["namePrefix"] },
      ),
    );
    this.arn = key.arn;
    this.nodes = { key, alias };
    this.registerOutputs({ arn: this.arn });
  }
}

/** The key's own policy: the account decides by IAM; each named service acts only for its own resources here. Pure. */
export function keyStatements(
  args: Pick<EncryptionKeyArgs, "placement" | "services" | "logs" | "logDelivery" | "events">,
): Statement[] {
  const { partition, region, accountId } = args.placement;
  const statements: Statement[] = [
    {
      Sid: "AccountDecidesByIam",
      Principal: { AWS: `arn:${partition}:iam::${accountId}:root` },
      Action: "kms:*",
      Resource: "*",
    },
  ];
  for (const service of args.services ?? []) {
    statements.push({
      Sid: `Use${service.replace(/[^a-z0-9]/gi, "")}`,
      Principal: { Service: servicePrincipal(sourceOf(service), args.placement) },
      Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
      Resource: "*",
      // Not aws:SourceAccount: SNS is only known to send aws:SourceArn when it delivers to an encrypted queue.
      Condition: { ArnLike: { "aws:SourceArn": `arn:${partition}:${sourceOf(service)}:${region}:${accountId}:*` } },
    });
  }
  if (args.events === true) {
    statements.push({
      Sid: "UseEvents",
      Principal: { Service: servicePrincipal("events", args.placement) },
      Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
      Resource: "*",
      // EventBridge sends KMS neither aws:SourceArn nor aws:SourceAccount. SNS requests the data key, and its encryption context names the topic.
      Condition: {
        ArnLike: { "kms:EncryptionContext:aws:sns:topicArn": `arn:${partition}:sns:${region}:${accountId}:*` },
      },
    });
  }
  if (args.logs === true) {
    statements.push({
      Sid: "UseLogs",
      Principal: { Service: servicePrincipal("logs", args.placement) },
      // No kms:DescribeKey: it carries no encryption context, so the condition would never hold.
      Action: ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*"],
      Resource: "*",
      Condition: {
        ArnLike: { "kms:EncryptionContext:aws:logs:arn": `arn:${partition}:logs:${region}:${accountId}:log-group:*` },
      },
    });
  }
  if (args.logDelivery === true) {
    statements.push({
      Sid: "UseLogDelivery",
      Principal: { Service: servicePrincipal("delivery.logs", args.placement) },
      Action: "kms:Decrypt",
      Resource: "*",
      // https://docs.aws.amazon.com/step-functions/latest/dg/encryption-at-rest.html
      Condition: {
        StringEquals: { "kms:EncryptionContext:SourceArn": `arn:${partition}:logs:${region}:${accountId}:*` },
      },
    });
  }
  return statements;
}

/** The service as ARNs name it: `sns` of `sns.amazonaws.com`. */
function sourceOf(principal: string): string {
  return principal.split(".")[0] ?? principal;
}
