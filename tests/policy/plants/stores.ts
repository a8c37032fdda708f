// Databases, caches, streams, file systems and buckets.
import { closed, type Network, tlsOnly } from "./network";
import type { Args, Planter } from "./planter";

/** A network, and the subnet groups of its isolated tier by module. */
interface Within extends Network {
  readonly groups: Readonly<Record<string, unknown>>;
}

export function stores(p: Planter, around: Network): void {
  const isolated = { subnetIds: around.isolated.map(({ id }) => id) };
  const open = { subnetIds: around.publicSubnets.map(({ id }) => id) };
  const groups = ["rds", "elasticache", "memorydb", "docdb", "neptune", "redshift"].map((module) => {
    const type = `aws:${module}/subnetGroup:SubnetGroup`;
    p.wrong(type, open);
    return [module, p.right(type, { ...isolated, name: `isolated-${module}` }).name] as const;
  });
  const net: Within = { ...around, groups: Object.fromEntries(groups) };
  databases(p, net);
  clusters(p, net);
  caches(p, net, isolated, open);
  analytics(p, net);
  brokers(p, isolated, open, net);
  messages(p, net);
  files(p, net);
  buckets(p, net);
}

const PASSWORD = { username: "keeper", manageMasterUserPassword: true };

function databases(p: Planter, net: Within): void {
  const own = { storageEncrypted: true, kmsKeyId: net.key };
  const instance = "aws:rds/instance:Instance";
  const shape = { instanceClass: "db.t4g.small", engine: "postgres", engineVersion: "17.2", allocatedStorage: 20, skipFinalSnapshot: true }; // prettier-ignore
  p.right(instance, {
    ...shape,
    ...own,
    ...PASSWORD,
    masterUserSecretKmsKeyId: net.key,
    dbSubnetGroupName: net.groups.rds,
    performanceInsightsEnabled: true,
    performanceInsightsKmsKeyId: net.key,
  });
  p.wrong(instance, {
    ...shape,
    ...PASSWORD,
    engineVersion: "14.12",
    publiclyAccessible: true,
    performanceInsightsEnabled: true,
  });
  const group = "aws:rds/parameterGroup:ParameterGroup";
  p.right(group, { family: "postgres14" });
  p.wrong(group, { family: "postgres14" });
  p.right("aws:rds/clusterParameterGroup:ClusterParameterGroup", { family: "aurora-postgresql15" });
  p.wrong("aws:rds/clusterParameterGroup:ClusterParameterGroup", { family: "aurora-postgresql15" });
}

function clusters(p: Planter, net: Within): void {
  const own = { storageEncrypted: true, kmsKeyId: net.key };
  const cluster = "aws:rds/cluster:Cluster";
  const shape = { engine: "aurora-postgresql", engineVersion: "17.4", skipFinalSnapshot: true, masterUsername: "keeper", manageMasterUserPassword: true }; // prettier-ignore
  const aurora = p.right(cluster, {
    ...shape,
    ...own,
    masterUserSecretKmsKeyId: net.key,
    dbSubnetGroupName: net.groups.rds,
    performanceInsightsEnabled: true,
    performanceInsightsKmsKeyId: net.key,
  });
  p.wrong(cluster, { ...shape, engineVersion: "15.4", performanceInsightsEnabled: true });
  const node = { clusterIdentifier: aurora.id, engine: "aurora-postgresql", instanceClass: "db.r6g.large" };
  p.right("aws:rds/clusterInstance:ClusterInstance", node);
  p.wrong("aws:rds/clusterInstance:ClusterInstance", {
    ...node,
    publiclyAccessible: true,
    performanceInsightsEnabled: true,
  });
  p.right("aws:docdb/cluster:Cluster", { ...own, masterUsername: "keeper", manageMasterUserPassword: true, skipFinalSnapshot: true, dbSubnetGroupName: net.groups.docdb }); // prettier-ignore
  p.wrong("aws:docdb/cluster:Cluster", { masterUsername: "keeper", masterPassword: "a-long-password", skipFinalSnapshot: true }); // prettier-ignore
  const graph = p.right("aws:neptune/cluster:Cluster", {
    storageEncrypted: true,
    kmsKeyArn: net.key,
    skipFinalSnapshot: true,
  });
  p.wrong("aws:neptune/cluster:Cluster", { skipFinalSnapshot: true });
  const instance = { clusterIdentifier: graph.id, instanceClass: "db.r6g.large" };
  p.right("aws:neptune/clusterInstance:ClusterInstance", instance);
  p.wrong("aws:neptune/clusterInstance:ClusterInstance", { ...instance, publiclyAccessible: true });
}

