// Which resources hold what another `up` could not make again.

const HOLDERS: Readonly<Record<string, string>> = {
  "aws:rds/instance:Instance": "a database",
  "aws:rds/cluster:Cluster": "a database",
  "aws:docdb/cluster:Cluster": "a database",
  "aws:neptune/cluster:Cluster": "a database",
  "aws:dynamodb/table:Table": "a table",
  "aws:s3/bucket:Bucket": "objects",
  "aws:elasticache/replicationGroup:ReplicationGroup": "cached entries and sessions",
  "aws:elasticache/serverlessCache:ServerlessCache": "cached entries and sessions",
  "aws:sqs/queue:Queue": "messages that nobody has handled yet",
  "aws:mq/broker:Broker": "messages that nobody has handled yet",
  "aws:kinesis/stream:Stream": "records that nobody has read yet",
  "aws:secretsmanager/secret:Secret": "a secret's value",
  "aws:kms/key:Key": "the key to everything encrypted with it",
  "aws:ecr/repository:Repository": "images",
  "aws:efs/fileSystem:FileSystem": "files",
  "aws:ebs/volume:Volume": "a disk",
  "aws:opensearch/domain:Domain": "indices",
  "aws:cognito/userPool:UserPool": "accounts of users",
  "aws:cloudwatch/logGroup:LogGroup": "logs",
  "aws:route53/zone:Zone": "a zone's records",
  "kubernetes:core/v1:PersistentVolumeClaim": "a volume",
  "kubernetes:core/v1:PersistentVolume": "a volume",
  "kubernetes:core/v1:Secret": "a secret's value",
  "kubernetes:core/v1:Namespace": "everything in it",
  "kubernetes:apps/v1:StatefulSet": "volumes claimed by its pods",
};

/** What would be lost with a resource of this type; undefined when it holds nothing of its own. */
export function heldBy(type: string): string | undefined {
  return HOLDERS[type];
}
