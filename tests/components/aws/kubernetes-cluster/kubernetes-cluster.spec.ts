import { expect } from "chai";
import { KubernetesCluster, type KubernetesClusterArgs } from "../../../../components/aws/kubernetes-cluster";
import { validateKubernetesCluster } from "../../../../components/aws/kubernetes-cluster/validate";
import { deploy, outputOf } from "../../../../offline/providers/mocks";
import { violationsIn } from "../../../policy/support/judged";
import { standing } from "../../../support/standing";
import { allows, childrenOf, isolatedNetwork, paths, placement } from "../database/support";

const TYPE = "archipelago:kubernetes-cluster:KubernetesCluster";
const CLUSTER = "aws:eks/cluster:Cluster";
const QUEUE = "arn:aws:sqs:us-east-1:123456789012:orders";
const deployRole = "arn:aws:iam::123456789012:role/deploy";

function deployed(args: Partial<KubernetesClusterArgs> = {}) {
  return deploy(
    () => {
      const { vpcId, isolatedSubnetIds: privateSubnetIds } = isolatedNetwork();
      const network = { vpcId, privateSubnetIds };
      const administrators = { deploy: deployRole };
      const cluster = new KubernetesCluster("shop", { placement, network, administrators, ...args });
      const grants = { orders: { statements: [{ Action: "sqs:SendMessage", Resource: QUEUE }] } };
      const order = cluster.identify("order", { namespace: "shop-dev", serviceAccount: "order", grants });
      return { cluster, order };
    },
    { existing: standing },
  );
}

