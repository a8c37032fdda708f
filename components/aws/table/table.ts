// Items of one owner, found by key. The key is the component's own and not DynamoDB's, so that reading the table takes two rights.
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import {
  attributeOf,
  attributesOf,
  type Grant,
  InvalidInput,
  placementProblems,
  protectedWhen,
  type Signal,
  tagged,
  throwIfAny,
  transformed,
} from "../../kit";
import { EncryptionKey, placed, signalAlarms } from "../kit";
import type { TableArgs, TableOutputs } from "./args";
import { changesGrant, type GrantSource, tableGrant } from "./grant";
import { recoveryDays, validateTable } from "./resolve";
import { tableSignals } from "./signals";

const TYPE = "archipelago:table:Table";
const SHOWN = { keys: "KEYS_ONLY", new: "NEW_IMAGE", old: "OLD_IMAGE", "new-and-old": "NEW_AND_OLD_IMAGES" } as const;

/**
 * A DynamoDB table that is paid by request, encrypted with its own key, with point-in-time recovery. The key costs 1 USD a month, items 0.31
 * USD a GiB and month and 0.20 USD more for their recovery, a million writes 0.76 USD and a million reads 0.15 USD (eu-central-1).
 *
 * Another `partitionKey` or `sortKey` replaces the table by an empty one; with `protectData` the engine refuses that. Everything else changes
 * in place. Another `expiresBy` takes two updates, one without it first: DynamoDB has one such attribute at a time.
 *
 * @example
 * const events = new Table("events", { placement, partitionKey: "programId", sortKey: "messageId", expiresBy: "expiresAt" });
 */
export class Table extends pulumi.ComponentResource implements TableOutputs {
  readonly tableName: pulumi.Output<string>;
  readonly tableArn: pulumi.Output<string>;
  readonly keyArn: pulumi.Output<string>;
  readonly streamArn: pulumi.Output<string> | undefined;
  readonly signals: readonly Signal[];
  /** The children. */
  readonly nodes: {
    readonly key: EncryptionKey;
    readonly table: aws.dynamodb.Table;
    /** By the role of their signal. */
    readonly alarms: Readonly<Record<string, aws.cloudwatch.MetricAlarm>>;
  };

  constructor(
    private readonly name: string,
    private readonly args: TableArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super(TYPE, name, {}, placed(`${TYPE} "${name}"`, args.placement, opts));
    throwIfAny(`${TYPE} "${name}"`, [...placementProblems(args.placement), ...validateTable(name, args)]);
    const key = this.createKey();
    this.keyArn = key.arn;
    const table = this.createTable();
    this.tableName = table.name;
    this.tableArn = table.arn;
    this.streamArn = args.changes && table.streamArn;
    this.signals = tableSignals({ name, tableName: table.name, indexes: Object.keys(args.indexes ?? {}) });
    this.nodes = { key, table, alarms: this.createAlarms() };
    const { tableName, tableArn, keyArn, streamArn } = this;
    this.registerOutputs({ tableName, tableArn, keyArn, streamArn });
  }

  grantRead(environmentVariable: string): Grant {
    return tableGrant(this.grantSource, "reads", environmentVariable);
  }

  grantWrite(environmentVariable: string): Grant {
    return tableGrant(this.grantSource, "writes", environmentVariable);
  }

  grantReadWrite(environmentVariable: string): Grant {
    return tableGrant(this.grantSource, "reads-and-writes", environmentVariable);
  }

  grantAppend(environmentVariable: string): Grant {
    return tableGrant(this.grantSource, "appends", environmentVariable);
  }

  grantReadAppend(environmentVariable: string): Grant {
    return tableGrant(this.grantSource, "reads-and-appends", environmentVariable);
  }

  grantReadChanges(): Grant {
    if (this.streamArn) return changesGrant(this.grantSource, this.streamArn);
    const allowed = '"keys", "new", "old" or "new-and-old", when somebody reads the changes';
    throw new InvalidInput(`${TYPE} "${this.name}"`, [
      { path: "changes", value: undefined, allowed, remedy: "say what its records show, or take the right away" },
    ]);
  }

  private get grantSource(): GrantSource {
    const { tableName, tableArn, keyArn } = this;
    const { placement, indexes = {} } = this.args;
    const subject = `${TYPE} "${this.name}"`;
    return { subject, placement, tableName, tableArn, keyArn, indexes: Object.keys(indexes).sort() };
  }

  private createKey(): EncryptionKey {
    const { placement, protectData = true, tags, transform } = this.args;
    return new EncryptionKey(
      this.name,
      {
        placement,
        description: `Items of the table ${this.name}`,
        // Backups can be read with the key only.
        retainOnDelete: protectData,
        ...tagged(tags),
        ...(transform?.key && { transform: transform.key }),
      },
      { parent: this },
    );
  }

  private createTable(): aws.dynamodb.Table {
    const { partitionKey, sortKey, changes, expiresBy, protectData = true, tags, transform } = this.args;
    const indexes = this.indexes();
    return new aws.dynamodb.Table(
      ...transformed<aws.dynamodb.TableArgs>(
        transform?.table,
        `${this.name}-table`,
        {
          billingMode: "PAY_PER_REQUEST",
          hashKey: attributeOf(partitionKey).name,
          ...(sortKey !== undefined && { rangeKey: attributeOf(sortKey).name }),
          attributes: attributesOf(this.args).map(({ name, type }) => ({ name, type })),
          ...(indexes.length > 0 && { globalSecondaryIndexes: indexes }),
          ...(expiresBy !== undefined && { ttl: { attributeName: expiresBy, enabled: true } }),
          ...(changes && { streamEnabled: true, streamViewType: SHOWN[changes] }),
          serverSideEncryption: { enabled: true, kmsKeyArn: this.keyArn },
          pointInTimeRecovery: { enabled: true, recoveryPeriodInDays: recoveryDays(this.args) },
          deletionProtectionEnabled: protectData,
          ...tagged(tags),
        },
        { parent: this, ...protectedWhen(protectData) },
      ),
    );
  }

  private indexes(): aws.types.input.dynamodb.TableGlobalSecondaryIndex[] {
    return Object.entries(this.args.indexes ?? {})
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, { partitionKey, sortKey, shows = "all" }]) => ({
        name,
        hashKey: attributeOf(partitionKey).name,
        ...(sortKey !== undefined && { rangeKey: attributeOf(sortKey).name }),
        ...(typeof shows === "string"
          ? { projectionType: shows === "all" ? "ALL" : "KEYS_ONLY" }
          : { projectionType: "INCLUDE", nonKeyAttributes: [...shows].sort() }),
      }));
  }

  private createAlarms() {
    const { alarmTopicArn: topicArn, tags, transform } = this.args;
    const nameOf = ({ role }: Signal): string => `${this.name}-${role}-alarm`;
    return signalAlarms({ parent: this, tags, transform: transform?.alarm, topicArn, nameOf }, this.signals);
  }
}