function caches(p: Planter, net: Within, isolated: Args, open: Args): void {
  const group = "aws:elasticache/replicationGroup:ReplicationGroup";
  const shape = { description: "a cache", nodeType: "cache.t4g.small", engine: "redis", engineVersion: "7.1" };
  const whole = p.right(group, {
    ...shape,
    atRestEncryptionEnabled: true,
    kmsKeyId: net.key,
    transitEncryptionEnabled: true,
    subnetGroupName: net.groups.elasticache,
  });
  // Its name comes from the engine, as it does where a program leaves it out.
  p.wrong(group, shape);
  const cluster = "aws:elasticache/cluster:Cluster";
  p.right(cluster, { clusterId: "node-1", replicationGroupId: whole.id });
  p.right(cluster, { engine: "memcached", nodeType: "cache.t4g.small", numCacheNodes: 1, parameterGroupName: "default.memcached1.6", transitEncryptionEnabled: true, subnetGroupName: net.groups.elasticache }); // prettier-ignore
  p.wrong(cluster, { engine: "redis", nodeType: "cache.t4g.small", numCacheNodes: 1, parameterGroupName: "default.redis7" }); // prettier-ignore
  p.right("aws:elasticache/serverlessCache:ServerlessCache", { engine: "valkey", kmsKeyId: net.key, ...isolated });
  p.wrong("aws:elasticache/serverlessCache:ServerlessCache", { engine: "valkey" });
  p.wrong("aws:elasticache/serverlessCache:ServerlessCache", { engine: "valkey", kmsKeyId: net.key, ...open });
  const memory = { aclName: "services", nodeType: "db.t4g.small" };
  p.right("aws:memorydb/cluster:Cluster", { ...memory, kmsKeyArn: net.key, subnetGroupName: net.groups.memorydb });
  p.wrong("aws:memorydb/cluster:Cluster", { ...memory, tlsEnabled: false });
}

function analytics(p: Planter, net: Within): void {
  const table = "aws:dynamodb/table:Table";
  const shape = { attributes: [{ name: "id", type: "S" }], hashKey: "id", billingMode: "PAY_PER_REQUEST" };
  p.right(table, { ...shape, serverSideEncryption: { enabled: true, kmsKeyArn: net.key } });
  p.wrong(table, shape);
  p.right("aws:kinesis/stream:Stream", { shardCount: 1, encryptionType: "KMS", kmsKeyId: net.key });
  p.wrong("aws:kinesis/stream:Stream", { shardCount: 1 });
  const house = {
    nodeType: "ra3.large",
    masterUsername: "keeper",
    manageMasterPassword: true,
    skipFinalSnapshot: true,
  };
  p.right("aws:redshift/cluster:Cluster", {
    ...house,
    clusterIdentifier: "house-1",
    encrypted: true,
    kmsKeyId: net.key,
  });
  p.wrong("aws:redshift/cluster:Cluster", { ...house, clusterIdentifier: "house-2", publiclyAccessible: true });
  const group = { namespaceName: "house" };
  p.right("aws:redshiftserverless/workgroup:Workgroup", { ...group, workgroupName: "house-1" });
  p.wrong("aws:redshiftserverless/workgroup:Workgroup", {
    ...group,
    workgroupName: "house-2",
    publiclyAccessible: true,
  });
  for (const type of ["aws:opensearch/domain:Domain", "aws:elasticsearch/domain:Domain"]) {
    p.right(type, {
      encryptAtRest: { enabled: true, kmsKeyId: net.key },
      nodeToNodeEncryption: { enabled: true },
      domainEndpointOptions: { enforceHttps: true, tlsSecurityPolicy: "Policy-Min-TLS-1-2-2019-07" },
      vpcOptions: { subnetIds: net.isolated.map(({ id }) => id) },
    });
    p.wrong(type, { vpcOptions: { subnetIds: [net.publicSubnets[0]?.id] } });
  }
  const mover = { replicationInstanceClass: "dms.t3.small" };
  p.right("aws:dms/replicationInstance:ReplicationInstance", { ...mover, replicationInstanceId: "mover-1" });
  p.wrong("aws:dms/replicationInstance:ReplicationInstance", { ...mover, replicationInstanceId: "mover-2", publiclyAccessible: true }); // prettier-ignore
}

function brokers(p: Planter, isolated: Args, open: Args, net: Within): void {
  const kafka = (clientSubnets: unknown, encryptionInfo?: object): Args => ({
    kafkaVersion: "3.6.0",
    numberOfBrokerNodes: 2,
    brokerNodeGroupInfo: { clientSubnets, instanceType: "kafka.m5.large", securityGroups: [net.group.id] },
    ...(encryptionInfo && { encryptionInfo }),
  });
  const msk = "aws:msk/cluster:Cluster";
  p.right(
    msk,
    kafka(isolated.subnetIds, { encryptionAtRestKmsKeyArn: net.key, encryptionInTransit: { clientBroker: "TLS" } }),
  );
  p.wrong(msk, kafka(open.subnetIds, { encryptionInTransit: { clientBroker: "PLAINTEXT", inCluster: false } }));
  const broker = { engineType: "ActiveMQ", engineVersion: "5.18", hostInstanceType: "mq.m5.large", autoMinorVersionUpgrade: true, users: [{ username: "keeper", password: "a-long-password" }] }; // prettier-ignore
  p.right("aws:mq/broker:Broker", { ...broker, brokerName: "broker-1", ...isolated });
  p.wrong("aws:mq/broker:Broker", { ...broker, brokerName: "broker-2", publiclyAccessible: true, ...open });
}