describe("kubernetes-cluster: KubernetesCluster", () => {
  let standard: Awaited<ReturnType<typeof deployed>>;
  before(async () => {
    standard = await deployed();
  });

  it("creates exactly these children", () => {
    expect(childrenOf(standard, standard.one(TYPE))).to.deep.equal([
      "AccessEntry shop-deploy",
      "AccessPolicyAssociation shop-deploy-access",
      "Addon shop-metrics-server",
      "Alias shop-alias",
      "Cluster shop",
      "EncryptionKey shop",
      "Key shop-key",
      "LogGroup shop-logs",
      "PodIdentityAssociation shop-order",
      "Role shop-cluster-role",
      "Role shop-node-role",
      "Role shop-order",
      "RolePolicy shop-order",
      "RolePolicyAttachment shop-cluster-AmazonEKSBlockStoragePolicy",
      "RolePolicyAttachment shop-cluster-AmazonEKSClusterPolicy",
      "RolePolicyAttachment shop-cluster-AmazonEKSComputePolicy",
      "RolePolicyAttachment shop-cluster-AmazonEKSLoadBalancingPolicy",
      "RolePolicyAttachment shop-cluster-AmazonEKSNetworkingPolicy",
      "RolePolicyAttachment shop-node-AmazonEC2ContainerRegistryPullOnly",
      "RolePolicyAttachment shop-node-AmazonEKSWorkerNodeMinimalPolicy",
    ]);
  });

  it("orders Auto Mode with a private endpoint, encrypted secrets, all logs and access entries", async () => {
    const { inputs, options } = standard.one(CLUSTER);
    expect(inputs).to.deep.include({
      name: "shop",
      version: "1.34",
      accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: true },
      encryptionConfig: {
        provider: { keyArn: await outputOf(standard.result.cluster.keyArn) },
        resources: ["secrets"],
      },
      enabledClusterLogTypes: ["api", "audit", "authenticator", "controllerManager", "scheduler"],
      kubernetesNetworkConfig: { elasticLoadBalancing: { enabled: true } },
      storageConfig: { blockStorage: { enabled: true } },
      bootstrapSelfManagedAddons: false,
      deletionProtection: true,
    });
    expect(inputs).to.have.nested.property("vpcConfig.endpointPrivateAccess", true);
    expect(inputs).to.have.nested.property("vpcConfig.endpointPublicAccess", false);
    expect(inputs).to.have.deep.nested.property("computeConfig.nodePools", ["general-purpose", "system"]);
    expect(options).to.deep.include({ protect: true });
    const logs = standard.one("aws:cloudwatch/logGroup:LogGroup").inputs;
    expect(logs).to.include({ name: "/aws/eks/shop/cluster", retentionInDays: 365 });
  });

  it("waits for the rights and the log group: EKS would make a group of its own", () => {
    const { dependencies } = standard.one(CLUSTER);
    const waited = dependencies.map((urn) => urn.split("::").at(-1));
    expect(waited).to.include.members([
      "shop-logs",
      "shop-cluster-AmazonEKSComputePolicy",
      "shop-node-AmazonEKSWorkerNodeMinimalPolicy",
    ]);
  });

  it("gives a service account a role with its statements, which EKS assumes for it only", async () => {
    const { inputs } = standard.one("aws:iam/role:Role", "shop-order");
    const trust = JSON.parse(inputs.assumeRolePolicy as string) as { Statement: readonly unknown[] };
    expect(trust.Statement).to.deep.equal([
      {
        Effect: "Allow",
        Action: ["sts:AssumeRole", "sts:TagSession"],
        Principal: { Service: "pods.eks.amazonaws.com" },
        Condition: {
          StringEquals: {
            "aws:SourceAccount": "123456789012",
            "aws:RequestTag/kubernetes-namespace": "shop-dev",
            "aws:RequestTag/kubernetes-service-account": "order",
          },
          ArnEquals: { "aws:SourceArn": await outputOf(standard.result.cluster.clusterArn) },
        },
      },
    ]);
    const policy = JSON.parse(standard.one("aws:iam/rolePolicy:RolePolicy").inputs.policy as string) as {
      Statement: Parameters<typeof allows>[0];
    };
    expect(await allows(policy.Statement, "sqs:SendMessage", QUEUE)).to.equal(true);
    expect(await allows(policy.Statement, "sqs:ReceiveMessage", QUEUE)).to.equal(false);
    expect(standard.one("aws:eks/podIdentityAssociation:PodIdentityAssociation").inputs).to.include({
      clusterName: "shop",
      namespace: "shop-dev",
      serviceAccount: "order",
    });
  });

  it("writes a kubeconfig that holds no secret", async () => {
    const kubeconfig = JSON.parse(await outputOf(standard.result.cluster.kubeconfig)) as object;
    expect(kubeconfig).to.have.deep.nested.property("users[0].user.exec.args", [
      "eks",
      "get-token",
      "--cluster-name",
      "shop",
      "--region",
      "us-east-1",
    ]);
    expect(JSON.stringify(kubeconfig)).not.to.match(/token":|password|client-key/);
  });

  it("opens its endpoint to named ranges only", async () => {
    const open = await deployed({ publicAccessCidrs: ["198.51.100.0/24"] });
    expect(open.one(CLUSTER).inputs).to.have.nested.property("vpcConfig.endpointPublicAccess", true);
    expect(open.one(CLUSTER).inputs).to.have.deep.nested.property("vpcConfig.publicAccessCidrs", ["198.51.100.0/24"]);
  });

  it("violates no rule of any pack", async () => {
    const urn = standard.one(TYPE).urn;
    const own = standard.resources.filter(({ parent, type }) => parent === urn || type.startsWith("aws:kms/"));
    expect(await violationsIn(own)).to.deep.equal([]);
  });
});

describe("kubernetes-cluster: bad arguments", () => {
  it("are found all at once", () => {
    const network = { vpcId: "vpc-1", privateSubnetIds: ["subnet-1"] };
    const args: KubernetesClusterArgs = {
      placement,
      network,
      version: "1.20",
      publicAccessCidrs: ["0.0.0.0/0", "office"],
      administrators: { Deploy: deployRole, same: deployRole },
      viewers: { same: deployRole },
      logRetentionInDays: 31,
    };
    expect(paths(validateKubernetesCluster("Shop", args))).to.deep.equal([
      "name",
      "version",
      "publicAccessCidrs[0]",
      "publicAccessCidrs[1]",
      "logRetentionInDays",
      "network.privateSubnetIds",
      "administrators.Deploy",
      "viewers.same",
    ]);
  });
});
