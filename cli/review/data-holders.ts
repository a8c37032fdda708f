// Resources that hold data which another `up` could not make again. The cards of the emulation name what their types hold; this
// table has the types without a card.
import { holdings } from "../../offline/aws/cards";

const DATABASE = "a database";
const CACHE = "cached entries and sessions";
const FILES = "files";
const IMAGES = "images";
const INDICES = "indices";
const MESSAGES = "messages that are not handled yet";
const OBJECTS = "objects";
const RECORDS = "records that are not read yet";
const TABLE = "a table";
const VOLUME = "a volume";

const HOLDERS: Readonly<Record<string, string>> = {
  ...holdings,
  "aws:backup/logicallyAirGappedVault:LogicallyAirGappedVault": "backups",
  "aws:backup/vault:Vault": "backups",
  "aws:cloudtrail/eventDataStore:EventDataStore": "an account's history",
  "aws:codecommit/repository:Repository": "a repository's history",
  "aws:cognito/identityPool:IdentityPool": "identities of users",
  "aws:docdb/elasticCluster:ElasticCluster": DATABASE,
  "aws:docdb/globalCluster:GlobalCluster": DATABASE,
  "aws:dsql/cluster:Cluster": DATABASE,
  "aws:dynamodb/globalTable:GlobalTable": TABLE,
  "aws:ebs/volume:Volume": "a disk",
  "aws:ecrpublic/repository:Repository": IMAGES,
  "aws:elasticache/cluster:Cluster": CACHE,
  "aws:elasticache/globalReplicationGroup:GlobalReplicationGroup": CACHE,
  "aws:elasticache/serverlessCache:ServerlessCache": CACHE,
  "aws:elasticsearch/domain:Domain": INDICES,
  "aws:emr/cluster:Cluster": FILES,
  "aws:fsx/lustreFileSystem:LustreFileSystem": FILES,
  "aws:fsx/ontapFileSystem:OntapFileSystem": FILES,
  "aws:fsx/ontapVolume:OntapVolume": FILES,
  "aws:fsx/openZfsFileSystem:OpenZfsFileSystem": FILES,
  "aws:fsx/openZfsVolume:OpenZfsVolume": FILES,
  "aws:fsx/windowsFileSystem:WindowsFileSystem": FILES,
  "aws:keyspaces/keyspace:Keyspace": "tables",
  "aws:keyspaces/table:Table": TABLE,
  "aws:kms/externalKey:ExternalKey": "the key to everything encrypted with it",
  "aws:kms/replicaKey:ReplicaKey": "the key to everything encrypted with it",
  "aws:lightsail/bucket:Bucket": OBJECTS,
  "aws:lightsail/database:Database": DATABASE,
  "aws:lightsail/disk:Disk": "a disk",
  "aws:lightsail/instance:Instance": "a disk",
  "aws:mailmanager/archive:Archive": "messages that were kept",
  "aws:memorydb/cluster:Cluster": DATABASE,
  "aws:memorydb/multiRegionCluster:MultiRegionCluster": DATABASE,
  "aws:mq/broker:Broker": MESSAGES,
  "aws:msk/cluster:Cluster": RECORDS,
  "aws:msk/serverlessCluster:ServerlessCluster": RECORDS,
  "aws:neptune/cluster:Cluster": DATABASE,
  "aws:neptune/globalCluster:GlobalCluster": DATABASE,
  "aws:neptunegraph/graph:Graph": DATABASE,
  "aws:opensearch/serverlessCollection:ServerlessCollection": INDICES,
  "aws:qldb/ledger:Ledger": "a ledger",
  "aws:rds/clusterSnapshot:ClusterSnapshot": "a backup",
  "aws:rds/globalCluster:GlobalCluster": DATABASE,
  "aws:rds/snapshot:Snapshot": "a backup",
  "aws:redshift/cluster:Cluster": DATABASE,
  "aws:redshiftserverless/namespace:Namespace": DATABASE,
  "aws:s3/bucketV2:BucketV2": OBJECTS,
  "aws:s3/directoryBucket:DirectoryBucket": OBJECTS,
  "aws:s3/vectorsIndex:VectorsIndex": INDICES,
  "aws:s3/vectorsVectorBucket:VectorsVectorBucket": INDICES,
  "aws:s3control/bucket:Bucket": OBJECTS,
  "aws:s3tables/table:Table": TABLE,
  "aws:s3tables/tableBucket:TableBucket": "tables",
  "aws:timestreaminfluxdb/dbCluster:DbCluster": DATABASE,
  "aws:timestreaminfluxdb/dbInstance:DbInstance": DATABASE,
  "aws:timestreamwrite/database:Database": "tables",
  "aws:timestreamwrite/table:Table": TABLE,
  "kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition": "every object of its kind",
  "kubernetes:apps/v1:StatefulSet": "volumes claimed by its pods",
  "kubernetes:core/v1:Namespace": "everything in it",
  "kubernetes:core/v1:PersistentVolume": VOLUME,
  "kubernetes:core/v1:PersistentVolumeClaim": VOLUME,
  "kubernetes:core/v1:Secret": "a secret's value",
  "kubernetes:postgresql.cnpg.io/v1:Cluster": DATABASE,
  "kubernetes:rabbitmq.com/v1beta1:Queue": MESSAGES,
  "kubernetes:rabbitmq.com/v1beta1:RabbitmqCluster": MESSAGES,
};

/** What would be lost with a resource of this type; undefined when it holds nothing of its own. */
export function heldBy(type: string): string | undefined {
  return HOLDERS[type];
}

const LAST: readonly string[] = [
  MESSAGES,
  RECORDS,
  "a secret's value",
  "the key to everything encrypted with it",
  "logs",
];

/** Where a loss stands in a list: stores first, then what passes or can be restored for a while, then keys and logs. */
export function rankOf(loses: string): number {
  return LAST.indexOf(loses) + 1;
}

/** Every type that holds something. */
export const holders: readonly string[] = Object.keys(HOLDERS);
