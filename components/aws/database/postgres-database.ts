// One PostgreSQL server for one owner. Its identifier is fixed by the component (and not by Pulumi's auto-naming),
// because the encrypted log groups that RDS writes to carry it and must be there first.
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
import { encryptedLogGroup, managedSecretArn, placed } from "../kit";
import { postgresSignals } from "./signals";
import type { DatabaseOutputs, PostgresDatabaseArgs } from "./args";
import * as children from "./children";
import { connectGrant, migrateGrant, readGrant } from "./grant";
import { PARAMETERS, PORT } from "./parameters";
import { earlierMajors, type ResolvedPostgres, resolvePostgres } from "./resolve";
import { validatePostgres } from "./validate";

const TYPE = "archipelago:database:PostgresDatabase";
/** Logs that RDS for PostgreSQL exports. */
const LOGS = { folder: "/aws/rds/instance", kinds: ["postgresql", "upgrade"] };

/**
 * An RDS for PostgreSQL instance in isolated subnets, encrypted with a key of its own, with a master password that RDS
 * makes and rotates, IAM authentication, TLS only, backups, monitoring and alarms. A `db.t3.micro` with 20 GiB costs
 * about 16 USD a month, twice that in two zones, and the key 1 USD.
 *
 * A new `databaseName`, `masterUsername` or network replaces the instance, and so loses its data; with `protectData`
 * the engine refuses the plan. Everything else changes in place.
 *
 * @example
 * const orders = new PostgresDatabase("order", { placement, network, databaseName: "orderservice" });
 */
