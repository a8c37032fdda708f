// Kubernetes on AWS by EKS Auto Mode: AWS runs nodes, load balancers, volumes and networking, so this is one resource and its roles. That is why
// it is made with @pulumi/aws: @pulumi/eks is for the node groups and add-ons that Auto Mode has made unnecessary.
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { protectedWhen, tagged, throwIfAny, transformed } from "../../kit";
import { encryptedLogGroup, type EncryptionKey, placed } from "../kit";
import type { KubernetesClusterArgs, KubernetesClusterOutputs, PodIdentitySettings } from "./args";
import { createAccess, createIdentity, createKey, createRoles, type IdentityNodes, type RoleNodes } from "./children";
import { validateIdentity, validateKubernetesCluster } from "./validate";

const TYPE = "archipelago:kubernetes-cluster:KubernetesCluster";
const LOGS = ["api", "audit", "authenticator", "controllerManager", "scheduler"];
const DEFAULTS = { version: "1.34", logRetentionInDays: 365 } as const;

/**
 * An EKS cluster in Auto Mode: private endpoint, secrets encrypted with a key of its own, all logs of the control plane, access by access
 * entries. The control plane costs about 73 USD a month, the key 1 USD, nodes by the second and about an eighth more for Auto Mode.
 * Replaced, with all that runs in it: by another name or other encryption. A version is raised in place, and never lowered.
 *
 * @example
 * const cluster = new KubernetesCluster("shop", { placement, network, administrators: { deploy: deployRoleArn } });
 */
export class KubernetesCluster extends pulumi.ComponentResource implements KubernetesClusterOutputs {
  readonly clusterName: pulumi.Output<string>;
  readonly clusterArn: pulumi.Output<string>;
  readonly endpoint: pulumi.Output<string>;
  readonly certificateAuthority: pulumi.Output<string>;
  readonly kubeconfig: pulumi.Output<string>;
  readonly securityGroupId: pulumi.Output<string>;
  readonly keyArn: pulumi.Output<string>;
  /** The children. */
  readonly nodes: {
    readonly key: EncryptionKey;
    readonly logGroup: aws.cloudwatch.LogGroup;
    readonly roles: { readonly cluster: RoleNodes; readonly node: RoleNodes };
    readonly cluster: aws.eks.Cluster;
    readonly access: readonly aws.eks.AccessPolicyAssociation[];
  };

  constructor(
    private readonly name: string,
    private readonly args: KubernetesClusterArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super(TYPE, name, {}, placed(`${TYPE} "${name}"`, args.placement, opts));
    throwIfAny(`${TYPE} "${name}"`, validateKubernetesCluster(name, args));
    const owner = { parent: this, name, args };
    const key = createKey(owner);
    const roles = createRoles(owner);
    // EKS writes to this name; a group that it makes itself is not encrypted with the key and keeps its logs for ever.
    const logGroup = encryptedLogGroup({ parent: this, tags: args.tags }, args.transform?.logGroup, `${name}-logs`, {
      name: `/aws/eks/${name}/cluster`,
      kmsKeyId: key.arn,
      retentionInDays: args.logRetentionInDays ?? DEFAULTS.logRetentionInDays,
    });
    const cluster = this.createCluster(key, roles, logGroup);
    this.nodes = { key, logGroup, roles, cluster, access: createAccess(owner, cluster) };
    this.clusterName = cluster.name;
    this.clusterArn = cluster.arn;
    this.endpoint = cluster.endpoint;
    this.certificateAuthority = cluster.certificateAuthority.data;
    this.kubeconfig = this.kubeconfigOf();
    this.securityGroupId = cluster.vpcConfig.clusterSecurityGroupId;
    this.keyArn = key.arn;
    this.registerOutputs(this.outputs());
  }

  /**
   * Gives the pods of a service account a role with exactly these rights.
   *
   * @param service name of the role among those of the cluster
   */
  identify(service: string, settings: PodIdentitySettings): IdentityNodes {
    throwIfAny(`${TYPE} "${this.name}"`, validateIdentity(service, settings));
    return createIdentity({ parent: this, name: this.name, args: this.args }, this.nodes.cluster, service, settings);
  }

  private outputs(): pulumi.Inputs {
    const { clusterName, clusterArn, endpoint, certificateAuthority, kubeconfig, securityGroupId, keyArn } = this;
    return { clusterName, clusterArn, endpoint, certificateAuthority, kubeconfig, securityGroupId, keyArn };
  }

  private createCluster(
    key: EncryptionKey,
    { cluster, node }: { readonly cluster: RoleNodes; readonly node: RoleNodes },
    logGroup: aws.cloudwatch.LogGroup,
  ): aws.eks.Cluster {
    const {
      network,
      version = DEFAULTS.version,
      publicAccessCidrs = [],
      protectData = true,
      tags,
      transform,
    } = this.args;
    const isPublic = publicAccessCidrs.length > 0;
    return new aws.eks.Cluster(
      ...transformed<aws.eks.ClusterArgs>(
        transform?.cluster,
        this.name,
        {
          // Its own, not a generated one: the log group is named after it.
          name: this.name,
          version,
          roleArn: cluster.role.arn,
          vpcConfig: {
            subnetIds: network.privateSubnetIds,
            endpointPrivateAccess: true,
            endpointPublicAccess: isPublic,
            ...(isPublic && { publicAccessCidrs: [...publicAccessCidrs] }),
          },
          accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: true },
          encryptionConfig: { provider: { keyArn: key.arn }, resources: ["secrets"] },
          enabledClusterLogTypes: LOGS,
          // Auto Mode: the three are on or off together.
          computeConfig: { enabled: true, nodePools: ["general-purpose", "system"], nodeRoleArn: node.role.arn },
          kubernetesNetworkConfig: { elasticLoadBalancing: { enabled: true } },
          storageConfig: { blockStorage: { enabled: true } },
          bootstrapSelfManagedAddons: false,
          upgradePolicy: { supportType: "STANDARD" },
          zonalShiftConfig: { enabled: true },
          deletionProtection: protectData,
          ...tagged(tags),
        },
        {
          parent: this,
          // Without its rights, EKS can neither make nor delete what is the cluster's.
          dependsOn: [...cluster.attachments, ...node.attachments, logGroup],
          ...protectedWhen(protectData),
        },
      ),
    );
  }

  private kubeconfigOf(): pulumi.Output<string> {
    const { region } = this.args.placement;
    const { clusterName, clusterArn, endpoint, certificateAuthority } = this;
    return pulumi
      .all([clusterName, clusterArn, endpoint, certificateAuthority])
      .apply(([name, arn, server, authority]) =>
        JSON.stringify({
          apiVersion: "v1",
          kind: "Config",
          clusters: [{ name: arn, cluster: { server, "certificate-authority-data": authority } }],
          contexts: [{ name: arn, context: { cluster: arn, user: arn } }],
          "current-context": arn,
          users: [
            {
              name: arn,
              user: {
                exec: {
                  apiVersion: "client.authentication.k8s.io/v1",
                  command: "aws",
                  args: ["eks", "get-token", "--cluster-name", name, "--region", region],
                  interactiveMode: "Never",
                },
              },
            },
          ],
        }),
      );
  }
}
