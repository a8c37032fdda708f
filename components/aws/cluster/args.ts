// What a cluster takes and what it offers.
import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Duration, Grant, Placement, Signal, Transform } from "../../kit";
import type { EncryptionKeyArgs } from "../kit";

/** Arguments of {@link Cluster}. */
export interface ClusterArgs {
  readonly placement: Placement;
  /** Where the load balancer stands. */
  readonly network: ClusterNetwork;
  /** Private DNS namespace, the default of Service Connect. @default "microservices.local" */
  readonly namespace?: string;
  /** How Fargate tasks are split. @default everything on demand */
  readonly capacity?: CapacitySettings;
  /** Container Insights: metrics per service and task, and with `enhanced` per container. @default "enabled" */
  readonly containerInsights?: "disabled" | "enabled" | "enhanced";
  /** Days that the audit log of execute-command sessions is kept; one of CloudWatch's values. @default 90 */
  readonly logRetentionInDays?: number;
  /** Whether the load balancer is reached from the internet; needs `https`. @default false */
  readonly internetFacing?: boolean;
  /**
   * Whether an internal load balancer accepts requests from the whole VPC; otherwise each client adds a rule for its own security group.
   * @default true
   */
  readonly openToVpc?: boolean;
  /**
   * Longest time that a connection of the load balancer may be without traffic, 1 second to 4000 seconds; an answer that takes longer is cut
   * (504).
   * @default "60s"
   */
  readonly idleTimeout?: Duration;
  /** Topic that failed deployments of the cluster's services go to. @default no rule: they are seen in the console only */
  readonly alarmTopicArn?: pulumi.Input<string>;
  /**
   * Whether routes have tokens checked (`routing.jwt`): the load balancer may then open HTTPS connections to the internet, where it
   * fetches the issuer's keys. An internal one needs a NAT gateway behind its subnets.
   * @default false
   */
  readonly jwtValidation?: boolean;
  /** Certificate of the listener. @default HTTP on port 80, for an internal load balancer only */
  readonly https?: HttpsSettings;
  /** Days that access logs are kept, 1 and up. @default 90 */
  readonly accessLogRetentionInDays?: number;
  /** Whether the load balancer and its access logs refuse to be deleted. @default true */
  readonly protectData?: boolean;
  /** @default no tags but the provider's */
  readonly tags?: Readonly<Record<string, string>>;
  /** @default every child as described */
  readonly transform?: ClusterTransforms;
}

/** A network's shape; one of your own fits as well. */
export interface ClusterNetwork {
  readonly vpcId: pulumi.Input<string>;
  /** IPv4 range that an internal load balancer lets in. */
  readonly cidr: pulumi.Input<string>;
  /** Subnets in at least two zones. */
  readonly privateSubnetIds: pulumi.Input<pulumi.Input<string>[]>;
  /** Subnets in at least two zones; needed when the load balancer is internet-facing. */
  readonly publicSubnetIds?: pulumi.Input<pulumi.Input<string>[]>;
}

/** `base` tasks of each service on demand, the rest by the two weights (0–1000, not both 0). */
export interface CapacitySettings {
  /** 0–100000. */
  readonly base: number;
  readonly onDemandWeight: number;
  readonly spotWeight: number;
}

/** A certificate made and validated for a name in a hosted zone, or one that exists in the region. */
export type HttpsSettings =
  | { readonly domainName: string; readonly hostedZoneId: pulumi.Input<string> }
  | { readonly certificateArn: pulumi.Input<string> };

/** One slot for each kind of child. A function receives the child's logical name, which tells children of one kind apart. */
export interface ClusterTransforms {
  readonly execKey?: EncryptionKeyArgs["transform"];
  readonly execLogGroup?: Transform<aws.cloudwatch.LogGroupArgs>;
  readonly namespace?: Transform<aws.servicediscovery.PrivateDnsNamespaceArgs>;
  readonly cluster?: Transform<aws.ecs.ClusterArgs>;
  readonly capacityProviders?: Transform<aws.ecs.ClusterCapacityProvidersArgs>;
  readonly accessLogBucket?: Transform<aws.s3.BucketArgs>;
  readonly accessLogPublicAccessBlock?: Transform<aws.s3.BucketPublicAccessBlockArgs>;
  readonly accessLogOwnershipControls?: Transform<aws.s3.BucketOwnershipControlsArgs>;
  readonly accessLogVersioning?: Transform<aws.s3.BucketVersioningArgs>;
  readonly accessLogEncryption?: Transform<aws.s3.BucketServerSideEncryptionConfigurationArgs>;
  readonly accessLogLifecycle?: Transform<aws.s3.BucketLifecycleConfigurationArgs>;
  readonly accessLogPolicy?: Transform<aws.s3.BucketPolicyArgs>;
  readonly securityGroup?: Transform<aws.ec2.SecurityGroupArgs>;
  readonly ingressRule?: Transform<aws.vpc.SecurityGroupIngressRuleArgs>;
  readonly egressRule?: Transform<aws.vpc.SecurityGroupEgressRuleArgs>;
  readonly loadBalancer?: Transform<aws.lb.LoadBalancerArgs>;
  readonly certificate?: Transform<aws.acm.CertificateArgs>;
  readonly validationRecord?: Transform<aws.route53.RecordArgs>;
  readonly certificateValidation?: Transform<aws.acm.CertificateValidationArgs>;
  readonly aliasRecord?: Transform<aws.route53.RecordArgs>;
  readonly listener?: Transform<aws.lb.ListenerArgs>;
  readonly redirectListener?: Transform<aws.lb.ListenerArgs>;
  readonly deploymentRule?: Transform<aws.cloudwatch.EventRuleArgs>;
  readonly deploymentTarget?: Transform<aws.cloudwatch.EventTargetArgs>;
}

/** What {@link Cluster} offers. */
export interface ClusterOutputs {
  /** Metrics, with thresholds where there are alarms. */
  readonly signals: readonly Signal[];
  readonly clusterArn: pulumi.Output<string>;
  readonly clusterName: pulumi.Output<string>;
  /** Service Connect's namespace. */
  readonly namespaceArn: pulumi.Output<string>;
  readonly namespaceName: pulumi.Output<string>;
  /** For services of the cluster. */
  readonly capacityProviderStrategy: pulumi.Output<CapacityProviderStrategyItem[]>;
  readonly loadBalancerArn: pulumi.Output<string>;
  /** As metrics have it in the dimension `LoadBalancer`. */
  readonly loadBalancerArnSuffix: pulumi.Output<string>;
  readonly loadBalancerDnsName: pulumi.Output<string>;
  /** Security group of the load balancer. Each service behind it adds an egress rule for itself. */
  readonly loadBalancerSecurityGroupId: pulumi.Output<string>;
  /** The listener that forwards; what no rule of it takes is answered with 404. */
  readonly listenerArn: pulumi.Output<string>;
  /** `https://<domain>`, or the load balancer's own name. */
  readonly url: pulumi.Output<string>;
  /** Key of execute-command sessions and their audit log. */
  readonly execKeyArn: pulumi.Output<string>;
  /** What a task's role needs so that people may open sessions in it. No service gets it by itself. */
  grantExec(): Grant;
}

/** A part of a service's capacity. */
export interface CapacityProviderStrategyItem {
  readonly capacityProvider: string;
  readonly base?: number;
  readonly weight: number;
}
