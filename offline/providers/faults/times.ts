// How long the real cloud takes for a resource.
import type { Values } from "../core/values";

/** A time, and where the figure is from. */
interface Duration {
  readonly seconds: number;
  /** "assumed": from experience; nothing published says it, and nobody has measured it for this project. */
  readonly source: "assumed";
}

const assumed = (seconds: number): Duration => ({ seconds, source: "assumed" });
const minutes = (count: number): Duration => assumed(count * 60);
const atOnce = assumed(1);

/** Creations by type; what is not here is there at once. */
const creations: Readonly<Record<string, Duration>> = {
  "aws:rds/instance:Instance": minutes(8),
  "aws:rds/cluster:Cluster": minutes(3),
  "aws:rds/clusterInstance:ClusterInstance": minutes(6),
  "aws:elasticache/replicationGroup:ReplicationGroup": minutes(9),
  "aws:ec2/natGateway:NatGateway": minutes(2),
  "aws:ec2/vpcEndpoint:VpcEndpoint": minutes(1.5),
  "aws:lb/loadBalancer:LoadBalancer": minutes(2.5),
  "aws:alb/loadBalancer:LoadBalancer": minutes(2.5),
  "aws:acm/certificateValidation:CertificateValidation": minutes(3),
  "aws:kms/key:Key": assumed(2),
  "aws:ec2/vpc:Vpc": assumed(2),
  "aws:iam/role:Role": assumed(10),
};

/** An ECS service whose tasks are waited for. */
const steady = minutes(2);

/** Deletions by type; what is not here is gone at once. */
const deletions: Readonly<Record<string, Duration>> = {
  "aws:rds/instance:Instance": minutes(5),
  "aws:rds/cluster:Cluster": minutes(1),
  "aws:rds/clusterInstance:ClusterInstance": minutes(5),
  "aws:elasticache/replicationGroup:ReplicationGroup": minutes(5),
  "aws:ec2/natGateway:NatGateway": minutes(1),
  "aws:ec2/vpcEndpoint:VpcEndpoint": minutes(1),
  "aws:ecs/service:Service": minutes(2),
};

/** Seconds that a create takes in the cloud. */
export function creationSeconds(type: string, inputs: Values): number {
  return creation(type, inputs).seconds;
}

function creation(type: string, inputs: Values): Duration {
  if (type === "aws:ecs/service:Service") return inputs.waitForSteadyState === true ? steady : atOnce;
  // Gateway endpoints are routes only, and are there at once.
  if (type === "aws:ec2/vpcEndpoint:VpcEndpoint" && inputs.vpcEndpointType !== "Interface") return atOnce;
  return creations[type] ?? atOnce;
}

/** Seconds that a deletion takes in the cloud. */
export function deletionSeconds(type: string): number {
  return deletions[type]?.seconds ?? 0;
}
