// An Aurora PostgreSQL cluster (Serverless v2), billed by the capacity that it uses. Aurora chooses the writer among the instances,
// so no instance depends on another one.
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import {
  type Grant,
  placementProblems,
  observed,
  protectedWhen,
  tagged,
  throwIfAny,
  transformed,
  type Signal,
} from "../../kit";
import { managedSecretArn, placed } from "../kit";
import { serverlessSignals } from "./signals";
import type { DatabaseOutputs, ServerlessDatabaseArgs } from "./args";
import * as children from "./children";
import { connectGrant, migrateGrant, readGrant } from "./grant";
import { PARAMETERS, PORT } from "./parameters";
import { earlierMajors, type ResolvedServerless, resolveServerless } from "./resolve";
import { validateServerless } from "./validate";

const TYPE = "archipelago:database:ServerlessDatabase";
/** Logs that Aurora PostgreSQL exports; it has none of upgrades. */
const LOGS = { folder: "/aws/rds/cluster", kinds: ["postgresql"] };

/**
 * An Aurora PostgreSQL Serverless v2 cluster in isolated subnets, encrypted with a key of its own, with a master
 * password that RDS makes and rotates, IAM authentication, TLS only, backups, monitoring and alarms. A capacity unit
 * costs about 0.12 USD an hour, so a writer and a reader at the least of 0.5 cost about 88 USD a month, and nothing
 * while they pause; the key costs 1 USD.
 *
 * A new `databaseName`, `masterUsername` or network replaces the cluster, and so loses its data; with `protectData`
 * the engine refuses the plan. Everything else changes in place.
 *
 * @example
 * const products = new ServerlessDatabase("product", { placement, network, databaseName: "productservice" });
 */
export class ServerlessDatabase extends pulumi.ComponentResource implements DatabaseOutputs {
  readonly endpoint: pulumi.Output<string>;
  readonly readerEndpoint: pulumi.Output<string>;
  readonly port: pulumi.Output<number>;
  readonly databaseName: pulumi.Output<string>;
  readonly arn: pulumi.Output<string>;
  readonly resourceId: pulumi.Output<string>;
  readonly secretArn: pulumi.Output<string>;
  readonly securityGroupId: pulumi.Output<string>;
  readonly keyArn: pulumi.Output<string>;
  readonly signals: readonly Signal[];
  /** The children. */
  readonly nodes: children.Surroundings & {
    readonly parameterGroup: aws.rds.ClusterParameterGroup;
    /** By major version; kept while the database is upgraded from it. */
    readonly earlierParameterGroups: Readonly<Record<string, aws.rds.ClusterParameterGroup>>;
    readonly cluster: aws.rds.Cluster;
    /** By role (`writer`, `reader-1`). */
    readonly instances: Readonly<Record<string, aws.rds.ClusterInstance>>;
    /** By role (`capacity`). */
    readonly alarms: Readonly<Record<string, aws.cloudwatch.MetricAlarm>>;
  };

  constructor(
    private readonly name: string,
    private readonly args: ServerlessDatabaseArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super(TYPE, name, {}, placed(`${TYPE} "${name}"`, args.placement, opts));
    throwIfAny(`${TYPE} "${name}"`, [...placementProblems(args.placement), ...validateServerless(name, args)]);
    const resolved = resolveServerless(args);
    const owner = { parent: this, name, args };
    const { identifier, ...around } = children.createSurroundings(owner, resolved, LOGS);
    const formerName = [{ name: `${name}-parameter-group` }];
    const parameterGroup = this.createParameterGroup(resolved.major, args.upgradeFrom === undefined ? formerName : []);
    const { cluster, upgrades } = this.createCluster(owner, resolved, identifier, around, parameterGroup);
    const earlier = earlierMajors(resolved, upgrades);
    const earlierParameterGroups = Object.fromEntries(
      earlier.map((major) => [
        major,
        this.createParameterGroup(major, args.upgradeFrom === undefined ? [] : formerName),
      ]),
    );
    const instances = this.createInstances(resolved, around, cluster);
    this.signals = serverlessSignals(
      { name, dimensions: { DBClusterIdentifier: cluster.clusterIdentifier } },
      resolved,
    );
    const alarms = children.createAlarms(owner, this.signals);
    this.nodes = { ...around, parameterGroup, earlierParameterGroups, cluster, instances, alarms };
    this.endpoint = cluster.endpoint;
    this.readerEndpoint = cluster.readerEndpoint;
    this.port = pulumi.output(PORT);
    this.databaseName = pulumi.output(resolved.databaseName);
    this.arn = cluster.arn;
    this.resourceId = cluster.clusterResourceId;
    this.secretArn = managedSecretArn("RDS", cluster.masterUserSecrets);
    this.securityGroupId = around.securityGroup.id;
    this.keyArn = around.key.arn;
    this.registerOutputs(children.outputsOf(this));
  }

