// Where all that is said of a property is wrong: what the real provider takes all the same. Found with the SDK's own examples.
import type { Limits } from "./shape";

type Part = keyof Limits;

const CORRECTIONS: Readonly<Record<string, Readonly<Record<string, readonly Part[]>>>> = {
  // Protocols are put into upper case before they are compared.
  "elb.LoadBalancerListener": { instanceProtocol: ["values"], lbProtocol: ["values"] },
  "aws:lb/listener:Listener": { protocol: ["values"] },
  "aws:alb/listener:Listener": { protocol: ["values"] },
  "aws:lb/targetGroup:TargetGroup": { protocol: ["values"] },
  "aws:alb/targetGroup:TargetGroup": { protocol: ["values"] },
  "alb.TargetGroupHealthCheck": { protocol: ["values"] },
  "lb.TargetGroupHealthCheck": { protocol: ["values"] },
  "aws:dms/s3Endpoint:S3Endpoint": { datePartitionSequence: ["values"] },
  "aws:elasticache/userGroup:UserGroup": { engine: ["values"] },
  // The provider adds the dot at the end.
  "aws:route53/trafficPolicyInstance:TrafficPolicyInstance": { name: ["pattern"] },
  // Access points of directory buckets have other names.
  "aws:s3/accessPoint:AccessPoint": { name: ["pattern"] },
  // CloudFormation returns these in any order; what they mean depends on it all the same.
  "appsync.ResolverPipelineConfig": { functions: ["set"] },
  "batch.JobDefinitionEksPropertiesPodProperties": { initContainers: ["set"] },
  "batch.JobDefinitionRetryStrategy": { evaluateOnExits: ["set"] },
  "bedrock.AgentDataSourceVectorIngestionConfigurationChunkingConfigurationHierarchicalChunkingConfiguration": {
    levelConfigurations: ["set"],
  },
  "glue.CatalogTableOpenTableFormatInputIcebergInputIcebergTableInputPartitionSpec": { fields: ["set"] },
  "glue.CatalogTableOpenTableFormatInputIcebergInputIcebergTableInputSchema": { fields: ["set"] },
  "glue.CatalogTableStorageDescriptor": { bucketColumns: ["set"], columns: ["set"], sortColumns: ["set"] },
  "glue.CatalogTableStorageDescriptorSkewedInfo": { skewedColumnNames: ["set"] },
  "scheduler.ScheduleTargetEcsParameters": { placementStrategies: ["set"] },
  // The documentation of another block stands here.
  "cleanrooms.MembershipDefaultResultConfiguration": { roleArn: ["values"] },
  "bedrock.AgentKnowledgeBaseKnowledgeBaseConfigurationSqlKnowledgeBaseConfigurationRedshiftConfigurationStorageConfiguration":
    { type: ["values"] },
};

/** Limits without what is known to be wrong. */
export function corrected(type: string, property: string, limits: Limits | undefined): Limits | undefined {
  const wrong = CORRECTIONS[type]?.[property];
  if (wrong === undefined || limits === undefined) return limits;
  const right = Object.entries(limits).filter(([part]) => !wrong.includes(part as Part));
  return right.length > 0 ? Object.fromEntries(right) : undefined;
}
