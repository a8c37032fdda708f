import { expect } from "chai";
import { InvalidInput } from "../../../../components/kit";
import { ServerlessDatabase, type ServerlessDatabaseArgs } from "../../../../components/aws/database";
import { deploy, type Deployment, outputOf } from "../../../../offline/providers/mocks";
import { allows, childrenOf, isolatedNetwork, placement } from "./support";
import { standing } from "../../../support/standing";

const TYPE = "archipelago:database:ServerlessDatabase";
const INSTANCE = "aws:rds/clusterInstance:ClusterInstance";

function deployed(args: Partial<ServerlessDatabaseArgs> = {}) {
  const databaseName = "productservice";
  return deploy(
    () => new ServerlessDatabase("product", { placement, network: isolatedNetwork(), databaseName, ...args }),
    { existing: standing },
  );
}

async function clusterInputs(args: Partial<ServerlessDatabaseArgs>) {
  return (await deployed(args)).one("aws:rds/cluster:Cluster").inputs;
}

describe("database: ServerlessDatabase", () => {
  let standard: Deployment<ServerlessDatabase>;
  before(async () => {
    standard = await deployed();
  });

  it("creates exactly these children", () => {
    expect(childrenOf(standard, standard.one(TYPE))).to.deep.equal([
      "Alias product-alias",
      "Cluster product-cluster",
      "ClusterInstance product-reader-1",
      "ClusterInstance product-writer",
      "ClusterParameterGroup product-parameter-group-16",
      "EncryptionKey product",
      "Key product-key",
      "LogGroup product-postgresql-log",
      "MetricAlarm product-capacity-alarm",
      "MetricAlarm product-connections-alarm",
      "MetricAlarm product-cpu-alarm",
      "MetricAlarm product-deadlocks-alarm",
      "MetricAlarm product-read-latency-alarm",
      "MetricAlarm product-replica-lag-alarm",
      "MetricAlarm product-write-latency-alarm",
      "RandomId product-final-snapshot",
      "Role product-monitoring",
      "RolePolicyAttachment product-monitoring-policy",
      "SecurityGroup product-security-group",
      "SubnetGroup product-subnet-group",
    ]);
  });

  it("orders a cluster that is safe by default", async () => {
    const { result } = standard;
    const { key, subnetGroup, securityGroup, parameterGroup } = result.nodes;
    const keyArn = await outputOf(result.keyArn);
    const keyId = await outputOf(key.nodes.key.keyId);
    expect(standard.one("aws:rds/cluster:Cluster").inputs).to.deep.equal({
      clusterIdentifier: `product-${keyId.replace(/[^0-9a-f]/g, "").slice(-8)}`,
      engine: "aurora-postgresql",
      engineMode: "provisioned",
      engineVersion: "16",
      serverlessv2ScalingConfiguration: { minCapacity: 0.5, maxCapacity: 4 },
      databaseName: "productservice",
      port: 5432,
      dbSubnetGroupName: await outputOf(subnetGroup.name),
      vpcSecurityGroupIds: [await outputOf(securityGroup.id)],
      dbClusterParameterGroupName: await outputOf(parameterGroup.name),
      storageEncrypted: true,
      kmsKeyId: keyArn,
      masterUsername: "productservice",
      manageMasterUserPassword: true,
      masterUserSecretKmsKeyId: keyArn,
      iamDatabaseAuthenticationEnabled: true,
      enabledCloudwatchLogsExports: ["postgresql"],
      backupRetentionPeriod: 7,
      copyTagsToSnapshot: true,
      deletionProtection: true,
      deleteAutomatedBackups: false,
      skipFinalSnapshot: false,
      finalSnapshotIdentifier: `product-final-${String(standard.one("random:index/randomId:RandomId").outputs.hex)}`,
      applyImmediately: false,
    });
  });

  it("adds a writer and readers that can take over", async () => {
    const { result } = standard;
    const keyArn = await outputOf(result.keyArn);
    const shared = {
      clusterIdentifier: standard.one("aws:rds/cluster:Cluster").inputs.clusterIdentifier,
      engine: "aurora-postgresql",
      instanceClass: "db.serverless",
      publiclyAccessible: false,
      autoMinorVersionUpgrade: true,
      caCertIdentifier: "rds-ca-rsa2048-g1",
      monitoringInterval: 60,
      monitoringRoleArn: await outputOf(result.nodes.monitoringRole.arn),
      performanceInsightsEnabled: true,
      performanceInsightsKmsKeyId: keyArn,
      performanceInsightsRetentionPeriod: 7,
      applyImmediately: false,
    };
    // No copyTagsToSnapshot, which has no effect on an instance of Aurora: the cluster copies its tags (CreateDBInstance).
    // Names are Pulumi's own; all that differs otherwise is who takes over first.
    for (const [role, promotionTier] of [["writer", 0] as const, ["reader-1", 1] as const]) {
      const { identifier, ...inputs } = standard.one(INSTANCE, `product-${role}`).inputs;
      expect(inputs, role).to.deep.equal({ ...shared, promotionTier });
      if (identifier !== undefined) expect(identifier).to.match(new RegExp(`^product-${role}-[0-9a-f]{7}$`));
    }
  });

  it("has as many readers as asked for", async () => {
    const names = async (readers: number) =>
      (await deployed({ readers }))
        .ofType(INSTANCE)
        .map(({ name }) => name)
        .sort();
    expect(await names(0)).to.deep.equal(["product-writer"]);
    expect(await names(2)).to.deep.equal(["product-reader-1", "product-reader-2", "product-writer"]);
  });

  it("pauses when nobody is connected, if it may", async () => {
    const inputs = await clusterInputs({ scaleToZero: true, maxCapacity: 8 });
    expect(inputs.serverlessv2ScalingConfiguration).to.deep.equal({
      minCapacity: 0,
      maxCapacity: 8,
      secondsUntilAutoPause: 300,
    });
  });

  it("gives data up only when told so", async () => {
    const deployment = await deployed({ protectData: false, performanceInsights: false });
    const { inputs } = deployment.one("aws:rds/cluster:Cluster");
    const { deletionProtection, deleteAutomatedBackups, skipFinalSnapshot, applyImmediately } = inputs;
    expect([deletionProtection, deleteAutomatedBackups, skipFinalSnapshot, applyImmediately]).to.deep.equal([
      false,
      true,
      true,
      true,
    ]);
    expect(inputs).to.not.have.property("finalSnapshotIdentifier");
    for (const instance of deployment.ofType(INSTANCE)) {
      expect(instance.inputs).to.include({ applyImmediately: true, performanceInsightsEnabled: false });
      expect(instance.inputs).to.not.have.any.keys("performanceInsightsKmsKeyId", "performanceInsightsRetentionPeriod");
    }
  });

  it("forces TLS and logs who connects, in the version's own family", () => {
    const { inputs } = standard.one("aws:rds/clusterParameterGroup:ClusterParameterGroup");
    expect(inputs.family).to.equal("aurora-postgresql16");
    expect(inputs.parameters).to.deep.include({ name: "rds.force_ssl", value: "1" });
  });

  it("makes the encrypted log group that Aurora will write to", async () => {
    const { result } = standard;
    const identifier = String(standard.one("aws:rds/cluster:Cluster").inputs.clusterIdentifier);
    expect(standard.one("aws:cloudwatch/logGroup:LogGroup").inputs).to.deep.equal({
      name: `/aws/rds/cluster/${identifier}/postgresql`,
      retentionInDays: 30,
      kmsKeyId: await outputOf(result.keyArn),
    });
  });

  it("leaves every child within reach", async () => {
    const deployment = await deployed({
      readers: 0,
      transform: {
        cluster: { preferredBackupWindow: "02:00-03:00" },
        clusterInstance: (args) => {
          args.promotionTier = 7;
        },
      },
    });
    expect(deployment.one("aws:rds/cluster:Cluster").inputs.preferredBackupWindow).to.equal("02:00-03:00");
    expect(deployment.one(INSTANCE).inputs.promotionTier).to.equal(7);
  });

  it("creates nothing when an argument is wrong, and says all of it", async () => {
    const error: unknown = await deployed({ readers: 16, maxCapacity: 300 }).catch((e: unknown) => e);
    expect(error).to.be.instanceOf(InvalidInput);
    expect((error as InvalidInput).problems.map(({ path }) => path)).to.deep.equal(["maxCapacity", "readers"]);
  });

  it("registers its outputs", async () => {
    const { result } = standard;
    const { endpoint, readerEndpoint, port, databaseName, arn, resourceId, secretArn, securityGroupId, keyArn } =
      result;
    const shared = { endpoint, port, databaseName, arn, resourceId, secretArn, securityGroupId, keyArn };
    expect(standard.one(TYPE).outputs).to.deep.equal(await outputOf({ ...shared, readerEndpoint }));
  });

  it("grants a connection to this cluster's user and no other", async () => {
    const { statements, reaches, startsAfter } = standard.result.grantConnect();
    expect(startsAfter).to.deep.equal([standard.result.nodes.instances.writer]);
    expect(await outputOf(standard.result.nodes.instances.writer?.promotionTier ?? 9)).to.equal(0);
    const resourceId = await outputOf(standard.result.resourceId);
    const user = (id: string) => `arn:aws:rds-db:us-east-1:123456789012:dbuser:${id}/app`;
    expect(await allows(statements, "rds-db:connect", user(resourceId))).to.equal(true);
    expect(await allows(statements, "rds-db:connect", user("cluster-OTHER"))).to.equal(false);
    expect(await outputOf(reaches as object)).to.deep.equal([
      { to: "product", securityGroupId: await outputOf(standard.result.securityGroupId), port: 5432 },
    ]);
  });
});