export class PostgresDatabase extends pulumi.ComponentResource implements DatabaseOutputs {
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
    readonly parameterGroup: aws.rds.ParameterGroup;
    /** By major version; kept while the database is upgraded from it. */
    readonly earlierParameterGroups: Readonly<Record<string, aws.rds.ParameterGroup>>;
    readonly instance: aws.rds.Instance;
    /** With `readReplica`. */
    readonly replica?: aws.rds.Instance;
    readonly replicaLog?: aws.cloudwatch.LogGroup;
    /** By role (`cpu`). */
    readonly alarms: Readonly<Record<string, aws.cloudwatch.MetricAlarm>>;
  };

  constructor(
    private readonly name: string,
    private readonly args: PostgresDatabaseArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super(TYPE, name, {}, placed(`${TYPE} "${name}"`, args.placement, opts));
    throwIfAny(`${TYPE} "${name}"`, [...placementProblems(args.placement), ...validatePostgres(name, args)]);
    const resolved = resolvePostgres(args);
    const owner = { parent: this, name, args };
    const { identifier, ...around } = children.createSurroundings(owner, resolved, LOGS);
    // The group that was called without a version is that of the major version which runs.
    const former = [{ name: `${name}-parameter-group` }];
    const [ofThis, ofEarlier] = args.upgradeFrom === undefined ? [former, []] : [[], former];
    const parameterGroup = this.createParameterGroup(resolved.major, ofThis);
    const { instance, upgrades } = this.createInstance(owner, resolved, identifier, around, parameterGroup);
    const earlierParameterGroups: Record<string, aws.rds.ParameterGroup> = {};
    for (const major of earlierMajors(resolved, upgrades))
      earlierParameterGroups[major] = this.createParameterGroup(major, ofEarlier);
    const replica = resolved.readReplica
      ? this.createReplica(resolved, identifier, around, parameterGroup, instance)
      : undefined;
    this.signals = postgresSignals(
      { name, dimensions: { DBInstanceIdentifier: instance.identifier } },
      resolved,
      replica && { DBInstanceIdentifier: replica.replica.identifier },
    );
    const alarms = children.createAlarms(owner, this.signals);
    this.nodes = { ...around, parameterGroup, earlierParameterGroups, instance, ...replica, alarms };
    this.endpoint = instance.address;
    this.readerEndpoint = (replica?.replica ?? instance).address;
    this.port = pulumi.output(PORT);
    this.databaseName = pulumi.output(resolved.databaseName);
    this.arn = instance.arn;
    this.resourceId = instance.resourceId;
    this.secretArn = managedSecretArn("RDS", instance.masterUserSecrets);
    this.securityGroupId = around.securityGroup.id;
    this.keyArn = around.key.arn;
    this.registerOutputs(children.outputsOf(this));
  }

  grantConnect(readers = false): Grant {
    const { replica } = this.nodes;
    if (!readers || !replica) return connectGrant(this.name, this.args.placement, this, { isGiven: readers });
    const grant = connectGrant(this.name, this.args.placement, this, { isGiven: true, replicaId: replica.resourceId });
    return { ...grant, startsAfter: [replica] };
  }

  grantRead(prefix?: string): Grant {
    const { replica, instance } = this.nodes;
    return readGrant(this.name, this.args.placement, this, (replica ?? instance).resourceId, prefix);
  }

  grantMigrate(): Grant {
    return migrateGrant(this.name, this.args.placement, this);
  }

  /** Named after its major version, so that an upgrade does not replace the group that the server still uses. */
  private createParameterGroup(major: string, aliases: pulumi.Alias[] = []): aws.rds.ParameterGroup {
    return new aws.rds.ParameterGroup(
      ...transformed<aws.rds.ParameterGroupArgs>(
        this.args.transform?.parameterGroup,
        `${this.name}-parameter-group-${major}`,
        {
          family: `postgres${major}`,
          description: `PostgreSQL ${major}: TLS only, connections and schema changes logged`,
          parameters: PARAMETERS.map((parameter) => ({ ...parameter })),
          ...tagged(this.args.tags),
        },
        { parent: this, aliases },
      ),
    );
  }

  private createInstance(
    owner: children.Owner,
    resolved: ResolvedPostgres,
    identifier: pulumi.Output<string>,
    around: children.Surroundings,
    parameterGroup: aws.rds.ParameterGroup,
  ) {
    let upgrades = false;
    const transform = observed(this.args.transform?.instance, (asked: aws.rds.InstanceArgs) => {
      upgrades = asked.allowMajorVersionUpgrade === true;
    });
    const instance = new aws.rds.Instance(
      ...transformed<aws.rds.InstanceArgs>(
        transform,
        `${this.name}-instance`,
        {
          ...children.storeArgs(owner, resolved, around),
          ...children.serverArgs(resolved, around),
          identifier,
          engine: "postgres",
          engineVersion: resolved.engineVersion,
          instanceClass: resolved.instanceClass,
          dbName: resolved.databaseName,
          username: resolved.masterUsername,
          multiAz: resolved.multiAz,
          dbSubnetGroupName: around.subnetGroup.name,
          vpcSecurityGroupIds: [around.securityGroup.id],
          parameterGroupName: parameterGroup.name,
          storageType: "gp3",
          allocatedStorage: resolved.allocatedStorage,
          ...(resolved.maxAllocatedStorage !== undefined && { maxAllocatedStorage: resolved.maxAllocatedStorage }),
          enabledCloudwatchLogsExports: LOGS.kinds,
        },
        {
          parent: this,
          ...protectedWhen(resolved.protectData),
          dependsOn: [around.monitoringPolicy, ...Object.values(around.logGroups)],
          // Two instances can't have one identifier; and a protected one must refuse to go before another takes over.
          deleteBeforeReplace: true,
          // A database that is renamed keeps its identifier, its endpoint and its logs.
          // RDS restores an instance under its snapshot's key (RestoreDBInstanceFromDBSnapshot takes none), and a key never changes:
          // the next update would replace the database.
          ignoreChanges: ["identifier", "kmsKeyId"],
        },
      ),
    );
    return { instance, upgrades };
  }

  /**
   * Takes engine, version, storage, key, subnets and users from its source. It has no backups and no protection of its own: its data is its
   * source's. RDS upgrades it together with its source.
   * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PostgreSQL.Replication.ReadReplicas.html
   */
  private createReplica(
    resolved: ResolvedPostgres,
    identifier: pulumi.Output<string>,
    around: children.Surroundings,
    parameterGroup: aws.rds.ParameterGroup,
    instance: aws.rds.Instance,
  ) {
    const { tags, transform } = this.args;
    const replicaIdentifier = pulumi.interpolate`${identifier}-reader`;
    const replicaLog = encryptedLogGroup(
      { parent: this, tags, ignoreChanges: ["name"] },
      transform?.logGroup,
      `${this.name}-reader-postgresql-log`,
      {
        name: pulumi.interpolate`${LOGS.folder}/${replicaIdentifier}/postgresql`,
        retentionInDays: resolved.logRetentionInDays,
        kmsKeyId: around.key.arn,
      },
    );
    const replica = new aws.rds.Instance(
      ...transformed<aws.rds.InstanceArgs>(
        transform?.replica,
        `${this.name}-reader`,
        {
          ...children.serverArgs(resolved, around),
          identifier: replicaIdentifier,
          replicateSourceDb: instance.identifier,
          instanceClass: resolved.instanceClass,
          storageEncrypted: true,
          iamDatabaseAuthenticationEnabled: true,
          vpcSecurityGroupIds: [around.securityGroup.id],
          parameterGroupName: parameterGroup.name,
          storageType: "gp3",
          ...(resolved.maxAllocatedStorage !== undefined && { maxAllocatedStorage: resolved.maxAllocatedStorage }),
          copyTagsToSnapshot: true,
          enabledCloudwatchLogsExports: ["postgresql"],
          // A replica has no final snapshot.
          skipFinalSnapshot: true,
          applyImmediately: !resolved.protectData,
          ...tagged(tags),
        },
        {
          parent: this,
          dependsOn: [around.monitoringPolicy, replicaLog],
          deleteBeforeReplace: true,
          ignoreChanges: ["identifier", "kmsKeyId"],
        },
      ),
    );
    return { replica, replicaLog };
  }
}
