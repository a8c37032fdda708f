// What a firewall takes.
import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Placement, Size, Transform } from "../../kit";
import type { EncryptionKeyArgs } from "../kit";

/** The number of requests that one IP address may send to some paths. */
export interface RouteLimit {
  /** A load balancer's path patterns (`/api/orders/*`); `*` is any number of characters, `?` is one. */
  readonly paths: readonly string[];
  /** 10–2,000,000,000 requests in a minute. */
  readonly perMinute: number;
}

/** Bodies over 8 KiB that some paths take. */
export interface LargeBody {
  /** A load balancer's path patterns. */
  readonly paths: readonly string[];
  /** Largest body that the header Content-Length may announce, whole MiB up to 10 GiB. A body without the header is for the service to refuse. */
  readonly maxSize: Size;
}

/** Arguments of {@link Firewall}. */
export interface FirewallArgs {
  readonly placement: Placement;
  /** ARN of the application load balancer or API stage that the firewall protects. */
  readonly resourceArn: pulumi.Input<string>;
  /**
   * Logical name of what it stands before (`cluster-alb`), after which the association is named: a firewall that takes another one's
   * place then does so in one update. @default the component's name
   */
  readonly resourceName?: string;
  /** Requests that one address may send in five minutes to what is not in `routes`, 10–2,000,000,000. @default 2000 */
  readonly rateLimit?: number;
  /** Limits of their own for some paths, at most 9, by a name for each, which their metrics have. @default none */
  readonly routes?: Readonly<Record<string, RouteLimit>>;
  /**
   * Paths that take bodies over 8 KiB, by a name for each. AWS's rule for sizes then counts instead of blocking, and rules of the firewall's own
   * block elsewhere. Of a large body WAF inspects the first 8 KiB only.
   * @default none: bodies over 8 KiB are blocked on every path
   */
  readonly largeBodies?: Readonly<Record<string, LargeBody>>;
  /**
   * Name of the stage when the resource is an API's: requests to API Gateway's own address have it before the path (`/v1/api/orders`).
   * @default none
   */
  readonly stageName?: string;
  /** Whether every rule only counts what it would block, to see their effect before they block requests. @default false */
  readonly countOnly?: boolean;
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
