// What each kind becomes on EKS.
import type { Kinds } from "../target";

export const kinds = {
  service: "Deployment with Service, autoscaler, NetworkPolicies and a Pod Identity role; a listener rule of the load balancer",
  database: "RDS for PostgreSQL, or Aurora PostgreSQL Serverless v2",
  cache: "ElastiCache for Redis or Valkey",
  bucket: "S3 bucket",
  table: "DynamoDB table",
  topic: "SNS topic",
  saga: "Step Functions state machine of type STANDARD",
  queue: "SQS queue with a dead-letter queue",
  entrance: "API Gateway: a REST API with AWS WAF, or an HTTP API with JWT, over a VPC link to the load balancer",
  stream: "Kinesis data stream, on demand",
  function: "Lambda function, in the VPC only where an edge leads into it",
  job: "EventBridge Scheduler, which calls a function; a job with a command is refused",
} as const satisfies Kinds;
