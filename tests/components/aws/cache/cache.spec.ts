import { expect } from "chai";
import { InvalidInput } from "../../../../components/kit";
import { Cache, type CacheArgs } from "../../../../components/aws/cache";
import { deploy, type Deployment, outputOf } from "../../../../offline/providers/mocks";
import { allows, childrenOf, isolatedNetwork, placement } from "../database/support";
import { standing } from "../../../support/standing";

const TYPE = "archipelago:cache:Cache";
const GROUP = "aws:elasticache/replicationGroup:ReplicationGroup";
const USER = "aws:elasticache/user:User";

function deployed(args: Partial<CacheArgs> = {}, preview = false) {
  const users = ["order", "product"];
  return deploy(() => new Cache("cache", { placement, network: isolatedNetwork(), users, ...args }), {
    preview,
    existing: standing,
  });
}

/** The digits that keep this cache's identifiers apart from those of others. */
async function suffixOf({ result }: Deployment<Cache>): Promise<string> {
  return (await outputOf(result.nodes.key.nodes.key.keyId)).replace(/[^0-9a-f]/g, "").slice(-8);
}

describe("cache: Cache", () => {
  let standard: Deployment<Cache>;
  before(async () => {
    standard = await deployed();
  });

  it("creates exactly these children", () => {
    expect(childrenOf(standard, standard.one(TYPE))).to.deep.equal([
      "Alias cache-alias",
      "EncryptionKey cache",
      "Key cache-key",
      "LogGroup cache-engine-log",
      "LogGroup cache-slow-log",
      "MetricAlarm cache-connections-alarm",
      "MetricAlarm cache-cpu-alarm",
      "MetricAlarm cache-engine-cpu-alarm",
      "MetricAlarm cache-evictions-alarm",
      "MetricAlarm cache-memory-alarm",
      "MetricAlarm cache-replication-lag-alarm",
      "RandomId cache-final-snapshot",
      "ReplicationGroup cache-group",
      "SecurityGroup cache-security-group",
      "SubnetGroup cache-subnet-group",
      "User cache-default-user",
      "User cache-order-user",
      "User cache-product-user",
      "UserGroup cache-user-group",
    ]);
  });

  it("orders the seed's group, encrypted and with users", async () => {
    const { result } = standard;
    const { subnetGroup, securityGroup, logGroups } = result.nodes;
    const { replicationGroupId, ...inputs } = standard.one(GROUP).inputs;
    if (replicationGroupId !== undefined) expect(replicationGroupId).to.match(/^cache-group-[0-9a-f]{7}$/);
    const names = await outputOf({ slow: logGroups["slow-log"]?.name, engine: logGroups["engine-log"]?.name });
    const log = { logFormat: "json", destinationType: "cloudwatch-logs" };
    expect(inputs).to.deep.equal({
      description: "Cache cache",
      engine: "redis",
      engineVersion: "7.0",
      autoMinorVersionUpgrade: false,
      nodeType: "cache.t3.micro",
      numCacheClusters: 2,
      automaticFailoverEnabled: true,
      multiAzEnabled: true,
      port: 6379,
      subnetGroupName: await outputOf(subnetGroup.name),
      securityGroupIds: [await outputOf(securityGroup.id)],
      atRestEncryptionEnabled: true,
      kmsKeyId: await outputOf(result.keyArn),
      transitEncryptionEnabled: true,
      transitEncryptionMode: "required",
      userGroupIds: [`cache-${await suffixOf(standard)}`],
      snapshotRetentionLimit: 5,
      snapshotWindow: "03:00-05:00",
      maintenanceWindow: "sun:05:00-sun:07:00",
      logDeliveryConfigurations: [
        { ...log, logType: "slow-log", destination: names.slow },
        { ...log, logType: "engine-log", destination: names.engine },
      ],
      finalSnapshotIdentifier: `cache-final-${String(standard.one("random:index/randomId:RandomId").outputs.hex)}`,
      applyImmediately: false,
    });
  });

  it("makes a user a service, signing in by IAM, and switches the default user off", async () => {
    const suffix = await suffixOf(standard);
    const iam = (service: string) => ({
      userId: `${service}-${suffix}`,
      userName: `${service}-${suffix}`,
      engine: "redis",
      accessString:
        `on ~${service}:* resetchannels &${service}:* ` +
        "-@all +@read +@write +@connection +@transaction +@pubsub -@dangerous -@admin -@scripting " +
        "+eval +evalsha -scan -randomkey -dbsize -pubsub",
      authenticationMode: { type: "iam" },
    });
    expect(standard.one(USER, "cache-order-user").inputs).to.deep.equal(iam("order"));
    expect(standard.one(USER, "cache-product-user").inputs).to.deep.equal(iam("product"));
    expect(standard.one(USER, "cache-default-user").inputs).to.deep.equal({
      userId: `default-${suffix}`,
      userName: "default",
      engine: "redis",
      accessString: "off -@all",
      authenticationMode: { type: "no-password-required" },
    });
    expect(standard.one("aws:elasticache/userGroup:UserGroup").inputs).to.deep.equal({
      userGroupId: `cache-${suffix}`,
      engine: "redis",
      userIds: [`default-${suffix}`, `order-${suffix}`, `product-${suffix}`],
    });
  });

  it("takes a single Valkey node that nobody protects", async () => {
    const deployment = await deployed({ nodes: 1, engine: "valkey", protectData: false, snapshotRetention: "0d" });
    const { inputs } = deployment.one(GROUP);
    expect(inputs).to.include({ engine: "valkey", engineVersion: "8.0", numCacheClusters: 1 });
    expect(inputs).to.include({ automaticFailoverEnabled: false, multiAzEnabled: false, snapshotRetentionLimit: 0 });
    expect(inputs).to.include({ applyImmediately: true, transitEncryptionMode: "required" });
    expect(inputs).to.not.have.property("finalSnapshotIdentifier");
    // A Valkey cache takes users of engine redis, and a Redis cache takes no others: the upgrade touches no user.
    const users = [...deployment.ofType(USER), deployment.one("aws:elasticache/userGroup:UserGroup")];
    expect(users.map(({ inputs: user }) => user.engine)).to.deep.equal(Array(4).fill("redis"));
  });

  it("encrypts its logs and keeps them as long as told", async () => {
    const deployment = await deployed({ logRetentionInDays: 90 });
    const kmsKeyId = await outputOf(deployment.result.keyArn);
    const groups = deployment.ofType("aws:cloudwatch/logGroup:LogGroup").map(({ inputs }) => inputs);
    expect(groups).to.have.deep.members(
      ["slow-log", "engine-log"].map((kind) => ({
        namePrefix: `/aws/vendedlogs/elasticache/cache-${kind}-`,
        retentionInDays: 90,
        kmsKeyId,
      })),
    );
  });

  it("lets nobody in by itself", () => {
    expect(standard.one("aws:ec2/securityGroup:SecurityGroup").inputs).to.not.have.any.keys("ingress", "egress");
    const rules = standard.resources.filter(({ type }) => /securityGroup(Ingress|Egress)?Rule/i.test(type));
    expect(rules).to.deep.equal([]);
  });

  it("rings for the worst of its nodes", async () => {
    const topic = "arn:aws:sns:us-east-1:123456789012:alarms";
    const deployment = await deployed({ alarmTopicArn: topic });
    const group = await outputOf(deployment.result.replicationGroupId);
    const { inputs } = deployment.one("aws:cloudwatch/metricAlarm:MetricAlarm", "cache-memory-alarm");
    const node = (suffix: string) => ({
      id: `node${suffix}`,
      metric: {
        namespace: "AWS/ElastiCache",
        metricName: "DatabaseMemoryUsagePercentage",
        stat: "Maximum",
        period: 300,
        dimensions: { CacheClusterId: `${group}-${suffix}` },
      },
    });
    expect(inputs.metricQueries).to.deep.equal([
      { id: "worst", expression: "MAX(METRICS())", label: "DatabaseMemoryUsagePercentage", returnData: true },
      node("001"),
      node("002"),
    ]);
    expect([inputs.threshold, inputs.alarmActions, inputs.okActions]).to.deep.equal([80, [topic], [topic]]);
    const silent = standard.ofType("aws:cloudwatch/metricAlarm:MetricAlarm");
    expect(silent.map((alarm) => alarm.inputs.alarmActions)).to.deep.equal(Array(6).fill(undefined));
  });

  it("tags every child that takes tags", async () => {
    const deployment = await deployed({ tags: { Context: "shared" } });
    const untagged = deployment.resources
      .filter(({ type, urn }) => type.startsWith("aws:") && urn.includes(TYPE))
      .filter(({ inputs }) => inputs.tags === undefined);
    expect(untagged.map(({ name }) => name)).to.deep.equal(["cache-alias"]);
  });

  it("leaves every child within reach", async () => {
    const deployment = await deployed({
      transform: {
        replicationGroup: { parameterGroupName: "default.redis7" },
        user: (args, _, name) => {
          if (name === "cache-order-user") args.accessString = "on ~order:* -@all +get";
        },
      },
    });
    expect(deployment.one(GROUP).inputs.parameterGroupName).to.equal("default.redis7");
    expect(deployment.one(USER, "cache-order-user").inputs.accessString).to.equal("on ~order:* -@all +get");
    expect(deployment.one(USER, "cache-default-user").inputs.accessString).to.equal("off -@all");
  });

  it("keeps the key with the data", async () => {
    const retained = async (protectData: boolean) => {
      let retainOnDelete: boolean | undefined;
      await deployed({
        protectData,
        transform: {
          key: {
            key: (_, opts) => {
              ({ retainOnDelete } = opts);
            },
          },
        },
      });
      return retainOnDelete;
    };
    expect([await retained(true), await retained(false)]).to.deep.equal([true, undefined]);
  });

  it("creates nothing when an argument is wrong, and says all of it", async () => {
    const error: unknown = await deployed({ nodes: 9, users: ["order", "order"] }).catch((e: unknown) => e);
    expect(error).to.be.instanceOf(InvalidInput);
    expect((error as InvalidInput).problems.map(({ path }) => path)).to.deep.equal(["users[1]", "nodes"]);
  });

  it("previews with what only the cloud knows left unknown", async () => {
    const { result } = await deployed({}, true);
    expect(await outputOf(result.primaryEndpoint)).to.equal(undefined);
    expect(await outputOf(result.port)).to.equal(6379);
  });

  it("registers its outputs", async () => {
    const { primaryEndpoint, readerEndpoint, port, securityGroupId, replicationGroupId, arn, keyArn } = standard.result;
    const outputs = { primaryEndpoint, readerEndpoint, port, securityGroupId, replicationGroupId, arn, keyArn };
    expect(standard.one(TYPE).outputs).to.deep.equal(await outputOf(outputs));
  });
});

