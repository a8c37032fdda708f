// What each kind becomes on every target on AWS. A new kind of store or channel on AWS is a line here and a line in shared-bindings.ts.
import type { Kinds } from "../target";

/** Kinds that ECS and EKS build in the same way, by name of what is built. */
export const awsKinds = {
  database: "RDS for PostgreSQL, or Aurora PostgreSQL Serverless v2",
  cache: "ElastiCache for Redis or Valkey",
  bucket: "S3 bucket",
  eventStore: "DynamoDB tables, with Lambda functions that publish and project the events",
  table: "DynamoDB table",
  topic: "SNS topic",
  saga: "Step Functions state machine of type STANDARD",
  queue: "SQS queue with a dead-letter queue",
  entrance: "API Gateway: a REST API with AWS WAF, or an HTTP API with JWT, over a VPC link to the load balancer",
  stream: "Kinesis data stream, on demand",
  search: "OpenSearch Service domain inside the VPC",
  function: "Lambda function, in the VPC only where an edge leads into it",
} as const satisfies Partial<Kinds>;

/**
 * The interface endpoint of the VPC through which workloads reach what is built of a kind. No entry: they reach it inside the VPC
 * (database, cache) or through a gateway endpoint (bucket, table).
 */
export const ENDPOINTS: { readonly [K in keyof Kinds]?: string } = {
  stream: "kinesis-streams",
  topic: "sns",
  queue: "sqs",
  saga: "states",
  // A service assumes the role of the domain, and reaches the domain inside the VPC.
  search: "sts",
};
