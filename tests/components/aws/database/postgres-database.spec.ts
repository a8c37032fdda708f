import type * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { InvalidInput } from "../../../../components/kit";
import { PostgresDatabase, type PostgresDatabaseArgs } from "../../../../components/aws/database";
import { deploy, type Deployment, outputOf } from "../../../../offline/providers/mocks";
import { childrenOf, isolatedNetwork, placement } from "./support";
import { standing } from "../../../support/standing";

const TYPE = "archipelago:database:PostgresDatabase";

function deployed(args: Partial<PostgresDatabaseArgs> = {}, preview = false) {
  return deploy(
    () =>
      new PostgresDatabase("order", { placement, network: isolatedNetwork(), databaseName: "orderservice", ...args }),
    { preview, existing: standing },
  );
}

async function instanceInputs(args: Partial<PostgresDatabaseArgs> = {}) {
  return (await deployed(args)).one("aws:rds/instance:Instance").inputs;
}

describe("database: PostgresDatabase", () => {
  let standard: Deployment<PostgresDatabase>;
  before(async () => {
    standard = await deployed();
  });

  it("creates exactly these children", () => {
    expect(childrenOf(standard, standard.one(TYPE))).to.deep.equal([
      "Alias order-alias",
      "EncryptionKey order",
      "Instance order-instance",
      "Key order-key",
      "LogGroup order-postgresql-log",
      "LogGroup order-upgrade-log",
      "MetricAlarm order-connections-alarm",
      "MetricAlarm order-cpu-alarm",
      "MetricAlarm order-free-storage-alarm",
      "MetricAlarm order-freeable-memory-alarm",
      "MetricAlarm order-read-latency-alarm",
      "MetricAlarm order-write-latency-alarm",
      "ParameterGroup order-parameter-group-16",
      "RandomId order-final-snapshot",
      "Role order-monitoring",
      "RolePolicyAttachment order-monitoring-policy",
      "SecurityGroup order-security-group",
      "SubnetGroup order-subnet-group",
    ]);
  });

  it("orders an instance that is safe by default", async () => {
    const { result } = standard;
    const { inputs } = standard.one("aws:rds/instance:Instance");
    const { key, subnetGroup, securityGroup, parameterGroup, monitoringRole } = result.nodes;
    const keyArn = await outputOf(result.keyArn);
    const keyId = await outputOf(key.nodes.key.keyId);
    expect(inputs).to.deep.equal({
      identifier: `order-${keyId.replace(/[^0-9a-f]/g, "").slice(-8)}`,
      engine: "postgres",
      engineVersion: "16",
      autoMinorVersionUpgrade: true,
      instanceClass: "db.t3.micro",
      dbName: "orderservice",
      port: 5432,
      multiAz: true,
      dbSubnetGroupName: await outputOf(subnetGroup.name),
      vpcSecurityGroupIds: [await outputOf(securityGroup.id)],
      publiclyAccessible: false,
      parameterGroupName: await outputOf(parameterGroup.name),
      caCertIdentifier: "rds-ca-rsa2048-g1",
      storageType: "gp3",
      allocatedStorage: 20,
      maxAllocatedStorage: 100,
      storageEncrypted: true,
      kmsKeyId: keyArn,
      username: "orderservice",
      manageMasterUserPassword: true,
      masterUserSecretKmsKeyId: keyArn,
      iamDatabaseAuthenticationEnabled: true,
      monitoringInterval: 60,
      monitoringRoleArn: await outputOf(monitoringRole.arn),
      enabledCloudwatchLogsExports: ["postgresql", "upgrade"],
      performanceInsightsEnabled: true,
      performanceInsightsKmsKeyId: keyArn,
      performanceInsightsRetentionPeriod: 7,
      backupRetentionPeriod: 7,
      copyTagsToSnapshot: true,
      deletionProtection: true,
      deleteAutomatedBackups: false,
      skipFinalSnapshot: false,
      finalSnapshotIdentifier: `order-final-${String(standard.one("random:index/randomId:RandomId").outputs.hex)}`,
      applyImmediately: false,
    });
  });

  it("takes the seed's order database", async () => {
    const inputs = await instanceInputs({
      instanceClass: "db.t3.small",
      allocatedStorage: "20 GiB",
      maxAllocatedStorage: "200 GiB",
      backupRetention: "14d",
    });
    const { instanceClass, allocatedStorage, maxAllocatedStorage, backupRetentionPeriod } = inputs;
    expect([instanceClass, allocatedStorage, maxAllocatedStorage, backupRetentionPeriod]).to.deep.equal([
      "db.t3.small",
      20,
      200,
      14,
    ]);
  });

  it("gives data up only when told so", async () => {
    const inputs = await instanceInputs({ protectData: false });
    const { deletionProtection, deleteAutomatedBackups, skipFinalSnapshot, applyImmediately } = inputs;
    expect([deletionProtection, deleteAutomatedBackups, skipFinalSnapshot, applyImmediately]).to.deep.equal([
      false,
      true,
      true,
      true,
    ]);
    expect(inputs).to.not.have.property("finalSnapshotIdentifier");
  });

  it("weakens one thing at a time", async () => {
    const inputs = await instanceInputs({
      multiAz: false,
      performanceInsights: false,
      maxAllocatedStorage: "20 GiB",
      masterUsername: "owner",
      engineVersion: "17.7",
    });
    expect(inputs).to.include({ multiAz: false, performanceInsightsEnabled: false, username: "owner" });
    expect(inputs).to.include({ engineVersion: "17.7", storageEncrypted: true, deletionProtection: true });
    expect(inputs).to.not.have.any.keys(
      "performanceInsightsKmsKeyId",
      "performanceInsightsRetentionPeriod",
      "maxAllocatedStorage",
    );
  });

  it("follows the minor versions of a major one, and keeps a minor one that is named", async () => {
    const upgrades = async (engineVersion: "16" | "16.9") =>
      (await deployed({ engineVersion })).one("aws:rds/instance:Instance").inputs.autoMinorVersionUpgrade;
    expect([await upgrades("16"), await upgrades("16.9")]).to.deep.equal([true, false]);
  });

  it("forces TLS and logs who connects, in the version's own family", async () => {
    const { inputs } = (await deployed({ engineVersion: "15" })).one("aws:rds/parameterGroup:ParameterGroup");
    expect(inputs.family).to.equal("postgres15");
    expect(inputs.parameters).to.deep.equal([
      { name: "rds.force_ssl", value: "1" },
      { name: "log_connections", value: "1" },
      { name: "log_disconnections", value: "1" },
      { name: "log_lock_waits", value: "1" },
      { name: "log_statement", value: "ddl" },
    ]);
  });

  it("makes the encrypted log groups that RDS will write to, before the instance", async () => {
    const deployment = await deployed({ logRetentionInDays: 90 });
    const { result } = deployment;
    const identifier = String(deployment.one("aws:rds/instance:Instance").inputs.identifier);
    const kmsKeyId = await outputOf(result.keyArn);
    expect(deployment.ofType("aws:cloudwatch/logGroup:LogGroup").map(({ inputs }) => inputs)).to.have.deep.members([
      { name: `/aws/rds/instance/${identifier}/postgresql`, retentionInDays: 90, kmsKeyId },
      { name: `/aws/rds/instance/${identifier}/upgrade`, retentionInDays: 90, kmsKeyId },
    ]);
  });

  it("lets nobody in by itself", () => {
    const { resources } = standard;
    expect(standard.one("aws:ec2/securityGroup:SecurityGroup").inputs).to.not.have.any.keys("ingress", "egress");
    expect(resources.filter(({ type }) => /securityGroup(Ingress|Egress)?Rule/i.test(type))).to.deep.equal([]);
  });

  it("trusts only RDS of this account with the monitoring role", () => {
    expect(JSON.parse(String(standard.one("aws:iam/role:Role").inputs.assumeRolePolicy))).to.deep.equal({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: "sts:AssumeRole",
          Principal: { Service: "monitoring.rds.amazonaws.com" },
          Condition: { StringEquals: { "aws:SourceAccount": placement.accountId } },
        },
      ],
    });
    expect(standard.one("aws:iam/rolePolicyAttachment:RolePolicyAttachment").inputs.policyArn).to.equal(
      "arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole",
    );
  });

  it("notifies a topic when it is given one, and nobody otherwise", async () => {
    const topic = "arn:aws:sns:us-east-1:123456789012:alarms";
    const actions = (deployment: Deployment<PostgresDatabase>) =>
      deployment
        .ofType("aws:cloudwatch/metricAlarm:MetricAlarm")
        .map(({ inputs }) => [inputs.alarmActions, inputs.okActions]);
    expect(actions(await deployed({ alarmTopicArn: topic }))).to.deep.equal(Array(6).fill([[topic], [topic]]));
    expect(actions(standard)).to.deep.equal(Array(6).fill([undefined, undefined]));
  });

  it("tags every child that takes tags", async () => {
    const deployment = await deployed({ tags: { Service: "order" } });
    const untagged = deployment.resources
      .filter(({ type, parent }) => parent !== undefined && type.startsWith("aws:"))
      .filter(({ urn, inputs }) => urn.includes(TYPE) && inputs.tags === undefined);
    expect(untagged.map(({ name }) => name).sort()).to.deep.equal(["order-alias", "order-monitoring-policy"]);
  });

  it("leaves every child within reach", async () => {
    const deployment = await deployed({
      transform: {
        instance: { maintenanceWindow: "sun:05:00-sun:07:00" },
        parameterGroup: (args) => {
          args.description = "mine";
        },
        key: { key: { deletionWindowInDays: 7 } },
        alarm: (args, _, name) => {
          if (name === "order-cpu-alarm") args.threshold = 60;
        },
      },
    });
    expect(deployment.one("aws:rds/instance:Instance").inputs.maintenanceWindow).to.equal("sun:05:00-sun:07:00");
    expect(deployment.one("aws:rds/parameterGroup:ParameterGroup").inputs.description).to.equal("mine");
    expect(deployment.one("aws:kms/key:Key").inputs.deletionWindowInDays).to.equal(7);
    const sixty = deployment
      .ofType("aws:cloudwatch/metricAlarm:MetricAlarm")
      .filter(({ inputs }) => inputs.threshold === 60);
    expect(sixty.map(({ name }) => name)).to.deep.equal(["order-cpu-alarm"]);
  });

  it("keeps the key with the data, and never has two instances of one name", async () => {
    const options: Record<string, pulumi.CustomResourceOptions> = {};
    const keep = (_: object, opts: pulumi.CustomResourceOptions, name: string) => {
      options[name] = opts;
    };
    const transform = { key: { key: keep }, instance: keep };
    const deployment = await deployed({ transform });
    expect(options["order-key"]?.retainOnDelete).to.equal(true);
    expect(options["order-instance"]?.deleteBeforeReplace).to.equal(true);
    const { monitoringPolicy, logGroups } = deployment.result.nodes;
    expect(options["order-instance"]?.dependsOn).to.deep.equal([monitoringPolicy, ...Object.values(logGroups)]);
    await deployed({ transform, protectData: false });
    expect(options["order-key"]?.retainOnDelete).to.equal(undefined);
  });

  it("creates nothing when an argument is wrong, and says all of it", async () => {
    const error: unknown = await deployed({ engineVersion: "9.6", allocatedStorage: "5 GiB" }).catch((e: unknown) => e);
    expect(error).to.be.instanceOf(InvalidInput);
    expect((error as InvalidInput).subject).to.equal(`${TYPE} "order"`);
    expect((error as InvalidInput).problems.map(({ path }) => path)).to.deep.equal([
      "engineVersion",
      "allocatedStorage",
    ]);
  });

  it("previews with what only the cloud knows left unknown", async () => {
    const deployment = await deployed({}, true);
    const { result } = deployment;
    expect(deployment.one("aws:rds/instance:Instance").inputs.engine).to.equal("postgres");
    expect(await outputOf(result.secretArn)).to.equal(undefined);
    expect(await outputOf(result.databaseName)).to.equal("orderservice");
  });

  it("registers its outputs", async () => {
    const { result } = standard;
    const { endpoint, readerEndpoint, port, databaseName, arn, resourceId, secretArn, securityGroupId, keyArn } =
      result;
    const outputs = {
      endpoint,
      readerEndpoint,
      port,
      databaseName,
      arn,
      resourceId,
      secretArn,
      securityGroupId,
      keyArn,
    };
    expect(standard.one(TYPE).outputs).to.deep.equal(await outputOf(outputs));
  });

  it("holds no password anywhere", () => {
    const properties = standard.resources.flatMap(({ inputs, outputs }) => Object.keys({ ...inputs, ...outputs }));
    expect(properties).to.include("manageMasterUserPassword");
    expect(properties.filter((property) => /^(master)?password/i.test(property))).to.deep.equal([]);
  });
});