describe("cache: grantConnect", () => {
  let standard: Deployment<Cache>;
  before(async () => {
    standard = await deployed();
  });

  it("hands out where the cache is and as whom to come", async () => {
    const { environment, reaches } = standard.result.grantConnect("order");
    expect(await outputOf({ ...environment })).to.deep.equal({
      REDIS_HOST: await outputOf(standard.result.primaryEndpoint),
      REDIS_PORT: "6379",
      REDIS_USERNAME: `order-${await suffixOf(standard)}`,
      REDIS_TLS: "true",
      REDIS_KEY_PREFIX: "order:",
      REDIS_REPLICATION_GROUP: await outputOf(standard.result.replicationGroupId),
    });
    expect(await outputOf(reaches as object)).to.deep.equal([
      { to: "cache", securityGroupId: await outputOf(standard.result.securityGroupId), port: 6379 },
    ]);
  });

  it("allows signing in as this user of this cache, and nothing else", async () => {
    const { statements } = standard.result.grantConnect("order");
    const arns = {
      group: await outputOf(standard.result.arn),
      order: String(standard.one(USER, "cache-order-user").outputs.arn),
      product: String(standard.one(USER, "cache-product-user").outputs.arn),
    };
    expect(await allows(statements, "elasticache:Connect", arns.group)).to.equal(true);
    expect(await allows(statements, "elasticache:Connect", arns.order)).to.equal(true);
    expect(await allows(statements, "elasticache:Connect", arns.product)).to.equal(false);
    expect(await allows(statements, "elasticache:Connect", `${arns.group}-other`)).to.equal(false);
    expect(await allows(statements, "elasticache:DeleteReplicationGroup", arns.group)).to.equal(false);
  });

  it("knows its users only", () => {
    expect(() => standard.result.grantConnect("payment")).to.throw(InvalidInput, "one of order, product");
  });
});
