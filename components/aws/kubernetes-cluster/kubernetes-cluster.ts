// Kubernetes on AWS by EKS Auto Mode: AWS runs nodes, load balancers, volumes and networking, so this is one resource and its roles. That is why
// it is made with @pulumi/aws: @pulumi/eks is for the node groups and add-ons that Auto Mode has made unnecessary.
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { formatRange, parseRange, protectedWhen, tagged, throwIfAny, transformed } from "../../kit";
import { encryptedLogGroup, type EncryptionKey, placed } from "../kit";
import type { KubernetesClusterArgs, KubernetesClusterOutputs, PodIdentitySettings, PodPeer } from "./args";
import { createAccess, createIdentity, createKey, createRoles, type IdentityNodes, type RoleNodes } from "./children";
import { admitToPods, letPodsIn } from "./connections";
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
  readonly dnsAddress: string | undefined;
  readonly keyArn: pulumi.Output<string>;
  /** The children. */
  readonly nodes: {
    readonly key: EncryptionKey;
    readonly logGroup: aws.cloudwatch.LogGroup;
    readonly roles: { readonly cluster: RoleNodes; readonly node: RoleNodes };
    readonly cluster: aws.eks.Cluster;
    readonly access: readonly aws.eks.AccessPolicyAssociation[];
    /** Reports what pods use: autoscalers need it, and Auto Mode does not bring it. */
    readonly metricsServer: aws.eks.Addon;
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
    const metricsServer = this.createMetricsServer(cluster);
    this.nodes = { key, logGroup, roles, cluster, access: createAccess(owner, cluster), metricsServer };
    this.clusterName = cluster.name;
    this.clusterArn = cluster.arn;
    this.endpoint = cluster.endpoint;
    this.certificateAuthority = cluster.certificateAuthority.data;
    this.kubeconfig = this.kubeconfigOf();
    this.securityGroupId = cluster.vpcConfig.clusterSecurityGroupId;
    this.dnsAddress = dnsAddressOf(args.serviceCidr);
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

  /**
   * Lets what has a security group (a load balancer) connect to a port of pods: a rule on both sides. NetworkPolicies decide which pods.
   *
   * @param from logical name of what connects; with the port it names the rules
   */
  admit(from: string, peer: PodPeer): void {
    admitToPods({ parent: this, name: this.name, args: this.args }, this.securityGroupId, from, peer);
  }

  /**
   * Lets pods in at a port of what has a security group (a database). NetworkPolicies decide which pods. Pods' own group lets everything out.
   *
   * @param to logical name of what is reached; with the port it names the rule
   */
  letIn(to: string, peer: PodPeer): aws.vpc.SecurityGroupIngressRule {
    return letPodsIn({ parent: this, name: this.name, args: this.args }, this.securityGroupId, to, peer);
  }

  private outputs(): pulumi.Inputs {
    const { clusterName, clusterArn, endpoint, certificateAuthority, kubeconfig } = this;
    const { securityGroupId, dnsAddress, keyArn } = this;
    return {
      ...{ clusterName, clusterArn, endpoint, certificateAuthority, kubeconfig },
      ...{ securityGroupId, dnsAddress, keyArn },
    };
  }

  private createMetricsServer({ name: clusterName }: aws.eks.Cluster): aws.eks.Addon {
    const { tags, transform } = this.args;
    return new aws.eks.Addon(
      ...transformed<aws.eks.AddonArgs>(
        transform?.addon,
        `${this.name}-metrics-server`,
        {
          clusterName,
          addonName: "metrics-server",
          resolveConflictsOnCreate: "OVERWRITE",
          resolveConflictsOnUpdate: "OVERWRITE",
          ...tagged(tags),
        },
        { parent: this },
      ),
    );
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
      serviceCidr,
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
          kubernetesNetworkConfig: {
            elasticLoadBalancing: { enabled: true },
            ...(serviceCidr !== undefined && { serviceIpv4Cidr: serviceCidr }),
          },
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

/** EKS gives the tenth address of the range to the cluster's DNS. */
function dnsAddressOf(serviceCidr: string | undefined): string | undefined {
  const range = serviceCidr === undefined ? undefined : parseRange(serviceCidr);
  return range === undefined ? undefined : formatRange({ start: range.start + 10, prefix: 32 }).replace("/32", "");
}
