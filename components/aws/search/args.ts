// What a search domain takes and what it offers.
import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Grant, Placement, Signal, Size, Transform } from "../../kit";
import type { EncryptionKeyArgs } from "../kit";

/** Arguments of {@link SearchDomain}. */
export interface SearchDomainArgs {
  readonly placement: Placement;
  readonly network: {
    readonly vpcId: pulumi.Input<string>;
    /** Subnets without a route to the internet, each in a zone of its own; the first of them are used, as many as `zones`. */
    readonly isolatedSubnetIds: pulumi.Input<pulumi.Input<string>[]>;
  };
  /** Version of OpenSearch. A later one is an upgrade in place; there is no way back. @default "2.19" */
  readonly engineVersion?: `${number}.${number}`;
  /** Instance type of the data nodes. Nodes of the families t2 and t3 have no place beside dedicated masters. @default "m7g.medium.search" */
  readonly instanceType?: `${string}.search`;
  /** Data nodes, 1 to 80; a multiple of `zones`. @default `zones` */
  readonly nodes?: number;
  /** Zones that data nodes and masters stand in. Another number is made by a new set of nodes in the same domain. @default 3 */
  readonly zones?: 1 | 2 | 3;
  /** Three master nodes of their own, which keep the domain's state when data nodes are busy. @default true */
  readonly dedicatedMasters?: boolean;
  /** Disk of each data node, gp3, 10 GiB to 3 TiB. It grows in place and never shrinks. @default "20 GiB" */
  readonly volume?: Size;
  /** Days that logs are kept; one of CloudWatch's values. @default 30 */
  readonly logRetentionInDays?: number;
  /** Whether the engine refuses to delete or replace the domain, and its key stays. @default true */
  readonly protectData?: boolean;
  /** SNS topic that alarms notify. @default alarms without an action */
  readonly alarmTopicArn?: pulumi.Input<string>;
  /** @default no tags but the provider's */
  readonly tags?: Readonly<Record<string, string>>;
  /** @default every child as described */
  readonly transform?: {
    readonly key?: EncryptionKeyArgs["transform"];
    readonly securityGroup?: Transform<aws.ec2.SecurityGroupArgs>;
    readonly accessRole?: Transform<aws.iam.RoleArgs>;
    readonly logGroup?: Transform<aws.cloudwatch.LogGroupArgs>;
    readonly logPolicy?: Transform<aws.cloudwatch.LogResourcePolicyArgs>;
    readonly domain?: Transform<aws.opensearch.DomainArgs>;
    readonly alarm?: Transform<aws.cloudwatch.MetricAlarmArgs>;
  };
}

/** What a search domain offers. */
export interface SearchDomainOutputs {
  /** Host name, without a scheme. It answers HTTPS on port 443. */
  readonly endpoint: pulumi.Output<string>;
  readonly arn: pulumi.Output<string>;
  readonly domainName: pulumi.Output<string>;
  /** The only role that may send requests. */
  readonly accessRoleArn: pulumi.Output<string>;
  readonly keyArn: pulumi.Output<string>;
  /** Group without rules: each workload that connects adds its own (`Grant.reaches`). */
  readonly securityGroupId: pulumi.Output<string>;
  /** Metrics, with thresholds where there are alarms. */
  readonly signals: readonly Signal[];
  /** The right to index, search and delete documents, and to make indexes; none to change users or settings of the domain. */
  grantReadWrite(): Grant;
}
