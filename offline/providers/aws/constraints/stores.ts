// Databases, caches, buckets, logs and alarms.
import type { Constraint } from "../../core/rules";
import { failure, isGiven, numberAt, textsAt } from "./support";
import { zonesOf } from "./network";

const BUCKET = "aws:s3/bucket:Bucket";
/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html; 0 keeps for ever. */
const RETENTION = [
  0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

const range = (property: string, least: number, most: number): Constraint =>
  function* ({ inputs }) {
    const value = numberAt(inputs, property);
    if (value !== undefined && (value < least || value > most))
      yield failure(property, `${value} is out of range: ${least} to ${most}`);
  };

const instance: Constraint = function* ({ inputs }) {
  const [size, most] = [numberAt(inputs, "allocatedStorage"), numberAt(inputs, "maxAllocatedStorage")];
  if (size !== undefined && most !== undefined && most !== 0 && most < size)
    yield failure("maxAllocatedStorage", `${most} GiB is below allocatedStorage ${size}: raise it, or leave it out`);
  if (inputs.manageMasterUserPassword === true && isGiven(inputs, "password"))
    yield failure("password", "RDS manages the master password itself (manageMasterUserPassword): leave password out");
};

/** A cache that fails over has somewhere to go. */
const replicas: Constraint = function* ({ inputs, text }, world) {
  const nodes = numberAt(inputs, "numCacheClusters");
  if (inputs.automaticFailoverEnabled === true && nodes !== undefined && nodes < 2)
    yield failure("numCacheClusters", `${nodes}: automatic failover needs a replica, so 2 nodes at least`);
  if (inputs.multiAzEnabled !== true) return;
  if (inputs.automaticFailoverEnabled !== true)
    yield failure("multiAzEnabled", "several zones need automatic failover: set automaticFailoverEnabled to true");
  const group = text("subnetGroupName");
  const subnets = group === undefined ? undefined : world.get("aws:elasticache/subnetGroup:SubnetGroup", group);
  const zones = zonesOf(world, textsAt(subnets?.inputs ?? {}, "subnetIds"));
  if (zones.length > 0 && !zones.includes(undefined) && new Set(zones).size < 2)
    yield failure(
      "subnetGroupName",
      `all subnets of "${group}" are in ${zones[0]}, and the cache spans zones: add one of another zone`,
    );
};

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
const bucketName: Constraint = function* ({ text }) {
  const name = text("bucket");
  if (name === undefined) return;
  const formed =
    /^[a-z0-9](?:[a-z0-9.-]{1,61})[a-z0-9]$/.test(name) && !name.includes("..") && !/^\d+\.\d+\.\d+\.\d+$/.test(name);
  if (!formed || name.startsWith("xn--") || name.endsWith("-s3alias"))
    yield failure("bucket", `"${name}" is no bucket name: 3 to 63 lower-case letters, digits, hyphens and single dots`);
};

const retention: Constraint = function* ({ inputs }) {
  const days = numberAt(inputs, "retentionInDays");
  if (days !== undefined && !RETENTION.includes(days))
    yield failure("retentionInDays", `${days} is not offered: one of ${RETENTION.join(", ")}`);
};

const alarm: Constraint = function* ({ inputs }) {
  const [period, evaluations, datapoints] = ["period", "evaluationPeriods", "datapointsToAlarm"].map((name) =>
    numberAt(inputs, name),
  );
  if (period !== undefined && ![10, 20, 30].includes(period) && (period < 60 || period % 60 !== 0))
    yield failure("period", `${period} s: 10, 20, 30, or a multiple of 60`);
  if (period !== undefined && evaluations !== undefined && period * evaluations > (period >= 3600 ? 604_800 : 86_400))
    yield failure(
      "evaluationPeriods",
      `${evaluations} periods of ${period} s are longer than an alarm may look back: a day, or a week where a period is an hour or more`,
    );
  if (datapoints !== undefined && evaluations !== undefined && datapoints > evaluations)
    yield failure("datapointsToAlarm", `${datapoints} is above evaluationPeriods ${evaluations}: lower it`);
};

const secretName: Constraint = function* ({ text }) {
  const name = text("name");
  if (name !== undefined && !/^[A-Za-z0-9/_+=.@-]{1,512}$/.test(name))
    yield failure("name", `"${name}": 1 to 512 letters, digits and any of /_+=.@-`);
};

export const stores: Readonly<Record<string, readonly Constraint[]>> = {
  "aws:rds/instance:Instance": [instance, range("backupRetentionPeriod", 0, 35)],
  "aws:rds/cluster:Cluster": [range("backupRetentionPeriod", 1, 35)],
  "aws:elasticache/replicationGroup:ReplicationGroup": [replicas, range("snapshotRetentionLimit", 0, 35)],
  [BUCKET]: [bucketName],
  "aws:cloudwatch/logGroup:LogGroup": [retention],
  "aws:cloudwatch/metricAlarm:MetricAlarm": [alarm],
  "aws:secretsmanager/secret:Secret": [secretName],
};
