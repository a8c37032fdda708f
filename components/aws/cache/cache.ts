// One cache for the services that declare it. They share the nodes but not the keys: each signs in as itself, with a
// short-lived IAM token instead of a password, and reaches what begins with its own name.
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import {
  cacheKeyPrefix,
  type Grant,
  InvalidInput,
  placementProblems,
  protectedWhen,
  tagged,
  throwIfAny,
  transformed,
  type Signal,
  unknownCacheUser,
} from "../../kit";
import { finalSnapshotName, placed } from "../kit";
import { cacheSignals } from "./signals";
import type { CacheArgs, CacheOutputs } from "./args";
import * as children from "./children";
import { PORT, resolveCache, type ResolvedCache } from "./resolve";
import { validateCache } from "./validate";

const TYPE = "archipelago:cache:Cache";

/**
 * A Redis or Valkey replication group without shards in isolated subnets: encrypted with a key of its own, TLS only,
 * one user a service, daily snapshots, logs and alarms. Two `cache.t3.micro` nodes cost about 25 USD a month, the key
 * 1 USD.
 *
 * A new `engineVersion` of a lower number, or another network, replaces the group, and so loses what is not in a
 * snapshot. Everything else changes in place.
 *
 * @example
 * const cache = new Cache("cache", { placement, network, users: ["order", "product"] });
 */
export class Cache extends pulumi.ComponentResource implements CacheOutputs {
  readonly primaryEndpoint: pulumi.Output<string>;
  readonly readerEndpoint: pulumi.Output<string>;
  readonly port: pulumi.Output<number>;
  readonly securityGroupId: pulumi.Output<string>;
  readonly replicationGroupId: pulumi.Output<string>;
  readonly arn: pulumi.Output<string>;
  readonly keyArn: pulumi.Output<string>;
  readonly signals: readonly Signal[];
  /** The children. */
  readonly nodes: children.Surroundings & {
    readonly replicationGroup: aws.elasticache.ReplicationGroup;
    /** By role (`memory`). */
    readonly alarms: Readonly<Record<string, aws.cloudwatch.MetricAlarm>>;
  };

  constructor(
    private readonly name: string,
    private readonly args: CacheArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super(TYPE, name, {}, placed(`${TYPE} "${name}"`, args.placement, opts));
    throwIfAny(`${TYPE} "${name}"`, [...placementProblems(args.placement), ...validateCache(name, args)]);
    const resolved = resolveCache(args);
    const owner = { parent: this, name, args };
    const around = children.createSurroundings(owner, resolved);
    const replicationGroup = this.createReplicationGroup(resolved, around);
    this.signals = cacheSignals({ name, replicationGroupId: replicationGroup.id }, resolved);
    const alarms = children.createAlarms(owner, this.signals);
    this.nodes = { ...around, replicationGroup, alarms };
    this.primaryEndpoint = replicationGroup.primaryEndpointAddress;
    this.readerEndpoint = replicationGroup.readerEndpointAddress;
    this.port = pulumi.output(PORT);
    this.securityGroupId = around.securityGroup.id;
    this.replicationGroupId = replicationGroup.id;
    this.arn = replicationGroup.arn;
    this.keyArn = around.key.arn;
    this.registerOutputs({
      primaryEndpoint: this.primaryEndpoint,
      readerEndpoint: this.readerEndpoint,
      port: this.port,
      securityGroupId: this.securityGroupId,
      replicationGroupId: this.replicationGroupId,
      arn: this.arn,
      keyArn: this.keyArn,
    });
  }

  grantConnect(user: string): Grant {
    const node = this.nodes.users[user];
    if (!node) throw new InvalidInput(`${TYPE} "${this.name}"`, [unknownCacheUser(user, this.args.users)]);
    return {
      statements: [{ Action: "elasticache:Connect", Resource: [this.arn, node.arn] }],
      environment: {
        REDIS_HOST: this.primaryEndpoint,
        REDIS_PORT: String(PORT),
        REDIS_USERNAME: node.userName,
        REDIS_TLS: "true",
        REDIS_KEY_PREFIX: cacheKeyPrefix(this.args.sharing?.[user] ?? user),
        // An IAM token is signed for the replication group's name, not for its host.
        REDIS_REPLICATION_GROUP: this.replicationGroupId,
      },
      reaches: [{ to: this.name, securityGroupId: this.securityGroupId, port: PORT }],
    };
  }

  private finalSnapshot({ subnetGroup }: children.Surroundings): pulumi.Output<string> {
    return finalSnapshotName(this, this.args.transform?.finalSnapshot, this.name, { subnetGroup: subnetGroup.name });
  }

  private createReplicationGroup(resolved: ResolvedCache, around: children.Surroundings) {
    return new aws.elasticache.ReplicationGroup(
      ...transformed<aws.elasticache.ReplicationGroupArgs>(
        this.args.transform?.replicationGroup,
        `${this.name}-group`,
        {
          description: `Cache ${this.name}`,
          engine: resolved.engine,
          engineVersion: resolved.engineVersion,
          // A minor version that AWS raised by itself would read as a downgrade, which replaces the group and loses what it holds.
          // Patches come as service updates either way.
          autoMinorVersionUpgrade: false,
          nodeType: resolved.nodeType,
          numCacheClusters: resolved.nodes,
          automaticFailoverEnabled: resolved.automaticFailover,
          multiAzEnabled: resolved.multiAz,
          port: PORT,
          subnetGroupName: around.subnetGroup.name,
          securityGroupIds: [around.securityGroup.id],
          atRestEncryptionEnabled: true,
          kmsKeyId: around.key.arn,
          transitEncryptionEnabled: true,
          transitEncryptionMode: "required",
          userGroupIds: [around.userGroup.userGroupId],
          snapshotRetentionLimit: resolved.snapshotRetentionLimit,
          snapshotWindow: resolved.snapshotWindow,
          maintenanceWindow: resolved.maintenanceWindow,
          logDeliveryConfigurations: Object.entries(around.logGroups).map(([logType, group]) => ({
            logType,
            logFormat: "json",
            destinationType: "cloudwatch-logs",
            destination: group.name,
          })),
          ...(resolved.protectData && { finalSnapshotIdentifier: this.finalSnapshot(around) }),
          applyImmediately: !resolved.protectData,
          ...tagged(this.args.tags),
        },
        { parent: this, ...protectedWhen(resolved.protectData) },
      ),
    );
  }
}
