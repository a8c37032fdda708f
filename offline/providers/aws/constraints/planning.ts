// What the real provider refuses while it plans: the checks of its resources (CustomizeDiff) that no schema says.
import type { Constraint } from "../../core/rules";
import { hasUnknown, same, UNKNOWN, type Values } from "../../core/values";
import { failure, isFilled, numberAt, objectAt, objectsAt } from "./support";

const isUnknown = (inputs: Values, ...names: readonly string[]): boolean =>
  names.some((name) => hasUnknown(inputs[name]));

/** internal/service/ecs/service.go */
const strategy: Constraint = function* ({ inputs, olds }) {
  const [before, now] = [olds?.capacityProviderStrategies, inputs.capacityProviderStrategies];
  if (olds === undefined || isUnknown(inputs, "capacityProviderStrategies", "forceNewDeployment")) return;
  if (!same(before ?? [], now ?? []) && inputs.forceNewDeployment !== true)
    yield failure("capacityProviderStrategies", "changes only with a new deployment: set forceNewDeployment to true");
};

/** internal/service/ecs/capacity_provider.go */
const capacity: Constraint = function* ({ inputs }) {
  const [groups, managed] = [isFilled(inputs.autoScalingGroupProvider), isFilled(inputs.managedInstancesProvider)];
  if (groups === managed) return;
  if (managed && !isFilled(inputs.cluster)) yield failure("cluster", "managed instances belong to a cluster: name it");
  else if (groups && isFilled(inputs.cluster))
    yield failure("cluster", "an Auto Scaling group's provider serves any cluster: leave cluster out");
};

/** internal/service/ecr/repository.go */
const exclusions: Constraint = function* ({ inputs, text }) {
  const mutability = text("imageTagMutability") ?? "MUTABLE";
  if (isUnknown(inputs, "imageTagMutability")) return;
  if (isFilled(inputs.imageTagMutabilityExclusionFilters) && !mutability.endsWith("_WITH_EXCLUSION"))
    yield failure(
      "imageTagMutabilityExclusionFilters",
      `"${mutability}" excludes nothing: set imageTagMutability to IMMUTABLE_WITH_EXCLUSION or MUTABLE_WITH_EXCLUSION`,
    );
};

/** internal/service/s3/bucket_versioning.go */
const versioning: Constraint = function* ({ inputs, olds }) {
  const [before, now] = [olds ?? {}, inputs].map((values) => objectAt(values, "versioningConfiguration").status);
  if (now === "Disabled" && (before === "Enabled" || before === "Suspended"))
    yield failure("versioningConfiguration.status", `can't go from "${before}" to "Disabled": set it to "Suspended"`);
};

/** internal/service/sns/topic.go */
const topic: Constraint = function* ({ inputs }) {
  if (inputs.fifoTopic === true || inputs.fifoTopic === UNKNOWN) return;
  for (const property of ["archivePolicy", "fifoThroughputScope"])
    if (isFilled(inputs[property])) yield failure(property, "only FIFO topics have one: set fifoTopic to true");
};

/** internal/service/kinesis/stream.go */
const stream: Constraint = function* ({ inputs }) {
  const mode = objectAt(inputs, "streamModeDetails").streamMode ?? "PROVISIONED";
  const shards = numberAt(inputs, "shardCount") ?? 0;
  if (!isUnknown(inputs, "streamModeDetails", "shardCount")) {
    if (mode === "ON_DEMAND" && shards > 0)
      yield failure("shardCount", `${shards}: a stream in mode ON_DEMAND counts its shards itself, leave it out`);
    if (mode === "PROVISIONED" && shards < 1)
      yield failure("shardCount", "a stream in mode PROVISIONED needs one shard at least");
  }
  if (inputs.encryptionType === "KMS" && !isFilled(inputs.kmsKeyId))
    yield failure("kmsKeyId", "encryptionType KMS needs a key: name one, such as alias/aws/kinesis");
};

/** internal/service/efs/file_system.go */
const fileSystem: Constraint = function* ({ inputs }) {
  if (isFilled(inputs.kmsKeyId) && inputs.encrypted !== true && inputs.encrypted !== UNKNOWN)
    yield failure("encrypted", "must be true where kmsKeyId is given");
};

/** internal/service/lambda/function.go */
const zipped: Constraint = function* ({ inputs }) {
  if (inputs.packageType !== undefined && inputs.packageType !== "Zip") return;
  for (const property of ["handler", "runtime"])
    if (!isFilled(inputs[property]))
      yield failure(property, 'is missing: a function of packageType "Zip" has a handler and a runtime');
};

/** internal/service/elasticache/cluster.go */
const cacheCluster: Constraint = function* ({ inputs, text }) {
  const [engine, nodes] = [text("engine"), numberAt(inputs, "numCacheNodes")];
  if ((engine === "redis" || engine === "valkey") && nodes !== undefined && nodes > 1)
    yield failure("numCacheNodes", `${nodes}: a cluster of ${engine} has 1, for more make a replication group`);
  if (text("azMode") === "cross-az" && nodes === 1)
    yield failure("azMode", '"cross-az" needs 2 nodes at least: raise numCacheNodes');
  if (engine === "memcached" && isFilled(inputs.finalSnapshotIdentifier))
    yield failure("finalSnapshotIdentifier", "memcached keeps nothing of which to make a snapshot: leave it out");
};

/** internal/service/cloudwatch/metric_alarm.go */
const alarm: Constraint = function* ({ inputs }) {
  if (isUnknown(inputs, "metricName", "metricQueries", "statistic", "extendedStatistic")) return;
  if (isFilled(inputs.metricName) && !isFilled(inputs.statistic) && !isFilled(inputs.extendedStatistic))
    yield failure("statistic", "is missing: an alarm of a metric has a statistic or an extendedStatistic");
  for (const { value, at } of objectsAt(inputs, "metricQueries"))
    if (isFilled(value.expression) && isFilled(value.metric))
      yield failure(at, "has an expression and a metric: leave one of the two out");
};

/** internal/service/rds/instance.go */
const blueGreen: Constraint = function* ({ inputs, text }) {
  if (objectAt(inputs, "blueGreenUpdate").enabled !== true) return;
  const engine = text("engine");
  if (engine !== undefined && !["mariadb", "mysql", "postgres"].includes(engine))
    yield failure("blueGreenUpdate.enabled", `"${engine}" has no blue/green updates: mariadb, mysql and postgres have`);
  if (isFilled(inputs.replicateSourceDb))
    yield failure("blueGreenUpdate.enabled", "a replica has no blue/green updates: update its source");
};

export const planning: Readonly<Record<string, readonly Constraint[]>> = {
  "aws:cloudwatch/metricAlarm:MetricAlarm": [alarm],
  "aws:ecr/repository:Repository": [exclusions],
  "aws:ecs/capacityProvider:CapacityProvider": [capacity],
  "aws:ecs/service:Service": [strategy],
  "aws:efs/fileSystem:FileSystem": [fileSystem],
  "aws:elasticache/cluster:Cluster": [cacheCluster],
  "aws:kinesis/stream:Stream": [stream],
  "aws:lambda/function:Function": [zipped],
  "aws:rds/instance:Instance": [blueGreen],
  "aws:s3/bucketVersioning:BucketVersioning": [versioning],
  "aws:s3/bucketVersioningV2:BucketVersioningV2": [versioning],
  "aws:sns/topic:Topic": [topic],
};
