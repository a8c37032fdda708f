// Columns for analytical queries, for one owner: Iceberg tables of Parquet files in a bucket, which Athena queries. Nothing runs between queries:
// no server is there to size, to patch or to fail over (docs/decisions/0053-stores.md compares it with ClickHouse and Redshift).
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import {
  type Grant,
  mebibytes,
  placementProblems,
  type Problem,
  protectedWhen,
  type Signal,
  tagged,
  throwIfAny,
  transformed,
  unless,
} from "../../kit";
import { placed, signalAlarms, suffixOf } from "../kit";
import { ObjectStore } from "../storage";
import type { AnalyticsStoreArgs, AnalyticsStoreOutputs } from "./args";
import { queryStatements } from "./grant";
import { analyticsSignals } from "./signals";

const TYPE = "archipelago:analytics:AnalyticsStore";
const DEFAULTS = { queryLimit: "100 GiB", resultRetention: "7d", protectData: true } as const;
/** https://docs.aws.amazon.com/athena/latest/ug/workgroups-setting-control-limits-cloudwatch.html */
const LEAST_QUERY_LIMIT = 10;
const MEBIBYTE = 1024 * 1024;
const RESULTS = "results/";

/**
 * A workgroup of Athena, a database of the Glue Data Catalog and a bucket with a key of its own. Queries cost 5 USD for each TB that they read,
 * the bucket 0.023 USD a GiB and month (eu-central-1: 0.0245), the key 1 USD a month; without queries nothing else.
 *
 * Another name replaces bucket, database and workgroup; with `protectData` the engine refuses that. Everything else changes in place.
 *
 * @example
 * const sales = new AnalyticsStore("sales-analytics", { placement, queryLimit: "20 GiB" });
 */
export class AnalyticsStore extends pulumi.ComponentResource implements AnalyticsStoreOutputs {
  readonly workgroupName: pulumi.Output<string>;
  readonly databaseName: pulumi.Output<string>;
  readonly bucketName: pulumi.Output<string>;
  readonly keyArn: pulumi.Output<string>;
  readonly signals: readonly Signal[];
  /** The children. */
  readonly nodes: {
    readonly storage: ObjectStore;
    readonly database: aws.glue.CatalogDatabase;
    readonly workgroup: aws.athena.Workgroup;
    /** By the role of their signal. */
    readonly alarms: Readonly<Record<string, aws.cloudwatch.MetricAlarm>>;
  };

  constructor(
    private readonly name: string,
    private readonly args: AnalyticsStoreArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super(TYPE, name, {}, placed(`${TYPE} "${name}"`, args.placement, opts));
    throwIfAny(`${TYPE} "${name}"`, [...placementProblems(args.placement), ...limitProblems(args)]);
    const { placement, tags, transform, protectData = DEFAULTS.protectData } = args;
    const storage = new ObjectStore(
      name,
      {
        placement,
        protectData,
        expiresAfter: { [RESULTS]: args.resultRetention ?? DEFAULTS.resultRetention },
        ...tagged(tags),
        ...(transform?.storage && { transform: transform.storage }),
      },
      { parent: this },
    );
    const database = this.createDatabase(storage, protectData);
    const workgroup = this.createWorkgroup(storage, protectData);
    this.signals = analyticsSignals(name, workgroup.name);
    const nameOf = ({ role }: Signal): string => `${name}-${role}-alarm`;
    const alarms = signalAlarms(
      { parent: this, tags, transform: transform?.alarm, topicArn: args.alarmTopicArn, nameOf },
      this.signals,
    );
    this.nodes = { storage, database, workgroup, alarms };
    this.workgroupName = workgroup.name;
    this.databaseName = database.name;
    this.bucketName = storage.bucketName;
    this.keyArn = storage.keyArn;
    const { workgroupName, databaseName, bucketName, keyArn } = this;
    this.registerOutputs({ workgroupName, databaseName, bucketName, keyArn });
  }

  grantReadWrite(): Grant {
    const { storage, workgroup, database } = this.nodes;
    const objects = storage.grantReadWrite("ANALYTICS_BUCKET");
    return {
      statements: [
        ...(objects.statements ?? []),
        ...queryStatements(this.args.placement, {
          workgroupArn: workgroup.arn,
          databaseName: database.name,
          bucketArn: storage.bucketArn,
        }),
      ],
      environment: {
        ...objects.environment,
        ANALYTICS_DATABASE: database.name,
        ANALYTICS_WORKGROUP: workgroup.name,
      },
      startsAfter: objects.startsAfter ?? [],
    };
  }

  /** Its name holds no dash, which a query would have to quote. */
  private createDatabase(storage: ObjectStore, protectData: boolean): aws.glue.CatalogDatabase {
    const { tags, transform } = this.args;
    return new aws.glue.CatalogDatabase(
      ...transformed<aws.glue.CatalogDatabaseArgs>(
        transform?.database,
        `${this.name}-database`,
        {
          name: pulumi.interpolate`${this.name.replaceAll("-", "_")}_${suffixOf(storage.nodes.key)}`,
          description: `Tables of ${this.name}`,
          locationUri: pulumi.interpolate`s3://${storage.bucketName}/tables/`,
          ...tagged(tags),
        },
        // A store that is renamed keeps its database: another name would replace it.
        { parent: this, ...protectedWhen(protectData), deleteBeforeReplace: true, ignoreChanges: ["name"] },
      ),
    );
  }

  private createWorkgroup(storage: ObjectStore, protectData: boolean): aws.athena.Workgroup {
    const { tags, transform, placement, queryLimit = DEFAULTS.queryLimit } = this.args;
    return new aws.athena.Workgroup(
      ...transformed<aws.athena.WorkgroupArgs>(
        transform?.workgroup,
        `${this.name}-workgroup`,
        {
          description: `Queries of ${this.name}`,
          forceDestroy: !protectData,
          configuration: {
            bytesScannedCutoffPerQuery: (mebibytes(queryLimit) ?? 0) * MEBIBYTE,
            // Clients can't choose another place or encryption for results.
            enforceWorkgroupConfiguration: true,
            publishCloudwatchMetricsEnabled: true,
            resultConfiguration: {
              outputLocation: pulumi.interpolate`s3://${storage.bucketName}/${RESULTS}`,
              expectedBucketOwner: placement.accountId,
              encryptionConfiguration: { encryptionOption: "SSE_KMS", kmsKeyArn: storage.keyArn },
            },
          },
          ...tagged(tags),
        },
        { parent: this },
      ),
    );
  }
}

function limitProblems({ queryLimit = DEFAULTS.queryLimit }: AnalyticsStoreArgs): Problem[] {
  return unless((mebibytes(queryLimit) ?? 0) >= LEAST_QUERY_LIMIT, {
    path: "queryLimit",
    value: queryLimit,
    allowed: `${LEAST_QUERY_LIMIT} MiB or more`,
    remedy: 'write it like "100 GiB"',
  });
}
