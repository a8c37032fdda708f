// What a Kubernetes cluster of EKS takes and what it offers.
import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Placement, Transform } from "../../kit";
import type { EncryptionKeyArgs, Rights } from "../kit";

/** Arguments of {@link KubernetesCluster}. */
export interface KubernetesClusterArgs {
  readonly placement: Placement;
  readonly network: {
    readonly vpcId: pulumi.Input<string>;
    /** Subnets of the nodes and of the control plane's interfaces, in two zones or more. */
    readonly privateSubnetIds: pulumi.Input<pulumi.Input<string>[]>;
  };
  /** Version of Kubernetes as `major.minor` that EKS supports; EKS raises it one minor version at a time. @default "1.34" */
  readonly version?: string;
  /**
   * IPv4 ranges that reach the API of Kubernetes from outside of the VPC, over TLS and with an identity of IAM; never the whole internet.
   * @default none: the endpoint is private
   */
  readonly publicAccessCidrs?: readonly string[];
  /**
   * IPv4 range of Services (`172.20.0.0/16`), /24 to /12, which nothing that the VPC is connected to uses. Another one replaces the cluster.
   * @default what EKS chooses: 10.100.0.0/16 or 172.20.0.0/16
   */
  readonly serviceCidr?: string;
  /** Principals of IAM that administrate the cluster, by a name for each (`deploy`). @default none but the principal that creates the cluster */
  readonly administrators?: Readonly<Record<string, pulumi.Input<string>>>;
  /** Principals of IAM that may look at everything but Secrets, by a name for each. @default none */
  readonly viewers?: Readonly<Record<string, pulumi.Input<string>>>;
  /** Days that logs of the control plane are kept; one of CloudWatch's values. @default 365 */
  readonly logRetentionInDays?: number;
  /** Whether EKS refuses to delete the cluster, and its key stays. @default true */
  readonly protectData?: boolean;
  /** @default no tags but the provider's */
  readonly tags?: Readonly<Record<string, string>>;
  /** @default every child as described */
  readonly transform?: KubernetesClusterTransforms;
}

/** One slot for each kind of child. A function receives the child's logical name. */
export interface KubernetesClusterTransforms {
  readonly key?: EncryptionKeyArgs["transform"];
  readonly logGroup?: Transform<aws.cloudwatch.LogGroupArgs>;
  readonly role?: Transform<aws.iam.RoleArgs>;
  readonly rolePolicyAttachment?: Transform<aws.iam.RolePolicyAttachmentArgs>;
  readonly rolePolicy?: Transform<aws.iam.RolePolicyArgs>;
  readonly cluster?: Transform<aws.eks.ClusterArgs>;
  readonly accessEntry?: Transform<aws.eks.AccessEntryArgs>;
  readonly accessPolicyAssociation?: Transform<aws.eks.AccessPolicyAssociationArgs>;
  readonly podIdentityAssociation?: Transform<aws.eks.PodIdentityAssociationArgs>;
  readonly addon?: Transform<aws.eks.AddonArgs>;
  readonly ingressRule?: Transform<aws.vpc.SecurityGroupIngressRuleArgs>;
  readonly egressRule?: Transform<aws.vpc.SecurityGroupEgressRuleArgs>;
}

/** A security group at one end of a connection with pods. */
export interface PodPeer {
  readonly securityGroupId: pulumi.Input<string>;
  /** TCP port that listens. */
  readonly port: number;
}

/** A service that gets a role. */
export interface PodIdentitySettings {
  /** Namespace of the service account. */
  readonly namespace: string;
  /** Name of the service account. */
  readonly serviceAccount: string;
  /** What the role may do: the statements of the service's grants, by a name for each. About 450 queues and topics fit. */
  readonly grants: Rights;
}

/** What {@link KubernetesCluster} offers. */
export interface KubernetesClusterOutputs {
  readonly clusterName: pulumi.Output<string>;
  readonly clusterArn: pulumi.Output<string>;
  /** Address of the API. */
  readonly endpoint: pulumi.Output<string>;
  /** Certificate of the API's authority, in base64. */
  readonly certificateAuthority: pulumi.Output<string>;
  /** A kubeconfig without a secret: `aws eks get-token` signs in with the AWS credentials of its user. */
  readonly kubeconfig: pulumi.Output<string>;
  /** Security group of the pods and the control plane, which EKS makes. */
  readonly securityGroupId: pulumi.Output<string>;
  /** Address of the cluster's DNS: the tenth of `serviceCidr`, and undefined without it. Auto Mode answers there on each node, without pods. */
  readonly dnsAddress: string | undefined;
  /** Key of the secrets and the logs. */
  readonly keyArn: pulumi.Output<string>;
}