  grantConnect(readers = false): Grant {
    const { writer, ...others } = this.nodes.instances;
    const grant = connectGrant(this.name, this.args.placement, this, { isGiven: readers });
    // The cluster's endpoint is known long before a server answers at it.
    return { ...grant, startsAfter: [...(writer ? [writer] : []), ...(readers ? Object.values(others) : [])] };
  }

  grantRead(prefix?: string): Grant {
    const grant = readGrant(this.name, this.args.placement, this, this.resourceId, prefix);
    return { ...grant, startsAfter: Object.values(this.nodes.instances) };
  }

  grantMigrate(): Grant {
    return migrateGrant(this.name, this.args.placement, this);
  }

  /** Named after its major version, so that an upgrade does not replace the group that the server still uses. */
  private createParameterGroup(major: string, aliases: pulumi.Alias[] = []): aws.rds.ClusterParameterGroup {
    return new aws.rds.ClusterParameterGroup(
      ...transformed<aws.rds.ClusterParameterGroupArgs>(
        this.args.transform?.parameterGroup,
        `${this.name}-parameter-group-${major}`,
        {
          family: `aurora-postgresql${major}`,
          description: `Aurora PostgreSQL ${major}: TLS only, connections and schema changes logged`,
          parameters: PARAMETERS.map((parameter) => ({ ...parameter })),
          ...tagged(this.args.tags),
        },
        { parent: this, aliases },
      ),
    );
  }

  private createCluster(
    owner: children.Owner,
    resolved: ResolvedServerless,
    identifier: pulumi.Output<string>,
    around: children.Surroundings,
    parameterGroup: aws.rds.ClusterParameterGroup,
  ) {
    const { minCapacity, maxCapacity, secondsUntilAutoPause } = resolved;
    let upgrades = false;
    const transform = observed(this.args.transform?.cluster, (asked: aws.rds.ClusterArgs) => {
      upgrades = asked.allowMajorVersionUpgrade === true;
    });
    const cluster = new aws.rds.Cluster(
      ...transformed<aws.rds.ClusterArgs>(
        transform,
        `${this.name}-cluster`,
        {
          ...children.storeArgs(owner, resolved, around),
          clusterIdentifier: identifier,
          engine: aws.rds.EngineType.AuroraPostgresql,
          engineMode: aws.rds.EngineMode.Provisioned,
          engineVersion: resolved.engineVersion,
          serverlessv2ScalingConfiguration: {
            minCapacity,
            maxCapacity,
            ...(secondsUntilAutoPause !== undefined && { secondsUntilAutoPause }),
          },
          databaseName: resolved.databaseName,
          masterUsername: resolved.masterUsername,
          dbSubnetGroupName: around.subnetGroup.name,
          vpcSecurityGroupIds: [around.securityGroup.id],
          dbClusterParameterGroupName: parameterGroup.name,
          enabledCloudwatchLogsExports: LOGS.kinds,
        },
        {
          parent: this,
          ...protectedWhen(resolved.protectData),
          dependsOn: Object.values(around.logGroups),
          // Two clusters can't have one identifier; and a protected one must refuse to go before another takes over.
          deleteBeforeReplace: true,
          // A database that is renamed keeps its identifier: another one would replace it.
          ignoreChanges: ["clusterIdentifier"],
        },
      ),
    );
    return { cluster, upgrades };
  }

  private createInstances(
    resolved: ResolvedServerless,
    around: children.Surroundings,
    cluster: aws.rds.Cluster,
  ): Readonly<Record<string, aws.rds.ClusterInstance>> {
    const created = resolved.instances.map((role): [string, aws.rds.ClusterInstance] => [
      role,
      new aws.rds.ClusterInstance(
        ...transformed<aws.rds.ClusterInstanceArgs>(
          this.args.transform?.clusterInstance,
          `${this.name}-${role}`,
          {
            ...children.serverArgs(resolved, around),
            clusterIdentifier: cluster.clusterIdentifier,
            engine: aws.rds.EngineType.AuroraPostgresql,
            instanceClass: "db.serverless",
            // Tiers 0 and 1 keep the writer's capacity, so that a reader can take over at once.
            promotionTier: role === "writer" ? 0 : 1,
            applyImmediately: !resolved.protectData,
            ...tagged(this.args.tags),
          },
          { parent: this, dependsOn: [around.monitoringPolicy] },
        ),
      ),
    ]);
    return Object.fromEntries(created);
  }
}
