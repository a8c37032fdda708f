// What a firewall takes.
import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { EncryptionKeyArgs, Placement, Transform } from "../base";

/** Arguments of {@link Firewall}. */
export interface FirewallArgs {
  readonly placement: Placement;
  /** What it stands before: ARN of an application load balancer or of an API stage. */
  readonly resourceArn: pulumi.Input<string>;
  /** Requests that one address may send in five minutes, 10–2,000,000,000. @default 2000, the seed's */
  readonly rateLimit?: number;
  /** Days that the log of requests is kept; one of CloudWatch's values. @default 90 */
  readonly logRetentionInDays?: number;
  /** @default no tags but the provider's */
  readonly tags?: Readonly<Record<string, string>>;
  /** @default every child as described */
  readonly transform?: {
    readonly webAcl?: Transform<aws.wafv2.WebAclArgs>;
    readonly association?: Transform<aws.wafv2.WebAclAssociationArgs>;
    readonly logKey?: EncryptionKeyArgs["transform"];
    readonly logGroup?: Transform<aws.cloudwatch.LogGroupArgs>;
    readonly logging?: Transform<aws.wafv2.WebAclLoggingConfigurationArgs>;
  };
}