function messages(p: Planter, net: Within): void {
  // It takes what others can't process, so that it needs no such queue itself.
  const redriveAllowPolicy = '{"redrivePermission":"allowAll"}';
  const queue = p.right("aws:sqs/queue:Queue", { kmsMasterKeyId: net.key, redriveAllowPolicy });
  p.right("aws:sqs/queuePolicy:QueuePolicy", {
    queueUrl: queue.id,
    policy: tlsOnly("sqs:*"),
  });
  p.wrong("aws:sqs/queue:Queue", {});
  const topic = p.right("aws:sns/topic:Topic", { kmsMasterKeyId: net.key });
  p.right("aws:sns/topicPolicy:TopicPolicy", {
    arn: topic.arn,
    policy: tlsOnly("sns:Publish"),
  });
  p.wrong("aws:sns/topic:Topic", {});
  const subscription = "aws:sns/topicSubscription:TopicSubscription";
  p.right(subscription, { topic: topic.arn, protocol: "https", endpoint: "https://example.com/hook" });
  p.wrong(subscription, { topic: topic.arn, protocol: "http", endpoint: "http://example.com/hook" });
  p.right("aws:secretsmanager/secret:Secret", { kmsKeyId: net.key });
  p.wrong("aws:secretsmanager/secret:Secret", {});
  p.right("aws:cloudwatch/logGroup:LogGroup", { kmsKeyId: net.key, retentionInDays: 400 });
  p.wrong("aws:cloudwatch/logGroup:LogGroup", {});
  p.right("aws:ecr/repository:Repository", { encryptionConfigurations: [{ encryptionType: "KMS", kmsKey: net.key }] });
  p.right("aws:backup/vault:Vault", { kmsKeyArn: net.key });
  p.wrong("aws:backup/vault:Vault", {});
  p.right("aws:kms/key:Key", { enableKeyRotation: true, deletionWindowInDays: 30 });
  p.wrong("aws:kms/key:Key", { deletionWindowInDays: 30 });
}

function files(p: Planter, net: Within): void {
  p.right("aws:efs/fileSystem:FileSystem", { encrypted: true, kmsKeyId: net.key });
  p.wrong("aws:efs/fileSystem:FileSystem", {});
  p.right("aws:efs/mountTarget:MountTarget", { fileSystemId: "fs-0aaaaaaaaaaaaaaaa", subnetId: net.isolated[0]?.id });
  p.wrong("aws:efs/mountTarget:MountTarget", {
    fileSystemId: "fs-0bbbbbbbbbbbbbbbb",
    subnetId: net.publicSubnets[0]?.id,
  });
  const volume = { availabilityZone: "eu-central-1a", size: 8 };
  p.right("aws:ebs/volume:Volume", { ...volume, encrypted: true, kmsKeyId: net.key });
  p.wrong("aws:ebs/volume:Volume", volume);
  const copy = { sourceRegion: "eu-central-1", sourceSnapshotId: "snap-0aaaaaaaaaaaaaaaa" };
  p.right("aws:ebs/snapshotCopy:SnapshotCopy", { ...copy, encrypted: true, kmsKeyId: net.key });
  p.wrong("aws:ebs/snapshotCopy:SnapshotCopy", copy);
  const image = { sourceAmiId: "ami-0aaaaaaaaaaaaaaaa", sourceAmiRegion: "eu-central-1" };
  p.right("aws:ec2/amiCopy:AmiCopy", { ...image, encrypted: true, kmsKeyId: net.key });
  p.wrong("aws:ec2/amiCopy:AmiCopy", image);
}

function buckets(p: Planter, net: Within): void {
  for (const type of ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"]) {
    const right = p.right(type, {});
    closed(p, right, net.key);
    const wrong = p.wrong(type, { acl: "public-read" });
    for (const block of ["aws:s3/bucketAcl:BucketAcl", "aws:s3/bucketAclV2:BucketAclV2"]) {
      if (type.endsWith("V2") !== block.endsWith("V2")) continue;
      p.right(block, { bucket: right.id, acl: "private" });
      p.wrong(block, { bucket: wrong.id, acl: "public-read" });
    }
    for (const object of ["aws:s3/bucketObject:BucketObject", "aws:s3/bucketObjectv2:BucketObjectv2"]) {
      if (type.endsWith("V2") !== object.endsWith("v2")) continue;
      p.right(object, { bucket: right.id, key: "a", content: "a" });
      p.wrong(object, { bucket: wrong.id, key: "a", content: "a", acl: "public-read" });
    }
  }
  const open = p.wrong("aws:s3/bucket:Bucket", {});
  p.wrong("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", { bucket: open.id, blockPublicAcls: false });
  const logs = p.right("aws:s3/bucket:Bucket", { tags: { holds: "trail" } });
  closed(p, logs, net.key);
  p.right("aws:cloudtrail/trail:Trail", { s3BucketName: logs.id, kmsKeyId: net.key });
  p.wrong("aws:cloudtrail/trail:Trail", { s3BucketName: logs.id });
}
